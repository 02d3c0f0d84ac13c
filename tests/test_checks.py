"""Checks: what a summary says that its paper does not is named, and what the paper says is not."""

import json
import random
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.document import Document, Float, Reading, Section
from paperlens.models import Checks, Links, Paper, Unverified
from paperlens.summaries.checking import Source, check, source_of
from paperlens.summaries.sentences import sentences

METADATA = Path(__file__).parents[2] / "shared" / "data" / "metadata" / "cv_2024.jsonl"

TITLE = "SparseNet: Pruning Large Language Models in One Pass"
ABSTRACT = (
    "Large language models are costly to run. We propose SparseNet, a pruning method that requires "
    "no retraining and removes 50% of the weights of LLaMA-7B in 3 minutes. On ImageNet and "
    "CIFAR-10 it reaches 87.31% and 95.2% accuracy, and it is 2.4x faster than the dense model. "
    "SparseNet outperforms Wanda on 12 of 14 tasks. It reduces latency from 41.5 ms to 17.3 ms. "
    "We trained on 1.28 million images with a learning rate of 10^{-4}. Jürgen Schmidhuber and "
    "Erdős inspired the proof. Code: https://github.com/sparse/net."
)
SOURCE = Source.of([TITLE, ABSTRACT])


def found(text: str, language: str = "en", source: Source = SOURCE) -> list[tuple[str, str]]:
    """What is unverified of one text: the thing and its kind."""
    checks = check({"tldr": text}, source, language)
    return [(doubt.text, doubt.kind) for doubt in checks.unverified]


@pytest.mark.parametrize(
    "told",
    [
        "SparseNet reaches 87.31% accuracy on ImageNet.",
        "SparseNet reaches 87.3 % accuracy on ImageNet.",
        "SparseNet reaches 87 percent accuracy on ImageNet.",
        "SparseNet reaches over 87% accuracy on ImageNet.",
        "SparseNet reaches an accuracy of 0.8731 on ImageNet.",
        r"SparseNet reaches $87.31\%$ accuracy on ImageNet.",
        "SparseNet removes half, i.e. **50%**, of the weights.",
        "It is 2.4× faster than the dense model.",
        "It is 2.4 times as fast as the dense model.",
        "It wins on twelve of fourteen tasks.",
        "It wins on 12/14 tasks.",
        "It was trained on 1,280,000 images.",
        "It was trained on 1.28M images.",
        "It was trained on 1280k images.",
        "It was trained on 1 280 000 images.",
        "It was trained on about 1.3 million images.",
        "The learning rate is 1e-4.",
        "The learning rate is 0.0001.",
        "The learning rate is 10⁻⁴.",
        "The latency falls from 41.5 to 17.3 ms (41.5–17.3).",
        "1. SparseNet removes weights. 2) It is fast. (3) It requires no retraining [12].",
        "First, the 1st language model is pruned; second, weights are removed.",
    ],
)
def test_spellings_of_a_number_of_the_source_are_verified(told: str) -> None:
    """A number is in the source however it is written, rounded as the summary rounds it."""
    assert [text for text, kind in found(told) if kind == "number"] == []


@pytest.mark.parametrize(
    ("told", "lie"),
    [
        ("SparseNet reaches 87.13% accuracy on ImageNet.", "87.13%"),
        ("SparseNet reaches 87.32% accuracy on ImageNet.", "87.32%"),
        ("SparseNet reaches 88% accuracy on ImageNet.", "88%"),
        ("SparseNet removes 12% of the weights.", "12%"),
        ("SparseNet removes weights in 4 minutes.", "4"),
        ("It is 2.5x faster than the dense model.", "2.5x"),
        ("It is 14× faster than the dense model.", "14×"),
        ("It wins on eleven of fourteen tasks.", "eleven"),
        ("It was trained on 1.28 billion images.", "1.28 billion"),
        ("It was trained on 128,000 images.", "128,000"),
        ("It was trained on over 1.27 million images.", "1.27 million"),
        ("The learning rate is 1e-5.", "1e-5"),
        ("SparseNet was published in 2019.", "2019"),
    ],
)
def test_a_number_that_the_source_has_not_is_named(told: str, lie: str) -> None:
    """One digit, a unit or a factor that differs makes another number."""
    assert (lie, "number") in found(told)


def test_numbers_that_changed_places_make_a_sentence_unverified() -> None:
    """Both numbers are in the source, but each beside the other's name."""
    source = Source.of(["Nets", "Our net gets 87.3% on CIFAR and 91.2% on ImageNet."])
    told = "The net gets 91.2% on CIFAR and 87.3% on ImageNet."
    assert found(told, source=source) == [(told, "sentence")]


