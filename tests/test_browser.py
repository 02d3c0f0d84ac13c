"""The page of a report in a real browser: what a reader types, clicks and presses."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paperlens.demo import Sample
from paperlens.models import Decision, Entry, Figure, Mark, Report
from paperlens.reports import render
from tests.chromium import Tab, installed, tab
from tests.test_pictures import png
from tests.test_reports_examples import DAY, HOSTILE, NOW, realistic, report_of

PROGRAM = installed()
pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="Chromium is not installed (Debian: apt-get install chromium)"
)
SHOWN = "[...document.querySelectorAll('.paper:not([hidden]) h3')].map(title => title.textContent)"
HERE = "document.activeElement.closest('.paper')?.querySelector('h3').textContent"
COMPLAINTS = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
FIGURE = Figure("1", "What it shows.", 1, (0, 0, 1, 1), "1.png")


@pytest.fixture(scope="module")
def browser() -> Iterator[Tab]:
    assert PROGRAM
    with tab(PROGRAM) as opened:
        yield opened


class Page:
    """A report opened in the browser; at the end nothing may have been asked of anybody."""

    def __init__(self, tab: Tab, report: Report, file: Path) -> None:
        self.tab, self.address = tab, file.as_uri()
        file.write_text(render(report, "html", lambda _: png(32, 20, bytes(32 * 20 * 3))), "utf-8")

    def open(self, asked: str = "") -> None:
        self.tab.open("about:blank")
        self.tab.open(self.address + asked)

    @property
    def shown(self) -> list[str]:
        titles: list[str] = self.tab.run(SHOWN)
        return titles


Opens = Callable[..., Page]


@pytest.fixture
def opened(browser: Tab, tmp_path: Path) -> Iterator[Opens]:
    """Opens reports; a request off the page, or a word in the console, fails the test."""
    browser.events.clear()
    browser.look(1280, 900)

    def of(report: Report, asked: str = "") -> Page:
        page = Page(browser, report, tmp_path / "page.html")
        page.open(asked)
        browser.run("localStorage.clear()")
        return page

    yield of
    told = [event["params"] for event in browser.events]
    requests = [
        each["request"]["url"] for each in told if "request" in each and "requestId" in each
    ]
    assert {url.split(":")[0] for url in requests} <= {"file", "data", "about"}, requests
    assert not [event for event in browser.events if event["method"] in COMPLAINTS]


def five() -> Report:
    """Papers that queries, tags and marks tell apart."""
    paper = realistic().entries[0].paper
    rows = (
        ("Alpha Flows", ("flows",), ("thesis",), Mark.STAR),
        ("Béta Flows", ("flows", "words"), (), Mark.NEW),
        ("Gamma Words", ("words",), ("thesis", "later"), Mark.NEW),
        ("Delta Avatars", ("avatars",), (), Mark.READ),
        ("Epsilon", ("avatars",), ("later",), Mark.NEW),
    )
    entries = tuple(
        Entry(
            replace(paper, id=f"2404.0000{number}", title=title, abstract=f"Of {title}: {number}."),
            queries,
            decision=Decision(mark, tags),
            figures=(FIGURE,),
        )
        for number, (title, queries, tags, mark) in enumerate(rows)
    )
    matched = (("flows", 2), ("words", 2), ("avatars", 2))
    return Report("today", NOW, DAY, entries, shown=4, matched=matched)


def choice(value: str) -> str:
    return f'.choice[data-value="{value}"]'


def numbers(page: Page) -> dict[str, str]:
    told: dict[str, str] = page.tab.run(
        "Object.fromEntries([...document.querySelectorAll('.choice')]"
        ".map(each => [each.dataset.value, each.querySelector('.number').textContent]))"
    )
    return told


def test_typing_finds_papers(opened: Opens) -> None:
    """Each word narrows, accents and case do not matter, and the number is told aloud."""
    page = opened(five())
    page.tab.press("/")
    page.tab.type("FLOWS")
    assert page.shown == ["Alpha Flows", "Béta Flows"]
    assert page.tab.run("count.textContent") == "2 of 5 papers"
    page.tab.type(" beta")
    assert page.shown == ["Béta Flows"]
    page.tab.type("xyz")
    assert page.tab.run("nothing.checkVisibility() && nothing.textContent") == "No paper fits."
    page.tab.press("Escape")
    assert len(page.shown) == 5


def test_filters_combine(opened: Opens) -> None:
    """Any value of a group, all groups; the numbers say what a click would leave."""
    page = opened(five())
    page.tab.click(choice("thesis"))
    assert page.shown == ["Alpha Flows", "Gamma Words"]
    assert {name: numbers(page)[name] for name in ("flows", "words", "avatars", "star")} == {
        "flows": "1", "words": "1", "avatars": "0", "star": "1",
    }  # fmt: skip
    page.tab.click(choice("later"))
    assert page.shown == ["Alpha Flows", "Gamma Words", "Epsilon"]
    page.tab.click(choice("words"))
    assert page.shown == ["Gamma Words"]
    page.tab.click("#clear")
    assert len(page.shown) == 5
    assert page.tab.run("document.activeElement.id") == "search"
    assert page.tab.run("location.hash") == ""
    page.tab.look(360, 780)
    assert not page.tab.run("filters.checkVisibility()")
    page.tab.click("#sieve")
    assert page.tab.run("filters.checkVisibility()")


def test_what_was_asked_is_in_the_address(opened: Opens) -> None:
    """The address brings search and filters back, and what it names of another page is nothing."""
    page = opened(five())
    page.tab.press("/")
    page.tab.type("o")
    page.tab.click(choice("words"))
    page.tab.click(choice("new"))
    address = page.tab.run("location.hash")
    assert address == "#q=o&query=words&mark=new"
    found = page.shown
    page.open(address)
    assert page.shown == found
    assert page.tab.run("search.value") == "o"
    assert page.tab.run("document.querySelectorAll('.choice[aria-pressed=true]').length") == 2
    page.open("#query=nobody%22%3E&tag=later")
    assert page.shown == ["Gamma Words", "Epsilon"]


def test_a_link_within_the_page_leaves_the_search_alone(opened: Opens) -> None:
    """Going to the papers, or to one of them, is not another question."""
    page = opened(five())
    page.tab.press("/")
    page.tab.type("flows")
    page.tab.run("document.querySelector('.skip').click()")
    page.tab.until("location.hash === '#papers'")
    page.tab.run("new Promise((done) => setTimeout(done))")
    assert len(page.shown) == 2
    assert page.tab.run("document.activeElement.id") == "papers"


def test_keys_move_fold_and_open(opened: Opens) -> None:
    """j and k go from paper to paper, Enter unfolds, o opens a new tab, ? helps, Esc leaves."""
    page = opened(five())
    for key, title in (
        ("j", "Alpha Flows"),
        ("j", "Béta Flows"),
        ("k", "Alpha Flows"),
        ("k", "Alpha Flows"),
    ):
        page.tab.press(key)
        assert page.tab.run(HERE) == title
    folded = "[...document.activeElement.querySelectorAll('details')].map(each => each.open)"
    for key in ("Enter", " "):
        before = page.tab.run(folded)
        page.tab.press(key)
        assert page.tab.run(folded) == [not each for each in before]
    page.tab.run("void (window.open = (...asked) => { window.asked = asked; })")
    page.tab.press("o")
    assert page.tab.run("asked") == ["https://arxiv.org/abs/2404.00000v1", "_blank", "noopener"]
    page.tab.press("?")
    assert page.tab.run("keys.open && keys.contains(document.activeElement)")
    page.tab.press("Escape")
    assert not page.tab.run("keys.open")
    page.tab.click(choice("avatars"))
    page.tab.press("j")
    assert page.tab.run(HERE) == "Delta Avatars"
    page.tab.press("j")
    page.tab.press("j")
    assert page.tab.run(HERE) == "Epsilon"


def test_the_theme_is_the_systems_until_it_is_chosen(opened: Opens) -> None:
    """Dark where the system is; the choice is kept when the page is opened again."""
    page = opened(five())
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.tab.run(ground)
    page.tab.click("#theme")
    page.tab.until("theme.getAttribute('aria-pressed') === 'true'")
    dark = page.tab.run(ground)
    assert dark != light
    page.open()
    assert page.tab.run(ground) == dark
    page.tab.click("#theme")
    assert page.tab.run(f"[{ground}, localStorage.length]") == [light, 0]
    page.tab.look(1280, 900, dark=True)
    assert page.tab.run(ground) == dark


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_width_scrolls_sideways(opened: Opens, width: int) -> None:
    """Neither long words nor long lists make the page wider than the window."""
    texts = iter(HOSTILE * 9)
    hostile = report_of(lambda: next(texts) + "W" * 300)
    page = opened(hostile)
    page.tab.look(width, 800)
    page.tab.run("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.tab.run("document.documentElement.scrollWidth") == width
    assert page.tab.run("document.images.length") == 3


def test_the_page_works_without_javascript(opened: Opens) -> None:
    """Everything is there to be read; what cannot work is not shown."""
    page = opened(five())
    page.tab.ask("Emulation.setScriptExecutionDisabled", value=True)
    page.tab.ask("Page.reload")
    page.tab.until("document.readyState === 'complete' && !document.documentElement.className")
    page.tab.ask("Emulation.setScriptExecutionDisabled", value=False)
    assert len(page.shown) == 5
    for name in ("#search", "#theme", "#filters"):
        assert not page.tab.run(f"document.querySelector('{name}').checkVisibility()")


def test_five_hundred_papers_are_found_without_delay(opened: Opens, sample: Sample) -> None:
    """A keystroke in a page of 500 papers takes a part of what a reader would notice."""
    entries = tuple(
        Entry(replace(paper, id=f"2611.{number:05}"), (f"query {number % 7}",))
        for number, paper in zip(range(500), sample.papers * 60, strict=False)
    )
    page = opened(Report("search", NOW, None, entries, shown=0))
    page.tab.until("document.querySelectorAll('.paper').length === 500")
    page.tab.press("/")
    script = """(async () => {
      const taken = [];
      for (const typed of ["d", "di", "dif", "diff", "diffusion", "", "model", "a"]) {
        await new Promise((done) => setTimeout(done, 30));
        const start = performance.now();
        search.value = typed;
        search.dispatchEvent(new Event("input"));
        document.body.offsetHeight;
        taken.push(performance.now() - start);
      }
      return taken.sort((one, other) => one - other);
    })()"""
    taken = page.tab.run(script)
    assert taken[len(taken) // 2] < 200, taken  # 10 ms where nothing else runs


def test_no_text_of_a_paper_runs(opened: Opens) -> None:
    """Scripts in titles, notes and names of queries stay words, in the address too."""
    evil = '"><img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    report = report_of(lambda: evil)
    page = opened(report, f"#q={json.dumps(evil)}")
    page.tab.click(".choice")
    assert page.tab.run("window.hit ?? null") is None
    assert page.tab.run("document.scripts.length") == 2
