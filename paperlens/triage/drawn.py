"""What triage shows, as lines of text: the head, the list, the card, the foot. Pure.

The first page is drawn of these before there is an application, and every later one by it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.style import Style
from rich.text import Text

from paperlens.models import Entry, Known, Mark, Report
from paperlens.reports import outline
from paperlens.reports.card import checks, error, signs, summary, traces
from paperlens.reports.ink import (
    CARE,
    DOT,
    FAINT,
    OURS,
    PLAIN,
    STRONG,
    Page,
    apart,
    block,
    dots,
    flow,
    inked,
    joined,
    labelled,
    margin,
)
from paperlens.reports.labels import Labels
from paperlens.reports.layout import fit, names
from paperlens.reports.marks import SIGNS
from paperlens.reports.text import readable
from paperlens.triage.deck import Deck
from paperlens.triage.keys import KEYS, Key
from paperlens.unseen import one_line

WIDEST = 100
_BESIDE_FROM = 76
_REPORT = Report("triage", datetime(1991, 8, 14, tzinfo=UTC))  # no batch: each card has its date


@dataclass(frozen=True, slots=True)
class Places:
    """How the screen between head and foot is shared: side by side, or one above the other."""

    beside: bool
    list_size: tuple[int, int]
    card_size: tuple[int, int]

    @classmethod
    def on(cls, width: int, height: int) -> "Places":
        body = max(height - 2, 2)
        if width >= _BESIDE_FROM:
            listed = min(max(round(width * 0.36), 28), 64)
            return cls(True, (listed, body), (width - listed - 1, body))
        listed = min(max(body // 3, 1), 12)
        return cls(False, (width, listed), (width, max(body - listed - 1, 0)))


def head(deck: Deck, asked: Sequence[str], width: int) -> Text:
    """Where the reader is, and how much is left."""
    name = inked(" paperlens  ", OURS).append("Triage", STRONG)
    queries = (
        inked(fit(", ".join(map(one_line, asked)), max(width // 4, 8)), FAINT) if asked else None
    )
    shown = len(deck.shown)
    place = deck.place + 1 if shown else 0
    told = [
        *([queries] if queries else []),
        *([inked(f"“{fit(one_line(deck.sought), 20)}”", CARE)] if deck.sought else []),
        inked(f"{place:,} of {shown:,}"),
        inked(f"{deck.left:,} left ", STRONG if deck.left else FAINT),
    ]
    for start in range(len(told)):
        if line := apart(name, joined(told[start:]), width):
            return line
    return told[-1]


def row(known: Known, width: int, is_current: bool) -> Text:
    """A paper of the list in one line: its mark and its title."""
    sign, colour = SIGNS[known.decision.mark]
    is_decided = known.decision.mark is not Mark.NEW
    line = inked("▌" if is_current else " ", OURS)
    line.append(f"{sign} ", Style.parse(colour))
    style = STRONG if is_current else FAINT if is_decided else PLAIN
    return line.append(fit(readable(known.paper.title), width - line.cell_len), style)


def card(entry: Entry, width: int, words: Labels, under_way: str = "") -> list[Text]:
    """A paper as it lies before the reader; `under_way` says what is being done about it."""
    page = Page(min(width, WIDEST), width, True, words, checks=True)
    return list(_card(entry, page, under_way))


def _card(entry: Entry, page: Page, under_way: str) -> Iterator[Text]:
    paper = entry.paper
    title = readable(paper.title) or one_line(paper.id)
    yield from block(title, page.width, margin(0), page.linked(STRONG, paper.url), most=6)
    people = [one_line(name) for name in paper.authors]
    yield from block(names(people, 2 * page.width - 8), page.width, margin(0), most=3)
    if entry.affiliation:
        yield from block(one_line(entry.affiliation), page.width, margin(0), FAINT, most=2)
    facts = [inked(fact, FAINT) for fact in outline.facts(entry, _REPORT, page.words)]
    yield from flow([*facts, *signs(entry, page)], page.width, margin(0))
    yield from _why(entry, page)
    yield from _mine(entry, page)
    if under_way:
        yield from block(under_way, page.width, margin(0), CARE)
    if told := list(summary(entry, 0, page)):
        yield Text()
        yield from told
    yield from flow(traces(entry, page, page.width), page.width, margin(0))
    if outline.doubts(entry):
        yield from checks(entry, 0, page)
    yield from error(entry, 0, page)
    if abstract := readable(paper.abstract):
        yield Text()
        if told:
            yield inked(page.words["abstract"], FAINT)
        yield from block(abstract, page.width, margin(0))
    if comment := readable(paper.comment or ""):
        yield Text()
        yield from block(comment, page.width, labelled(page.words["comment"], ""), FAINT, most=3)


def _why(entry: Entry, page: Page) -> Iterator[Text]:
    """In one line, for it is read three hundred times a day."""
    line = Text()
    if entry.score is not None:
        line.append_text(dots(entry.score)).append(" ")
    if reasons := outline.reasons(entry, page.words):
        line.append(page.words["because"] + " ", FAINT)
        line.append(fit(DOT.join(reasons), page.width - line.cell_len), FAINT)
    if line:
        yield line


def _mine(entry: Entry, page: Page) -> Iterator[Text]:
    """What the reader wrote to it."""
    decision = entry.decision
    if tags := [inked(one_line(tag), OURS) for tag in decision.tags]:
        yield from flow(tags, page.width, labelled(page.words["tags"], ""))
    if note := one_line(decision.note):
        yield from block(note, page.width, labelled(page.words["note"], ""))


def foot(width: int) -> tuple[Text, list[tuple[int, int, str]]]:
    """The keys, as many as fit, and from where to where each action can be clicked.

    Help and the way out are always among them.
    """
    labelled_keys = [key for key in KEYS if key.label]
    *first, help_key, leave = labelled_keys
    last = [help_key, leave]
    while first and _cells([*first, *last]) > width:
        first.pop()
    line, places = margin(1), []
    for key in (*first, *last):
        start = line.cell_len
        line.append(key.shown, OURS).append(f" {key.label}", FAINT)
        places.append((start, line.cell_len, key.action))
        line.append("  ")
    line.right_crop(2)
    return line, places


def _cells(keys: Sequence[Key]) -> int:
    return sum(len(key.shown) + len(key.label) + 3 for key in keys)


def label(text: str) -> Text:
    """Before what is typed at the foot."""
    return margin(1).append(text, OURS)


def nothing(deck: Deck) -> Text:
    """In place of a card."""
    return inked("No paper has these words." if deck.sought else "Nothing is left.", STRONG)


def bare(known: Known) -> Entry:
    """What can be told of a paper without looking further."""
    return Entry(known.paper, known.queries, decision=known.decision)


def first_page(
    deck: Deck, asked: Sequence[str], words: Labels, width: int, height: int
) -> Iterator[Text]:
    """The whole screen, line by line."""
    places = Places.on(width, height)
    rows = [
        row(known, places.list_size[0] - 1, known.paper.id == deck.current)
        for known in window(deck, places.list_size[1])
    ]
    told = card(bare(deck.known), places.card_size[0] - 3, words) if deck.known else []
    yield head(deck, asked, width)
    if places.beside:
        for number in range(places.list_size[1]):
            line = rows[number].copy() if number < len(rows) else Text()
            line.append(" " * (places.list_size[0] - line.cell_len)).append("│", FAINT).append(" ")
            yield line.append_text(told[number]) if number < len(told) else line
    else:
        yield from rows
        yield from [Text()] * (places.list_size[1] - len(rows))
        yield inked("─" * width, FAINT)
        shown = [margin(1).append_text(line) for line in told[: places.card_size[1]]]
        yield from shown
        yield from [Text()] * (places.card_size[1] - len(shown))
    yield foot(width)[0]


def window(deck: Deck, height: int) -> Sequence[Known]:
    """The part of the list that is seen when it opens: the current paper with some before it."""
    start = top_of(deck, height)
    return deck.shown[start : start + height]


def top_of(deck: Deck, height: int) -> int:
    return max(0, min(deck.place - height // 3, len(deck.shown) - height))