@pytest.mark.parametrize(
    "told",
    [
        "SparseNet prunes LLaMA 7B, and LLMs in general.",
        "Sparse-Net prunes Large Language Models (LLMs).",
        "SparseNets prune LLaMA7B.",
        "SPARSENET's weights are evaluated on Imagenet and CIFAR10.",
        "Jurgen Schmidhuber and Erdos inspired the proof.",
        "SparseNet-based pruning of GPU-hungry AI models.",
        "Key Contribution: Pruning weights without retraining.",
        "Interestingly, pruning requires no retraining.",
    ],
)
def test_spellings_of_a_name_of_the_source_are_verified(told: str) -> None:
    """Case, accents, hyphens, spaces, plurals and abbreviations make no other name."""
    assert [text for text, kind in found(told) if kind == "name"] == []


@pytest.mark.parametrize(
    ("told", "lie"),
    [
        ("SparseNet prunes LLaMA-13B in 3 minutes.", "LLaMA-13B"),
        ("SparseNet prunes GPT-4 in 3 minutes.", "GPT-4"),
        ("On CIFAR-100 it reaches 95.2% accuracy.", "CIFAR-100"),
        ("SparseNet is better than Magnifico on tasks.", "Magnifico"),
        ("Tacotron removes weights.", "Tacotron"),
        ("On Visual Genome it reaches 95.2% accuracy.", "Visual Genome"),
        ("Yann LeCun inspired the proof.", "LeCun"),
        ("The pruning method beats CLIP on 12 tasks.", "CLIP"),
    ],
)
def test_a_name_that_the_source_has_not_is_named(told: str, lie: str) -> None:
    """Models, data sets and people whom the source does not mention are named."""
    assert any(lie in text for text, kind in found(told) if kind == "name")


def test_links_are_compared_without_their_dress() -> None:
    """Scheme, case, "www.", a last slash or `.git` and punctuation make no other address."""
    for dress in ("http://www.github.com/Sparse/net/", "github.com/sparse/net.git", "<{}>"):
        link = dress.format("https://github.com/sparse/net")
        told = f"The code of the pruning method is there ({link})."
        assert found(told) == []
    lie = "https://github.com/sparse/nets"
    assert found(f"The code of the pruning method is at {lie}.") == [(lie, "link")]


@pytest.mark.parametrize(
    "told",
    [
        "Pruning large language models needs no retraining with SparseNet.",
        "The authors prune half of a model's weights within minutes.",
        "Wanda is outperformed by SparseNet.",
        "Running large language models is costly.",
    ],
)
def test_paraphrases_are_verified(told: str) -> None:
    """Other words for what the source says are no other claim."""
    assert found(told) == []


@pytest.mark.parametrize(
    "told",
    [
        "The dialogue system learns emotional speech from annotated conversations.",
        "Wanda outperforms SparseNet on most tasks.",
        "SparseNet is outperformed by Wanda.",
        "It increases latency from 41.5 ms to 17.3 ms.",
        "The pruning method requires retraining of the language models.",
        "SparseNet removes weights, and annotators preferred its dialogue responses emotionally.",
    ],
)
def test_a_sentence_that_the_source_does_not_bear_out_is_named(told: str) -> None:
    """Foreign claims are named, and so is what turns the source's words round."""
    assert (told, "sentence") in found(told)


def test_what_is_unverified_is_named_once_with_its_field() -> None:
    """Items of lists count from 0; the share counts sentences in which nothing is unverified."""
    fields = {
        "tldr": "SparseNet removes 50% of the weights.",
        "takeaways": (
            "It requires no retraining.",
            "It reaches 99.9% accuracy, yes, 99.9% accuracy. It is 2.4x faster.",
        ),
        "method": None,
    }
    assert check(fields, SOURCE, "en") == Checks(
        0.75, (Unverified("takeaways[1]", "99.9%", "number"),)
    )


def test_a_summary_that_says_nothing_is_grounded() -> None:
    """Where there is nothing to check, nothing is unsupported."""
    assert check({"tldr": None, "takeaways": ()}, SOURCE, "en") == Checks(1.0)


