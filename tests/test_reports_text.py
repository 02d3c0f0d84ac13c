"""Untrusted text made safe, and set in cells."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from paperlens.reports.layout import fit, names, padded, wrapped
from paperlens.reports.text import address, escaped, readable, shortened
from paperlens.unseen import one_line

ANYTHING = st.text(st.characters(codec=None), max_size=80)


@given(ANYTHING)
def test_readable_text_is_one_line(text: str) -> None:
    """Whatever TeX turns into, nothing unseen comes out of it."""
    assert readable(text) == one_line(readable(text))


def test_only_web_addresses_become_links() -> None:
    """A link is http or https, and nothing in it can end it."""
    assert address("https://github.com/a/b?c=d#e") == "https://github.com/a/b?c=d#e"
    assert address("https://x.org/a)b<c> d") == "https://x.org/a%29b%3Cc%3E%20d"
    for other in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "x",
        "https://x\x1b]8;;",
        "https://x.org/\n[a](b)",
    ):
        assert address(other) is None
    assert shortened("https://www.github.com/a/b/") == "github.com/a/b"


def test_markdown_is_escaped_only_where_it_must_be() -> None:
    """Escaped text stays readable: ids, snake_case and plain stops are left alone."""
    assert escaped("2404.05674 my_name 50% a-b") == "2404.05674 my_name 50% a-b"
    assert escaped("1. a") == "1\\. a"
    assert escaped("- *a* [b](c) <d> `e` $f$ &amp; #g _h_") == (
        "\\- \\*a\\* \\[b\\](c) \\<d\\> \\`e\\` \\$f\\$ \\&amp; \\#g \\_h\\_"
    )


@given(ANYTHING.map(one_line), st.integers(2, 30), st.none() | st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int, most: int | None) -> None:
    """No line is wider than asked; without a limit every letter is still there, in order."""
    lines = wrapped(text, width, most)
    assert all(cell_len(line) <= width for line in lines)
    if most is None:
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    else:
        assert len(lines) <= most


def test_chinese_breaks_between_letters_but_not_before_a_stop() -> None:
    """Chinese wraps as Chinese is set: anywhere, yet no line begins with a closing mark."""
    assert wrapped("我们提出方法，它很好。", 12) == ["我们提出方", "法，它很好。"]
    assert wrapped("CT 图像生成的新方法", 8) == ["CT 图像", "生成的新", "方法"]


def test_a_limit_on_lines_ends_in_an_ellipsis() -> None:
    """What does not fit is cut and shown to be cut, however long it was."""
    assert wrapped("one two three four", 7, most=2) == ["one two", "three…"]
    assert len(wrapped("x" * 100_000, 40, most=6)) == 6


@given(ANYTHING.map(one_line), st.integers(0, 20))
def test_fitting_and_padding_count_cells(text: str, width: int) -> None:
    """Columns align whatever the letters."""
    assert cell_len(fit(text, width)) <= width
    assert cell_len(padded(text, width)) == width


def test_authors_are_shortened_to_the_width() -> None:
    """As many whole names as fit, then how many more; of the first at least the family name."""
    people = ["Kunpeng Song", "Yizhe Zhu", "Bingchen Liu"]
    assert names(people, 40) == "Kunpeng Song, Yizhe Zhu, Bingchen Liu"
    assert names(people, 30) == "Kunpeng Song, Yizhe Zhu +1"
    assert names(people, 12) == "Song +2"
    assert names([], 12) == ""
