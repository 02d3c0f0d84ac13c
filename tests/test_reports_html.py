"""A report as one page: what is in it, and that nothing of anybody else's becomes part of it."""

import re
import struct
from base64 import b64decode, b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.models import Cost, Decision, Figure, Report, Summary
from paperlens.reports import render
from paperlens.reports.html.albums import albums
from paperlens.reports.html.prose import with_bold
from paperlens.reports.text import readable
from paperlens.unseen import one_line

from .test_reports_examples import NOW, entry_of, hostile_text, realistic, report_of

PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 640, 480, 8, 2, 0, 0, 0)
    + b"crc!"
)
OURS = (
    "https://arxiv.org/",
    "https://doi.org/",
    "https://github.com/",
    "https://x.example/",
    "https://moma.github.io/",
    "#papers",
    "data:image/svg+xml,",
)


def parsed(page: str) -> Element:
    """The page as a browser reads it; a mistake in its HTML is an error here."""
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return root


def told(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def classed(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


def figure(number: int, *, is_teaser: bool = False, caption: str = "What it shows.") -> Figure:
    return Figure(str(number), caption, number, (0, 0, 1, 1), f"{number}.png", is_teaser=is_teaser)


def illustrated() -> Report:
    report = realistic()
    figures = (figure(1), figure(2, is_teaser=True), figure(3))
    first = replace(report.entries[0], figures=figures)
    return replace(report, entries=(first, *report.entries[1:]))


def test_the_page_has_every_part_of_the_report() -> None:
    """Day, counts, papers with all that is known of them, the list, notices, cost and road."""
    page = parsed(render(realistic(), "html"))
    first, second, third = page.iter("article")
    assert told(next(page.iter("h1"))) == "Tuesday 9 April 2024"
    assert told(classed(page, "counts")[0]) == "312 announced 3 for you"
    assert told(classed(page, "asked")[0]) == "diffusion 2 avatars 1"
    for part in (
        "1 MoMA: an α-Adapter for Personalized Images",
        "Kunpeng Song, José Núñez, 王小明 ByteDance",
        "cs.CV, cs.LG 2404.05674 new PDF DOI code github.com/bytedance/MoMA",
        "project moma.github.io",
        "One photograph is enough. No tuning. 87.31% better.",
        "comment ECCV 2024 journal ECCV 2024, p. 117",
        "because “personalized” in the title · query diffusion",
        "Abstract We present MoMA. It is tuning-free.",
        "Not in the paper: 1 “87.31%” takeaways[1] · number",
        "summary: openai/gpt-4o-mini from the full text",
    ):
        assert part in told(first)
    for part in ("★ starred", "2403.01234v3 new version", "tags thesis my note compare"):
        assert part in told(second)
    assert "Error the PDF could not be fetched" in told(second)
    assert "withdrawn" in told(third)
    assert "More We present MoMA. It is tuning-free." in told(third)
    links = [link.get("href") for link in first.iter("a")]
    assert links[:2] == ["https://arxiv.org/abs/2404.05674v1", "https://arxiv.org/pdf/2404.05674v1"]
    assert told(next(page.iter("footer"))) == (
        "Notes Comments come later. summaries: openai/gpt-4o-mini from the full text "
        "via arXiv's feed $0.01, 8,412 tokens 2024-04-09 08:00 UTC"
    )


def test_checks_told_in_full_stand_open() -> None:
    """With `--checks` the doubts are open, with the share that the paper supports."""
    (doubts,) = classed(parsed(render(replace(realistic(), checks=True), "html")), "doubts")
    assert doubts.get("open") is not None
    assert "supported by the paper: 90%" in told(doubts)


def test_a_day_without_papers_says_so() -> None:
    """Nothing to search, and no controls for it: the sentence, and the notice that says why."""
    page = parsed(render(replace(realistic(), entries=()), "html"))
    assert told(classed(page, "nothing")[0]) == "Nothing new for you."
    assert not classed(page, "controls")
    assert "Comments come later." in told(next(page.iter("footer")))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_nothing_of_theirs_becomes_part_of_the_page(data: st.DataObject) -> None:
    """Hostile text adds no element and no attribute, and is read as what it was."""
    hostile = report_of(lambda: data.draw(hostile_text.filter(readable)))
    page = parsed(bare(render(hostile, "html", any_png)))
    found = elements(page)
    assert set(found) <= our_elements() | {("strong", frozenset())}
    assert [tag for tag, _ in found].count("script") == 2
    assert len(list(page.iter("article"))) == len(hostile.entries)
    addresses = [each.get("href") for each in page.iter() if each.get("href")]
    assert all(address.startswith(OURS) for address in addresses if address)
    titles = [told(title) for title in page.iter("h3")]
    assert titles == [spaced(readable(entry.paper.title)) for entry in hostile.entries]
    folded = [each for each in page.iter() if each.get("class") == "abstract"]
    abstracts = [told(each).removeprefix("Abstract ") for each in folded]
    assert abstracts == [spaced(readable(entry.paper.abstract)) for entry in hostile.entries]
    notes = [told(each) for each in classed(page, "record")]
    for entry, note in zip(hostile.entries, notes, strict=True):
        assert spaced(one_line(entry.decision.note)) in note


def bare(page: str) -> str:
    """Without what stands in styles and scripts, which is ours and takes long to read."""
    return re.sub(r"(<(style|script)>).*?(</\2>)", r"\1\3", page, flags=re.DOTALL)


@cache
def our_elements() -> frozenset[tuple[str, frozenset[str]]]:
    """What pages consist of whose texts are plain words, or whose lists are."""
    plain = (report_of(lambda: "a long word, said once and again"), report_of(lambda: "word"))
    return frozenset(
        each for report in plain for each in elements(parsed(bare(render(report, "html", any_png))))
    )


def any_png(_: Figure) -> bytes:
    return PNG


def elements(page: Element) -> list[tuple[str, frozenset[str]]]:
    return [(str(each.tag), frozenset(each.keys())) for each in page.iter()]


def spaced(text: str) -> str:
    return " ".join(text.split())


@given(st.text(alphabet="*ab <&\\$", max_size=30))
def test_bold_is_the_only_markup_of_a_summary(text: str) -> None:
    """`**Key phrases**` are strong; all else is text, whatever signs it has."""
    page = parsed(f"<!doctype html><html><head><title>x</title></head><body>{with_bold(text)}")
    assert {each.tag for each in page.iter()} <= {"html", "head", "title", "body", "strong"}
    said = "".join(page.itertext()).removeprefix("x")
    assert said.replace("*", "") == readable(text).replace("*", "")


def test_key_phrases_of_notes_are_strong() -> None:
    """What a template asks to stand in bold does."""
    fields = {"method": ("A **small <b>head</b>** predicts it.", "One * two ** three.")}
    summary = Summary("notes", "en", "m", "pdf", fields, NOW, cost=Cost())
    report = realistic()
    first = replace(report.entries[0], summary=summary)
    page = parsed(render(replace(report, entries=(first,)), "html"))
    assert [told(each) for each in page.iter("strong")] == ["small <b>head</b>"]
    assert [told(each) for each in page.iter("h4")] == ["Method"]
    assert "One * two ** three." in told(page)


def test_the_page_forbids_itself_everything_but_its_own() -> None:
    """The policy names the style and the scripts by their hashes, and allows no request."""
    page = parsed(render(illustrated(), "html", any_png))
    (policy,) = (
        each.get("content", "")
        for each in page.iter("meta")
        if each.get("http-equiv") == "Content-Security-Policy"
    )
    rules = {words[0]: set(words[1:]) for words in map(str.split, policy.split(";"))}
    ours = {
        tag: {hashed(each.text or "") for each in page.iter(tag)} for tag in ("style", "script")
    }
    assert (rules["default-src"], rules["img-src"]) == ({"'none'"}, {"data:"})
    assert (rules["style-src"], rules["script-src"]) == (ours["style"], ours["script"])
    assert (rules["base-uri"], rules["form-action"]) == ({"'none'"}, {"'none'"})
    attributes = {name for each in page.iter() for name in each.attrib}
    assert not [name for name in attributes if name == "style" or name.startswith("on")]
    assert not [each for each in page.iter() if each.get("src", "data:")[:5] != "data:"]


def hashed(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


def test_figures_are_in_the_page() -> None:
    """The teaser stands first, the others fold; each with its size, caption and words for it."""
    article = next(parsed(render(illustrated(), "html", any_png)).iter("article"))
    pictures = list(article.iter("img"))
    assert [each.get("alt") for each in pictures] == [
        f"Figure {number}: What it shows." for number in (2, 1, 3)
    ]
    for each in pictures:
        kind, _, code = each.get("src", "").partition(",")
        assert (kind, b64decode(code)) == ("data:image/png;base64", PNG)
        assert (each.get("width"), each.get("height")) == ("640", "480")
    captions = [told(each) for each in article.iter("figcaption")]
    assert captions[0] == "Figure 2 What it shows. · page 2"
    (folded,) = classed(article, "plates")
    assert told(folded).startswith("+2 figures")


@pytest.mark.parametrize(
    "png", [None, b"", b"<svg onload=alert(1)>", PNG[:20], PNG.replace(b"IHDR", b"xxxx")]
)
def test_what_is_no_picture_leaves_its_caption(png: bytes | None) -> None:
    """A file that is gone, or no PNG, is not in the page; what was said of it is."""
    article = next(parsed(render(illustrated(), "html", lambda _: png)).iter("article"))
    assert not list(article.iter("img"))
    assert len(list(article.iter("figcaption"))) == 3


def test_a_page_does_not_grow_too_heavy_to_open() -> None:
    """Where there is no room for all, every paper's first picture comes before any second one."""
    entry = replace(realistic().entries[0], figures=(figure(1), figure(2, is_teaser=True)))
    shown = albums([entry, entry], lambda _: PNG, most=3 * len(PNG))
    assert [[bool(each.place) for each in album] for album in shown.of] == [
        [True, True],
        [True, False],
    ]
    assert [album[0].figure.number for album in shown.of] == ["2", "2"]
    assert (shown.left_out, len(shown.addresses)) == (1, 3)


def test_pictures_left_out_are_told() -> None:
    """The reader learns that there are more."""
    figures = tuple(figure(number) for number in range(3))
    heavy = replace(realistic().entries[0], figures=figures)
    page = render(replace(realistic(), entries=(heavy,)), "html", lambda _: PNG + bytes(20_000_000))
    assert "left out to keep this page light: 1." in page


def test_languages_are_named() -> None:
    """The page has the language of its labels; a summary in another one says so."""
    report = realistic()
    summary = report.entries[0].summary
    assert summary
    chinese = replace(report.entries[0], summary=replace(summary, language="zh"))
    page = parsed(render(replace(report, entries=(chinese,)), "html"))
    assert page.get("lang") == "en"
    assert classed(page, "summary")[0].get("lang") == "zh"
    unheard = parsed(render(replace(report, language='Klingon" onload="x'), "html"))
    assert unheard.get("lang") == "en"


def test_the_outline_is_sound() -> None:
    """One h1, no level skipped, a name for each section, article, group and control; ids once."""
    page = parsed(render(illustrated(), "html", any_png))
    levels = [int(each.tag[1]) for each in page.iter() if re.fullmatch("h[1-6]", str(each.tag))]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in zip([0, *levels], levels, strict=False))
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    for name in ("aria-labelledby", "aria-controls", "for"):
        assert {each.get(name) for each in page.iter() if each.get(name)} <= set(ids)
    for tag in ("section", "article", "dialog"):
        assert all(each.get("aria-labelledby") for each in page.iter(tag))
    assert all(told(each) for tag in ("button", "summary", "label", "a") for each in page.iter(tag))
    assert {
        tag: len(list(page.iter(tag))) for tag in ("main", "header", "footer")
    } == dict.fromkeys(("main", "header", "footer"), 1)
    skip = next(page.iter("a"))
    assert (skip.get("href"), next(page.iter("main")).get("id")) == ("#papers", "papers")
    (count,) = (each for each in page.iter() if each.get("aria-live"))
    assert told(count) == "3 of 3 papers"


def test_filters_are_there_where_they_tell_papers_apart() -> None:
    """Queries in their order, tags, marks, each with its number; no filter of nothing."""
    page = parsed(render(realistic(), "html"))
    assert [told(each) for each in classed(page, "choice")] == [
        "diffusion 2", "avatars 1", "thesis 1", "· new 2", "★ starred 1",
    ]  # fmt: skip
    bare = [replace(e, queries=(), decision=Decision()) for e in realistic().entries]
    page = parsed(render(replace(realistic(), entries=tuple(bare)), "html"))
    assert not classed(page, "filter")


def test_the_same_paper_twice_has_two_places() -> None:
    """Addresses within the page are unique, even of papers whose ids are not."""
    entry = entry_of(lambda: "word", 0)
    strange = replace(entry, paper=replace(entry.paper, id='doi:10.1/x y"><b>'))
    report = replace(realistic(), entries=(entry, entry, strange), shown=3)
    ids = [each.get("id") for each in parsed(render(report, "html")).iter("article")]
    assert ids == ["p-2404.05670", "p-2404.05670_2", "p-doi-10.1-x-y-b-"]


def test_many_authors_fold() -> None:
    """Of a collaboration the first are named at once, and all of them where they are asked for."""
    people = tuple(f"Author {number}" for number in range(900))
    first = realistic().entries[0]
    crowd = replace(first, paper=replace(first.paper, authors=people))
    page = parsed(render(replace(realistic(), entries=(crowd,)), "html"))
    assert told(classed(page, "authors")[0]).startswith("Author 0, ")
    assert "+888" in told(classed(page, "authors")[0])
    assert told(classed(page, "everybody")[0]).endswith("Author 899")


def test_colours_can_be_read() -> None:
    """Text has a contrast of at least 4.5 to 1 and edges of controls 3 to 1, light and dark."""
    style = next(parsed(render(realistic(), "html")).iter("style")).text or ""
    colours = re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)", style)
    for theme in (1, 2):
        of = {row[0]: row[theme] for row in colours}
        for ground in (of["page"], of["raised"]):
            for ink in ("ink", "soft", "accent"):
                assert contrast(of[ink], ground) >= 4.5, (ink, theme)
            assert contrast(of["edge"], ground) >= 3
        assert contrast(of["ink"], of["found"]) >= 4.5
    plain = re.sub(r"--\w+: light-dark\([^)]*\)", "", style)
    assert set(re.findall(r"#(?:[0-9a-f]{3}){1,2}\b(?=[; ])", plain)) <= {"#fff"}  # behind figures


def contrast(one: str, other: str) -> float:
    """As WCAG 2 computes it."""
    dark, light = sorted(luminance(one) for one in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in bytes.fromhex(colour[1:]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_same_report_is_the_same_page() -> None:
    """Two renderings differ in no byte."""
    assert render(illustrated(), "html", any_png) == render(illustrated(), "html", lambda _: PNG)