@pytest.mark.parametrize(
    ("language", "told", "lies"),
    [
        ("zh", "我们提出SparseNet，在ImageNet上达到87.31%的准确率，速度提升2.4倍。", []),
        ("zh", "我们提出DenseNet，在128万张图像上训练，准确率为87.13%。", ["DenseNet", "87.13%"]),
        ("ja", "SparseNetはLLaMA-7Bの重みを50％削減し、Transformerより速い。", ["Transformer"]),
        ("de", "SparseNet erreicht eine Genauigkeit von 87,31 % auf ImageNet.", []),
        (
            "de",
            "Die Methode erreicht eine Genauigkeit von 87,13 % auf 1.280.000 Bildern.",
            ["87,13 %"],
        ),
        ("fr", "Les auteurs proposent SparseNet, entraîné sur 1,28 millions d'images.", []),
        ("fr", "Les auteurs ont repris la méthode de Magnifico.", ["Magnifico"]),
    ],
)
def test_other_languages_are_checked_for_numbers_links_and_names(
    language: str, told: str, lies: list[str]
) -> None:
    """Their sentences share no words with the paper, and are not compared with it."""
    assert sorted(text for text, _ in found(told, language)) == sorted(lies)


def test_an_english_sentence_in_another_language_s_summary_is_compared() -> None:
    """Whatever is in the paper's language is held against the paper."""
    told = "The dialogue system learns to speak from the annotated conversations of the users."
    assert found(told, "de") == [(told, "sentence")]


def test_everything_that_is_known_of_a_paper_is_source() -> None:
    """Title, authors, comment, categories, year, links, captions and tables bear a summary out."""
    paper = Paper(
        "2404.05674", TITLE, ("Ada Lovelace",), ABSTRACT, ("cs.CV",), version=1,
        announced=date(2024, 4, 9), comment="Accepted at ECCV",
    )  # fmt: skip
    table = Float("table", "1", "Results on Places365.", 2, (0, 0, 1, 1), text="Wanda 71.4 63.9")
    document = Document(
        TITLE,
        2,
        (Section("Method", 1, 1, "body", "We sort weights by their magnitude."),),
        (table,),
    )
    links = Links(project=("https://sparse.example.org",))
    source = source_of(Reading(paper, "", "pdf", links=links, document=document))
    told = (
        "Lovelace's ECCV 2024 paper on Computer Vision sorts weights by magnitude and reaches "
        "63.9% on Places365, see https://sparse.example.org/."
    )
    assert found(told, source=source) == []
    assert found(told) != []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("aA bB.zé9,0%-$\\{}^_()[]:/@&*'\"—–×漢。xT\n"), max_size=60)
        | st.sampled_from(
            ["ResNet-50 ", "https://a.io/b ", "$10^{-3}$ ", "3x ", "not ", "Fig. 3. "]
        ),
        max_size=12,
    ).map("".join)
)
def test_every_text_bears_itself_out(text: str) -> None:
    """Whatever a text looks like, it is checked, and none of its own sentences is doubted."""
    assert check({"tldr": text}, Source.of(["A title", text]), "en") == Checks(1.0)


@pytest.mark.parametrize(
    "hostile",
    ["A", "9", "9,", "9,999", "a.", "a.com/", "A-", "-", "(", "[1,", "https://", " x", "A B ", "^",
     "$a", "ten ", "a hundred ", "two-", "Ada Lovelace ", "A, ", "x-1", "3 ms ",
     "$\\frac", "not ", "A9", "漢", "1e", "outperforms "],
)  # fmt: skip
def test_time_is_linear_in_hostile_texts(hostile: str) -> None:
    """Eight times the text takes about eight times as long, whatever it consists of."""

    def seconds(length: int) -> float:
        text = hostile * (length // len(hostile))
        begin = time.process_time()
        source = Source.of(["A title", text])
        check({"tldr": text[:4000]}, source, "en")
        return time.process_time() - begin

    seconds(2000)
    assert seconds(40_000) <= 24 * seconds(5000) + 0.1


@pytest.mark.skipif(not METADATA.exists(), reason="the shared real metadata is not here")
def test_real_papers_bear_themselves_out() -> None:
    """No sentence of a real abstract is doubted when it is held against its own abstract."""
    for line in METADATA.read_text(encoding="utf-8").splitlines()[::9]:
        paper = json.loads(line)
        source = Source.of([paper["title"], paper["abstract"]])
        assert check({"tldr": paper["abstract"]}, source, "en") == Checks(1.0)


@pytest.mark.skipif(not METADATA.exists(), reason="the shared real metadata is not here")
def test_other_papers_sentences_are_noticed() -> None:
    """Of sentences that belong to other papers of the same field at least 95 % are named."""
    papers = [
        json.loads(line) for line in METADATA.read_text(encoding="utf-8").splitlines()[1:400:2]
    ]
    die = random.Random(7)
    noticed = [
        bool(found(die.choice(sentences(other["abstract"])), source=source))
        for paper in papers
        for source in [Source.of([paper["title"], paper["abstract"]])]
        for other in [die.choice([each for each in papers if each is not paper])]
    ]
    assert sum(noticed) >= 0.95 * len(noticed)
