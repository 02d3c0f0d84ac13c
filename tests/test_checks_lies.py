"""Checks against a liar who knows the paper: every lie is named, and no other spelling is."""

import pytest

from paperlens.summaries.checking import Source, check

TITLE = "SparseNet: Pruning Large Language Models in One Pass"
ABSTRACT = (
    "Large language models are costly to run. We propose SparseNet, a pruning method that requires "
    "no retraining and removes 50% of the weights of LLaMA-7B in 3 minutes. On ImageNet and "
    "CIFAR-10 it reaches 87.31% and 95.2% accuracy, and it is 2.4x faster than the dense model. "
    "SparseNet outperforms Wanda on 12 of 14 tasks. It reduces latency from 41.5 ms to 17.3 ms. "
    "We trained on 1.28 million images with a learning rate of 10^{-4}. Jürgen Schmidhuber and "
    "Paul Erdős inspired the proof. We compare LLaMA-2 (7B and 13B), GPT-4o, ViT-B/16, U-Net and "
    "R-CNN. The race to drop costs and to glue parts is on. Ada Lovelace wrote the code with Paul "
    "Allen. Code: https://github.com/sparse/net. Memory falls by 3.1 GB. The threefold gain is in "
    "Section 7, Table 9 and Figure 11. See [23] and (Smith et al., 2017)."
)
BODY = (
    "We use 8 GPUs for 40 epochs. The method has 6 layers. We sort the weights of each layer by "
    "their magnitude and keep the upper half. A short calibration set of 128 sequences decides how "
    "many weights every layer may lose. Layers near the input tolerate less pruning than those "
    "near the output. The pruned models run on phones without any change of the software. "
    "Quantization can be applied afterwards, since both techniques are independent of each other. "
    "A limitation is that structured sparsity, which needs special kernels, was not examined. "
    "Future work will study how pruning affects translation into languages with little data. "
) + " ".join(
    f"In part {part} we look at other matters, such as tables of {part} rows and {rows} columns."
    for part, rows in enumerate((12, 17, 23, 42, 64, 99, 256, 512, 1024, 2048), start=15)
)
SOURCE = Source.of([TITLE, ABSTRACT], [BODY])


def found(told: str) -> list[tuple[str, str]]:
    checks = check({"tldr": told}, SOURCE, "en")
    return [(doubt.text, doubt.kind) for doubt in checks.unverified]


@pytest.mark.parametrize(
    ("told", "lie"),
    [
        ("SparseNet reaches eighty-eight percent accuracy on ImageNet.", "eighty-eight percent"),
        ("It reduces latency from 41.5 s to 17.3 ms.", "41.5"),
        ("It reduces latency from 41.5 ms to 17.3 seconds.", "17.3"),
        ("SparseNet removes weights of LLaMA in 3 hours.", "3"),
        ("The dense model needs 3.1 MB of memory.", "3.1"),
        ("It is three times faster than the dense model.", "three times"),
        ("It is fourfold faster than the dense model.", "fourfold"),
        ("It removes a third of the weights of LLaMA.", "a third"),
        ("It was trained on billions of images.", "billions"),
        ("It was trained on two hundred thousand images.", "two hundred thousand"),
        ("It was trained on 128k images.", "128k"),
        ("The learning rate is 5e-4 in training.", "5e-4"),
        ("It prunes 2.4-3.5x faster than the dense model.", "3.5x"),
        ("The pruning method has 7 stages that remove weights.", "7"),
        ("The pruning method has 9 stages that remove weights.", "9"),
        ("The pruning method has 11 stages that remove weights.", "11"),
        ("The language models were pruned with 23 retraining rounds.", "23"),
        ("SparseNet wins on 14 of 17 tasks against Wanda.", "17"),
        ("The method prunes 42 tasks with a calibration of weights.", "42"),
    ],
)
def test_numbers_of_other_things_do_not_support_a_number(told: str, lie: str) -> None:
    """Neither what is measured otherwise, nor the number of a section, a figure or a reference,
    nor one that stands among other words, or within another number."""
    assert (lie, "number") in found(told)


