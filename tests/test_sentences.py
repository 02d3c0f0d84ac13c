"""Where sentences end, and how much shorter they can be told."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.summaries.extractive.trimming import wordings
from paperlens.summaries.sentences import sentences


def shortest(sentence: str) -> str:
    return min((wording.text for wording in wordings(sentence)), key=len)


@pytest.mark.parametrize(
    "text",
    [
        "We use tools, e.g. BERT, i.e. a model.",
        "Smith et al. 2023 and Jones et al. (2024) differ.",
        "See Fig. 3, Eq. (2), and Sec. IV for more.",
        "Humans vs. machines at 3.5 million points.",
        "The proof by J. R. R. Tolkien holds.",
        "Code: https://github.com/a/b.git and https://x.org/?q=1. enough",
        "The bound $a. B_c! D$ holds for $n$ points.",
        "Yahoo! is a company.",
        "Networks, cf. Our earlier work.",
        "Dr. Who and J. Doe wait ... and see.",
        "We differ w.r.t. Theta and vs. Humans.",
        "By \\cite{a.b} and $$a. B$$ and \\(a. B\\) it holds.",
        "1. First come the pages.",
    ],
)
def test_points_that_end_nothing_are_survived(text: str) -> None:
    """Abbreviations, decimals, initials, addresses and formulas do not end a sentence."""
    assert sentences(text) == (text,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One. Two! Three? Four", ("One.", "Two!", "Three?", "Four")),
        ("It is 3.5. We win.", ("It is 3.5.", "We win.")),
        ("Nets suffer from CF. Our results agree.", ("Nets suffer from CF.", "Our results agree.")),
        ("By Smith et al. We differ.", ("By Smith et al.", "We differ.")),
        ("It uses the model.Our idea is new.", ("It uses the model.", "Our idea is new.")),
        ('He said "It works." Then he left.', ('He said "It works."', "Then he left.")),
        ("We wait... Then we go.", ("We wait...", "Then we go.")),
        ("1. Scan. 2. Print.", ("1. Scan.", "2. Print.")),
        ("(It works.) It does.", ("(It works.)", "It does.")),
        ("Costs $5. Ours costs $3.", ("Costs $5.", "Ours costs $3.")),
        (
            "We release it. iPhone runs it. $n$ is 3.",
            ("We release it.", "iPhone runs it.", "$n$ is 3."),
        ),
        ("我们提出新方法。它更快!真的？是。", ("我们提出新方法。", "它更快!真的？", "是。")),
        ("A heading\n\nA sentence\nover lines.", ("A heading", "A sentence over lines.")),
        (" \n ", ()),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, told: tuple[str, ...]) -> None:
    """Each sentence stands on one line, as written."""
    assert sentences(text) == told


@given(st.text(alphabet="ab AB.!?。$\\(\n)\"' 1é", max_size=200))
def test_splitting_loses_and_invents_nothing(text: str) -> None:
    """All sentences together are the text, spaces aside."""
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("piece", [". ", ".", "$", "$a ", "\n ", "。", "e.g. ", "a", ". (", ". A"])
def test_hostile_texts_take_no_longer_than_others(piece: str) -> None:
    """A hundred thousand characters of anything are split well within a second."""
    begin = time.process_time()
    sentences(piece * (100_000 // len(piece)))
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "In this paper, we propose a new way to scan a page.",
            "We propose a new way to scan a page.",
        ),
        (
            "To this end, we present a new way to scan a page.",
            "We present a new way to scan a page.",
        ),
        (
            "However, in this work we study how people scan a page.",
            "We study how people scan a page.",
        ),
        (
            "To bridge this gap, we build a scanner that reads pages.",
            "We build a scanner that reads pages.",
        ),
        (
            "We train a network (CNN) [3, 4] that reads pages (Smith, 2023).",
            "We train a network that reads pages.",
        ),
        (
            "We propose a scanner of printed pages, which is built from two lenses.",
            "We propose a scanner of printed pages.",
        ),
        (
            "We present a scanner that reads pages, achieving the best scores on all tasks.",
            "We present a scanner that reads pages.",
        ),
        (
            "We present a scanner of printed pages, and show that it reads newspapers.",
            "We present a scanner of printed pages.",
        ),
        (
            "We study two kinds of printed pages: newspapers and books.",
            "We study two kinds of printed pages.",
        ),
    ],
)
def test_a_summary_can_do_without_what_tells_nothing(sentence: str, told: str) -> None:
    """Openings, brackets and closing clauses go; a sentence with a capital is left."""
    assert shortest(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "Assuming that noise is small, we prove that the scanner converges.",
        "Under mild conditions, we prove that the scanner converges to a page.",
        "For convex losses, we prove that the scanner converges to a page.",
        "Using six new scans, we detect a line in the margin.",
        "To the best of our knowledge, this is the first scanner of pages.",
        "To address this only if pages are small, we build a scanner of pages.",
        "In our previous work, we proposed a scanner that reads pages.",
        "For example, we propose a scanner that reads printed pages.",
        "The scanner reads all pages of a book, but not those in colour.",
        "The scanner can read printed pages, which holds only if they are dry.",
        "We show that scanners of printed pages, which are slow, are precise.",
        "We propose a scanner that, showing two lights, reads pages.",
        "We compare a scanner (but not a printer) with the human eye.",
        "The bound f (n) of the scanner is $O(n)$, as (1) and (2) show.",
        "We call the scanner a printed page reader (PPR), and PPR is fast, but dear.",
        "iPhone cameras and scanners read pages like humans do.",
    ],
)
def test_no_limit_condition_or_name_is_ever_left_out(sentence: str) -> None:
    """What makes a claim smaller stays, and so does what the sentence cannot stand without."""
    assert [wording.text for wording in wordings(sentence)] == [sentence]


VOCABULARY = """
In this paper , we propose a However To address that which are ( ) , showing and show not only if
$x$ ; : method of 3 scanners (GAN) [1] results it is Our unless -- (only here) . e.g.
"""
WORDS = st.sampled_from(VOCABULARY.split())


def is_made_of(told: str, sentence: str) -> bool:
    """Whether all words stand in the sentence in the same order, the first perhaps in small."""
    left = iter("".join(sentence.split()).lower())
    return all(letter in left for letter in "".join(told.removesuffix(".").split()).lower())


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200))
def test_a_wording_is_the_sentences_own_words_in_their_order(sentence: str) -> None:
    """Nothing is added to a sentence, and it always has a wording."""
    told = wordings(sentence)
    assert told
    assert all(is_made_of(wording.text, sentence) for wording in told)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_whatever_denies_or_limits_a_claim_outlives_every_cut(sentence: str) -> None:
    """As many "not", "only" and "unless" are left as there were, wherever a sentence is ended."""
    before = sentence.split()
    for wording in wordings(sentence):
        after = wording.text.rstrip(".").split()
        for limit in ("not", "unless"):
            assert after.count(limit) == before.count(limit) or "aim" in wording.cuts


@pytest.mark.parametrize("piece", ["(a ", "In this paper, ", "To a ", ", which is", " -- ", "We "])
def test_a_hostile_sentence_is_reworded_as_soon_as_others(piece: str) -> None:
    """Neither brackets nor clauses without end keep it busy."""
    begin = time.process_time()
    wordings(piece * (100_000 // len(piece)))
    for length in range(300, 999, 3):
        wordings((piece * 999)[:length])
    assert time.process_time() - begin < 2
