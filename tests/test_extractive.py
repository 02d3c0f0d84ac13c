"""Summaries without a model: the contribution, takeaways, and fields by their roles."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.document import Document, Reading, Section
from paperlens.models import Paper, Summary
from paperlens.summaries.extractive import Extractive
from paperlens.summaries.sentences import sentences
from paperlens.summaries.templates import load
from tests.test_sentences import is_made_of

BRIEF, DEEP, NOTES = (load(name, []) for name in ("brief", "deep", "notes"))
NOW = datetime(2026, 11, 21, tzinfo=UTC)
TITLE = "A Generator of Lidar Point Clouds"
ABSTRACT = (
    "Lidar has been used widely for driving. However, existing generators, e.g. diffusion models, "
    "are slow. In this paper, we propose a generator of Lidar point clouds based on transformers. "
    "It runs 4.5 times faster than Smith et al. (2023) on Fig. 3's task. "
    "Experiments show that it outperforms the state of the art by 12.5%. "
    "Code is at https://github.com/a/b."
)


def reading(abstract: str = ABSTRACT, document: Document | None = None) -> Reading:
    paper = Paper("2404.00001", TITLE, (), abstract, (), version=1)
    text = document.text if document else abstract
    return Reading(paper, text, source="pdf" if document else "abstract", document=document)


def extractive(text: str) -> Summary:
    return Extractive(lambda: NOW).summary(reading(text), BRIEF)


def test_the_contribution_and_its_claims_are_picked_from_the_abstract() -> None:
    """`tldr` is the sentence that proposes; the takeaways are others, in reading order."""
    summary = extractive(ABSTRACT)
    tldr, takeaways = summary.fields["tldr"], summary.fields["takeaways"]
    assert isinstance(tldr, str) and tldr.startswith("We propose a generator")
    assert isinstance(takeaways, tuple)
    assert "Experiments show that it outperforms the state of the art by 12.5%." in takeaways
    assert all(takeaway in ABSTRACT for takeaway in takeaways)
    assert list(takeaways) == sorted(takeaways, key=ABSTRACT.index)
    assert not any("we propose" in takeaway for takeaway in takeaways)
    assert (summary.model, summary.source, summary.language) == ("extractive", "abstract", "en")
    assert summary.checks and summary.checks.grounded == 1.0
    assert (summary.created, summary.cost.usd) == (NOW, 0.0)


def test_background_is_no_takeaway_while_there_is_something_to_take_away() -> None:
    """What others did and what is hard are left out, and so is where the code is."""
    others = "It needs no labels. It runs on a phone. We also prove a bound. It fails on videos."
    takeaways = extractive(f"{ABSTRACT} {others}").fields["takeaways"]
    assert isinstance(takeaways, tuple) and len(takeaways) == 4
    assert not {"Lidar", "However,", "Code"} & {each.split()[0] for each in takeaways}


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (
            "Flat spectra are common. The planet has been observed in every band. Using six new "
            "transits, we detect an absorption feature near 9.7 microns. We cannot exclude spots.",
            "Using six",
        ),
        (
            "It is a notorious open question whether $4/n$ is a sum of three fractions. We study "
            "the analogue over the ring $F_q[t]$. For odd $q$ we prove that almost all admit one. "
            "The theory does not cover characteristic two, for which we observe exceptions.",
            "We study",
        ),
        (
            "How often must a model see a fact? Answers have relied on counting mentions, which "
            "confounds everything. We plant 6,000 invented facts in the training data of three "
            "models and follow them. Forgetting is not gradual. Our facts are short and atomic.",
            "We plant",
        ),
    ],
)
def test_neither_background_nor_limitation_tells_the_contribution(text: str, begins: str) -> None:
    """In any field the `tldr` is what was done, not why nor what was left undone."""
    tldr = extractive(text).fields["tldr"]
    assert isinstance(tldr, str) and tldr.startswith(begins)


def test_many_abstracts_are_told_in_a_second() -> None:
    """A day of papers is told before anyone notices: five hundred in well under five seconds."""
    begin = time.process_time()
    list(Extractive(lambda: NOW).tell([reading()] * 500, BRIEF, "en"))
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("piece", ["(A", "1", "we ably ", "A1. B", "by a", "have", "$", "Aa"])
def test_a_hostile_abstract_is_told_as_soon_as_others(piece: str) -> None:
    """An abstract of a hundred thousand characters of anything takes a moment."""
    begin = time.process_time()
    extractive(piece * (100_000 // len(piece)))
    extractive(" ".join(f"We show {piece}{number}." for number in range(20_000)))
    assert time.process_time() - begin < 2


def test_what_sentences_cannot_fill_is_unknown() -> None:
    """No text gives no fields; one sentence gives no takeaways."""
    assert extractive("").fields == {"tldr": None, "takeaways": None}
    assert extractive("We win.").fields == {"tldr": "We win.", "takeaways": None}


def test_a_repeated_sentence_is_told_once() -> None:
    """A sentence that the abstract repeats is neither told twice nor counted twice."""
    assert extractive("We win. We win. We win. We win. Here.").fields["takeaways"] is None


def test_the_language_of_an_extract_is_not_guessed() -> None:
    """What is not plainly English is "und", whatever language was asked for."""
    told = list(Extractive(lambda: NOW).tell([reading("我们提出新方法。")], BRIEF, "de"))
    assert told[0].summary.language == "und"


@given(st.text(max_size=300))
def test_any_abstract_can_be_told(text: str) -> None:
    """Whatever stands in an abstract, takeaways are its sentences, and `tldr` is of one's words."""
    fields = extractive(text).fields
    known = sentences(text.strip())
    told = fields["tldr"]
    assert told is None or any(is_made_of(str(told), each) for each in known)
    assert set(fields["takeaways"] or ()) <= set(known)