@pytest.mark.parametrize(
    ("told", "lie"),
    [
        ("SparseNet prunes GPT-4 in minutes.", "GPT-4"),
        ("SparseNet prunes gpt-4 in minutes.", "gpt-4"),
        ("SparseNet prunes LLaMA-2-70B in minutes.", "LLaMA-2-70B"),
        ("SparseNet prunes LLaMA-3 in minutes.", "LLaMA-3"),
        ("SparseNet prunes ViT-L/16 in minutes.", "ViT-L"),
        ("SparseNet prunes weights of V-Net models.", "V-Net"),
        ("Y-net removes weights of language models.", "Y-net"),
        ("SparseNet prunes weights of resnet models.", "resnet"),
        ("SparseNet is evaluated on cifar-100 tasks.", "cifar-100"),
        ("SparseNet is evaluated on the tasks of DROP.", "DROP"),
        ("SparseNet is evaluated on the tasks of GLUE.", "GLUE"),
        ("Prestopping outperforms Wanda on tasks.", "Prestopping"),
        ("Anna Schmidhuber inspired the proof.", "Anna"),
        ("Paul Schmidhuber inspired the proof.", "Paul Schmidhuber"),
        ("Ada Allen wrote the code.", "Ada Allen"),
        ("The GAN removes weights of language models.", "GAN"),
    ],
)
def test_no_other_version_case_or_first_name_passes(told: str, lie: str) -> None:
    """A name with another digit or letter is another name, in small letters too; a word of the
    paper is no data set; a person has the first name that the paper gives."""
    assert any(lie in text for text, kind in found(told) if kind == "name")


@pytest.mark.parametrize(
    "lie",
    [
        "https://github.com/sparse/nat",
        "https://github.com/dense/net",
        "https://github.com/sparse/net/tree/dev",
        "https://github.com@evil.com/sparse/net",
        "https://gitlab.com/sparse/net",
        "github.com/sparse",
        "sparse.tech/net",
        "ada@sparse.org",
    ],
)
def test_an_address_that_differs_anywhere_is_named(lie: str) -> None:
    """One letter, another owner, path or host; mail too."""
    assert (lie, "link") in found(f"The code of the pruning method is at {lie}.")


@pytest.mark.parametrize(
    "told",
    [
        "SparseNet reaches eighty-seven percent accuracy on ImageNet.",
        "It removes half of the weights of LLaMA-7B.",
        "It reduces latency from 0.0415 s to 0.0173 seconds.",
        "SparseNet removes weights of LLaMA in three minutes.",
        "It is 2.4-fold faster than the dense model.",
        "It was trained on over a million images.",
        "It was trained on 1'280'000 images.",
        "It was trained on millions of images.",
        "The learning rate is 1 × 10^-4 in training.",
        "Memory falls by 3,100 MB.",
        "The gain is three-fold.",
        "It wins twelve out of 14 tasks against Wanda.",
        "Training uses 8 GPUs for 40 epochs.",
        "SparseNet prunes LLaMA-2-7B and LLaMA-2-13B in minutes.",
        "SparseNet prunes Llama 2 and gpt-4o in minutes.",
        "SparseNet is evaluated on IMAGENET and cifar-10 tasks.",
        "SparseNet prunes ViT-B models and a UNet.",
        "J. Schmidhuber and P. Erdos inspired the proof.",
        "Schmidhuber inspired the proof, and Ada Lovelace and Paul Allen wrote the code.",
        "The LLM is pruned by SparseNet without retraining.",
        "The code is at [GitHub](http://www.GitHub.com/Sparse/Net/).",
    ],
)
def test_other_spellings_are_no_lies(told: str) -> None:
    """Words for digits, other units of the same worth, case, initials and Markdown change nothing
    of what is said."""
    assert [text for text, kind in found(told) if kind != "sentence"] == []


@pytest.mark.parametrize(
    "told",
    [
        "SparseNet prunes LLMs in a single pass, with no need to train them again.",
        "Half of LLaMA-7B's weights are gone after three minutes.",
        "The method beats Wanda on most tasks and more than halves latency.",
        "Weights are ranked by magnitude within each layer, and the smaller half is dropped.",
        "How much each layer can lose is decided with a small calibration set.",
        "Layers close to the input can bear less pruning than those near the output.",
        "Phones can run the pruned models as they are.",
        "It combines well with quantization because the two are independent.",
        "Structured sparsity has not been examined, as it would need special kernels.",
        "The authors plan to look at the effect of pruning on translation for languages with few "
        "resources.",
        "Running large models is expensive.",
    ],
)
def test_what_a_model_tells_in_its_own_words_is_supported(told: str) -> None:
    """Everyday words may be any others: what a sentence speaks of decides."""
    assert [text for text, kind in found(told) if kind == "sentence"] == []


@pytest.mark.parametrize(
    "told",
    [
        "A reinforcement learning agent chooses which attention heads are removed.",
        "Human annotators rated the fluency of the compressed dialogue systems.",
        "The models are distilled into a smaller student on synthetic conversations.",
        "Robots grasp transparent objects with the learned policy.",
        "Wanda is better than SparseNet on these tasks.",
        "The dense model is faster than SparseNet.",
        "The pruned models run on phones, and radiologists found the tumours more quickly.",
    ],
)
def test_what_the_paper_does_not_say_is_named_among_all_that_it_says(told: str) -> None:
    """Another method, an evaluation that nobody made, a comparison the other way round, a claim
    hung onto a true one."""
    assert (told, "sentence") in found(told)
