"""Text freed of what no reader sees, and text that can be written."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from paperlens.unseen import one_line, writable

ANYTHING = st.text(st.characters(codec=None), max_size=80)


@given(ANYTHING)
def test_one_line_is_without_controls(text: str) -> None:
    """It has no control, direction, invisible or half character, and no double space."""
    told = one_line(text)
    assert not {unicodedata.category(letter) for letter in told} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(told) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\ufeff")
    assert told == " ".join(told.split())
    assert one_line(told) == told


def test_one_line_keeps_what_writing_needs() -> None:
    """Accents, wide letters, and the joiners of emoji and Persian stay as they are."""
    kept = "Gábor e\u0301 王小明 👨‍👩‍👧‍👦 می‌خواهم"
    assert one_line(kept) == kept


def test_one_line_disarms_the_terminal() -> None:
    """Escape sequences, bells, carriage returns and C1 controls lose what makes them work."""
    assert one_line("a\x1b[31mb\x07\rc\x9b2Jd\x00e\x85f") == "a[31mb c2Jde f"
    assert one_line("\u202eevil\u202c \ud83d!") == "evil \ufffd!"


def test_no_text_is_an_empty_line() -> None:
    """What a reply does not say is nothing to read."""
    assert one_line(None) == one_line("") == one_line(" \n\x00") == ""


@given(ANYTHING)
def test_any_text_can_be_written(told: str) -> None:
    """Control characters and half surrogate pairs, as broken PDFs have them, are no obstacle."""
    mended = writable(told)
    assert mended.encode("utf-8").decode() == mended
    assert writable(mended) == mended


def test_half_a_surrogate_pair_becomes_the_replacement_character() -> None:
    """What UTF-8 cannot carry is shown as unknown; the text around it, and whole pairs, stay."""
    assert writable("a\ud800b\x00\U0001f600") == "a\ufffdb\x00\U0001f600"
    assert writable("\ud83d\ude00") == "\U0001f600"
    assert writable(None) is None