DOCUMENT = Document(
    title=TITLE,
    pages=4,
    keywords=("point clouds", "lidar", "transformers"),
    sections=(
        Section("Abstract", 1, 1, "abstract", ABSTRACT),
        Section(
            "1 Introduction",
            1,
            1,
            "body",
            "Lidar point clouds are expensive to record on real streets. Prior generators of point "
            "clouds need a thousand steps. We propose a generator that needs four steps.",
        ),
        Section(
            "2 Patches and Prayers",
            1,
            2,
            "body",
            "We propose to see the rings of a point cloud as sentences. A patch is a word to us. "
            "First, we part each point cloud into patches of equal angles. Then we apply a "
            "transformer to the patches of all rings. Finally, we use a small network that puts "
            "points back. Figure 2 shows how we use the patches of a ring.",
        ),
        Section(
            "3 Experiments",
            1,
            3,
            "body",
            "Our generator reaches an accuracy of 91.5% on point clouds of the night. The weather "
            "was often bad.",
        ),
        Section(
            "4 Limitations",
            1,
            4,
            "body",
            "Our generator cannot model moving cars in point clouds. Rain is wet.",
        ),
        Section("References", 1, 4, "references", "Smith. We propose a limitation. 2023."),
    ),
)


def test_the_fields_of_deep_are_filled_from_the_sections_that_tell_them() -> None:
    """Method, steps, results and limitations come from their sections, the rest stays unknown."""
    summary = Extractive(lambda: NOW).summary(reading(document=DOCUMENT), DEEP)
    told = summary.fields
    assert summary.source == "pdf"
    assert str(told["background"]).startswith("Lidar has been used widely")
    assert told["method_steps"] == (
        "First, we part each point cloud into patches of equal angles.",
        "Then we apply a transformer to the patches of all rings.",
        "Finally, we use a small network that puts points back.",
    )
    assert "Our generator reaches an accuracy of 91.5% on point clouds of the night." in (
        told["results"] or ()
    )
    assert told["limitations"] == "Our generator cannot model moving cars in point clouds."
    assert told["keywords"] == ("point clouds", "lidar", "transformers")
    assert told["significance"] is None and told["workload"] is None


def test_each_field_is_told_in_sentences_of_the_paper() -> None:
    """Of `notes` and `deep`, nothing but whole sentences of the paper, references aside."""
    known = {each for one in DOCUMENT.sections[:-1] for each in sentences(one.text)}
    for template in (DEEP, NOTES):
        fields = Extractive(lambda: NOW).summary(reading(document=DOCUMENT), template).fields
        for name in fields.keys() - {"tldr", "keywords", "tags"}:
            value = fields[name]
            texts = sentences(value) if isinstance(value, str) else value or ()
            assert set(texts) <= known


def test_a_field_of_ones_own_is_filled_by_its_role() -> None:
    """Not the name of a field but its role says which sentences fill it; others stay unknown."""
    notes = Extractive(lambda: NOW).summary(reading(document=DOCUMENT), NOTES).fields
    assert notes["tags"] == ("point_clouds", "lidar", "transformers")
    assert notes["contributions"]


def test_keywords_are_what_title_and_abstract_have_in_common() -> None:
    """Without printed ones: terms of several words that the title has, or the abstract repeats."""
    abstract = (
        "Generators of lidar point clouds are slow. We show how lidar point clouds can be made "
        "from a phased array by a radar mesh. The radar mesh is cheap, and a phased array "
        "of lidar point clouds needs no lens."
    )
    fields = Extractive(lambda: NOW).summary(reading(abstract), DEEP).fields
    assert set(fields["keywords"] or ()) >= {"lidar point clouds", "phased array", "radar mesh"}


def test_a_paper_without_an_abstract_is_told_from_its_text() -> None:
    """The printed abstract stands for arXiv's, and the body where there is none; never headings."""
    printed = Extractive(lambda: NOW).summary(reading("", DOCUMENT), BRIEF)
    assert str(printed.fields["tldr"]).startswith("We propose a generator of Lidar")
    assert printed.source == "pdf"
    bare = Document(TITLE, 4, DOCUMENT.sections[1:])
    told = Extractive(lambda: NOW).summary(reading("", bare), BRIEF).fields
    assert told["tldr"] == "We propose a generator that needs four steps."
    assert not any("Introduction" in each for each in told["takeaways"] or ())


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_paper_can_be_told_by_any_template(abstract: str, text: str) -> None:
    """Nothing that stands in a paper stops its summary."""
    document = Document(None, 1, (Section(text[:20], 1, 1, "body", text),))
    for template in (DEEP, NOTES):
        fields = Extractive(lambda: NOW).summary(reading(abstract, document), template).fields
        assert fields.keys() == {field.name for field in template.fields}
