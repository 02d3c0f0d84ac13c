"""The words of our own that reports use, in one place, so that another language is another row.

Everything else in a report comes from papers, models and the user.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from paperlens.arxiv_week import MONTHS, WEEKDAYS
from paperlens.reports import labels_zh
from paperlens.reports.text import capital


@dataclass(frozen=True, slots=True)
class Labels:
    """One language's words, looked up by what they are for, and its ways of writing a date."""

    words: Mapping[str, str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    long: str = "{weekday} {date}"
    full: str = "{day} {month} {year}"
    short: str = "{day} {month:.3} {year}"

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    def field(self, name: str) -> str:
        """The heading of a summary's field; a user's own template has names of its own."""
        return self.words.get(f"field.{name}") or name.replace("_", " ").strip().capitalize()

    def lead(self, key: str) -> str:
        """A label before what it names: `Authors:`, `作者：`."""
        return capital(self[key]) + self["colon"].rstrip()

    def count(self, number: int, one: str, many: str) -> str:
        return f"{number:,} {self[one if number == 1 else many]}"

    def day(self, day: date) -> str:
        """Tuesday 9 April 2024: independent of the machine's locale."""
        return self.long.format(weekday=self.weekdays[day.weekday()], date=self.full_date(day))

    def full_date(self, day: date) -> str:
        return self._written(self.full, day)

    def short_date(self, day: date) -> str:
        return self._written(self.short, day)

    def _written(self, pattern: str, day: date) -> str:
        return pattern.format(day=day.day, month=self.months[day.month - 1], year=day.year)


ENGLISH = Labels(
    words={
        "today": "Today",
        "demo": "Sample day",
        "search": "Search",
        "similar": "Similar papers",
        "show": "Papers",
        "summarize": "Summaries",
        "sample": "an invented sample day",
        "announced": "announced",
        "for_you": "for you",
        "paper": "paper",
        "papers": "papers",
        "more": "more",
        "because": "because",
        "query": "query",
        "title": "title",
        "authors": "authors",
        "found_by": "query",
        "score": "score",
        "new": "new",
        "cross": "cross-list",
        "replace": "new version",
        "replace-cross": "new version, cross-list",
        "withdrawn": "withdrawn",
        "star": "starred",
        "later": "later",
        "read": "read",
        "skip": "skipped",
        "code": "code",
        "project": "project",
        "figure": "figure",
        "figures": "figures",
        "table": "table",
        "tables": "tables",
        "page": "page",
        "pages": "pages",
        "teaser": "the one to see first",
        "unverified": "not in the paper",
        "verified": "checked: all supported",
        "supported": "supported by the paper:",
        "doubt.number": "number",
        "doubt.link": "link",
        "doubt.name": "name",
        "doubt.sentence": "sentence",
        "error": "error",
        "nothing_new": "Nothing new for you.",
        "nothing_found": "No papers.",
        "also": "Also for you",
        "also_as": "also",
        "next": "next",
        "note": "note",
        "notes": "Notes",
        "summary": "summary",
        "summaries": "summaries",
        "extractive": "extractive",
        "from_abstract": "from the abstract",
        "from_pdf": "from the full text",
        "via": "via",
        "road.feed": "via arXiv's feed",
        "road.api": "via arXiv's API",
        "road.oai": "via OAI-PMH",
        "road.library": "from the library",
        "tokens": "tokens",
        "cost_unknown": "price not known",
        "abstract": "Abstract",
        "id": "id",
        "address": "page",
        "pdf": "PDF",
        "categories": "categories",
        "announced_on": "announced",
        "published": "submitted",
        "updated": "this version",
        "comment": "comment",
        "doi": "DOI",
        "journal": "journal",
        "license": "licence",
        "queries": "queries",
        "mark": "mark",
        "tags": "tags",
        "my_note": "my note",
        "keywords": "Keywords",
        "related": "Related papers",
        "category": "Papers",
        "export": "Papers",
        "field.takeaways": "Key Takeaways",
        "see_figures": "Figures of the paper",
        "figure_number": "Figure",
        "on_page": "page {page}",
        "colon": ": ",
        "told_by": "These summaries were written by {model} and may be wrong: good for choosing"
        " what to read, not for quoting.",
        "told_extractively": "These summaries are sentences of the papers themselves, out of their"
        " context: good for choosing what to read, not for quoting.",
        "field.tldr": "In one sentence",
        "html.skip": "Skip to the papers",
        "html.search": "Search",
        "html.count": "{shown} of {all} papers",
        "html.filters": "Filters",
        "html.clear": "Clear search and filters",
        "html.none": "No paper fits.",
        "html.more": "More",
        "html.dark": "Dark",
        "html.keys": "Keys",
        "html.key.move": "next paper, previous paper",
        "html.key.search": "search",
        "html.key.open": "open the paper in a new tab",
        "html.key.fold": "show or fold what is folded",
        "html.key.leave": "clear search and filters",
        "html.key.help": "this help",
        "html.close": "Close",
        "html.left_out": "Pictures left out to keep this page light: {count}.",
    },
    months=MONTHS,
    weekdays=WEEKDAYS,
)
CHINESE = Labels(
    labels_zh.WORDS,
    labels_zh.MONTHS,
    labels_zh.WEEKDAYS,
    labels_zh.LONG,
    labels_zh.FULL,
    labels_zh.SHORT,
)


def labels(language: str = "en") -> Labels:
    """The words of a language, spelled `zh`, `zh-CN` or `zh_TW.UTF-8`; else the English ones."""
    code = re.split(r"[-_.@]", language.strip().lower(), maxsplit=1)[0]
    return _LANGUAGES.get(code, ENGLISH)


_LANGUAGES = {"en": ENGLISH, "zh": CHINESE}
