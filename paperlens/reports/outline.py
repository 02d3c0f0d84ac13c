"""What a report says beyond the papers' own words, and in which order: pure, for every text view.

Phrases come out clean, ready to be set; a view decides only how they look.
"""

from collections.abc import Sequence

from paperlens.models import Entry, Figure, Notice, Report, Summary
from paperlens.reports.labels import Labels
from paperlens.reports.layout import fit
from paperlens.reports.text import readable
from paperlens.unseen import one_line

_WHOLE = {"show", "summarize"}
_DAILY = {"today", "demo"}
_LONGEST_NAME = 40
_DOUBT = 60
_LONGEST_TERM = 40
UNHEADED = frozenset({"tldr", "takeaways"})  # fields that need no heading: they come first


def in_full(report: Report) -> tuple[Entry, ...]:
    """The entries that stand in full; those asked for by name all do."""
    return report.entries if report.command in _WHOLE else report.entries[: report.shown]


def listed(report: Report) -> tuple[Entry, ...]:
    """The entries after them, one line each."""
    return report.entries[len(in_full(report)) :]


def heading(report: Report, words: Labels) -> str:
    """The day where there is one, or else what was asked."""
    if report.batch is not None and report.command in _DAILY:
        return words.day(report.batch)
    return asked(report, words)


def asked(report: Report, words: Labels) -> str:
    """What kind of report it is."""
    return words.words.get(report.command) or one_line(report.command).capitalize()


def counts(report: Report, words: Labels) -> list[str]:
    """312 announced · 14 for you."""
    found = len(report.entries)
    if report.command not in _DAILY:
        return [words.count(found, "paper", "papers")] if found else []
    seen = [f"{report.seen:,} {words['announced']}"] if report.seen else []
    return [*seen, f"{found:,} {words['for_you']}"] if found else seen


def by_query(report: Report) -> list[str]:
    """diffusion 11 · avatars 5."""
    if not report.entries:
        return []
    return [f"{_short(one_line(name))} {number:,}" for name, number in report.matched]


def _short(name: str) -> str:
    """A saved query's name is short; what stands for an expression's need not be."""
    return fit(name, _LONGEST_NAME)


def facts(entry: Entry, report: Report, words: Labels) -> list[str]:
    """Where and when, beside the authors: categories, id, kind of news, date."""
    paper = entry.paper
    told = [one_line(category) for category in paper.categories[:3]]
    if len(paper.categories) > 3:
        told[-1] += f" +{len(paper.categories) - 3}"
    return [
        *([", ".join(told)] if told else []),
        identity(entry),
        *kind(entry, words),
        *other_day(entry, report, words),
        *others(entry, words),
    ]


def identity(entry: Entry) -> str:
    """The id, with the version where it tells something."""
    paper = entry.paper
    return one_line(paper.versioned if (paper.version or 1) > 1 else paper.id)


def others(entry: Entry, words: Labels) -> list[str]:
    """The same work's other ids."""
    ids = ", ".join(map(one_line, entry.also))
    return [f"{words['also_as']} {ids}"] if ids else []


def kind(entry: Entry, words: Labels) -> list[str]:
    told = one_line(entry.paper.announce_type)
    return [words.words.get(told, told)] if told else []


def other_day(entry: Entry, report: Report, words: Labels) -> list[str]:
    """The paper's date, where the heading does not say it already."""
    day = entry.paper.day
    return [words.short_date(day)] if day is not None and day != report.batch else []


def reasons(entry: Entry, words: Labels) -> list[str]:
    """Why the paper is here; at the least, who asked for it."""
    if entry.why:
        return [readable(reason) for reason in entry.why]
    return [f"{words['query']} {_short(one_line(name))}" for name in entry.queries]


def points(told: str | tuple[str, ...] | None) -> list[str]:
    """A summary's field as the sentences or points that there are."""
    several = (told,) if isinstance(told, str) else told or ()
    return [point for point in map(readable, several) if point]


def are_terms(points: Sequence[str]) -> bool:
    """Whether several points are keywords or tags, no sentences: then a line holds many."""
    return len(points) > 1 and all(
        len(point) <= _LONGEST_TERM and point[-1] not in ".!?:;。！？：；" for point in points
    )


def is_sectioned(entry: Entry) -> bool:
    """Whether the summary has more than the sentence and its points."""
    fields = entry.summary.fields if entry.summary else {}
    return any(points(told) for name, told in fields.items() if name not in UNHEADED)


def tags(entry: Entry) -> list[str]:
    return [f"#{one_line(tag)}" for tag in entry.decision.tags]


def doubts(entry: Entry) -> list[str]:
    """What the summary says and the paper does not."""
    checks = entry.summary.checks if entry.summary else None
    return (
        [f"“{fit(readable(found.text), _DOUBT)}”" for found in checks.unverified] if checks else []
    )


def doubts_in_full(entry: Entry, words: Labels) -> list[tuple[str, str, str]]:
    """The field, the kind and the words of each."""
    checks = entry.summary.checks if entry.summary else None
    return [
        (one_line(found.field), _kind_of_doubt(found.kind, words), f"“{readable(found.text)}”")
        for found in (checks.unverified if checks else ())
    ]


def _kind_of_doubt(kind: str, words: Labels) -> str:
    told = one_line(kind)
    return words.words.get(f"doubt.{told}", told)


def checked(entry: Entry, words: Labels) -> str:
    """How much of the summary the paper supports: `supported 93 %`."""
    checks = entry.summary.checks if entry.summary else None
    return f"{words['supported']} {checks.grounded:.0%}" if checks else ""


def vouched(entry: Entry, words: Labels) -> str | None:
    """That a model's summary was checked and held; an extract needs no such word."""
    summary = entry.summary
    if summary is None or summary.checks is None or summary.checks.unverified:
        return None
    return None if summary.model == "extractive" else words["verified"]


def figures(entry: Entry, words: Labels) -> str | None:
    return words.count(len(entry.figures), "figure", "figures") if entry.figures else None


def teaser(entry: Entry) -> Figure | None:
    """The figure to show first."""
    return next((each for each in entry.figures if each.is_teaser), next(iter(entry.figures), None))


def caption(figure: Figure, words: Labels) -> str:
    where = words["on_page"].format(page=figure.page)
    return f"{one_line(figure.number)} ({where}) {readable(figure.caption)}".rstrip()


def notices(report: Report) -> list[str]:
    return [told for told in (one_line(notice.text) for notice in _once(report.notices)) if told]


def _once(told: tuple[Notice, ...]) -> list[Notice]:
    return list(dict.fromkeys(told))


def origin(summary: Summary, words: Labels) -> str:
    """Who wrote a summary, and from what."""
    model = words["extractive"] if summary.model == "extractive" else one_line(summary.model)
    source = words.words.get(f"from_{summary.source}") or one_line(summary.source)
    return f"{model} {source}"


def next_steps(report: Report) -> list[str]:
    """Commands that lead on from here."""
    doubted = (number for number, one in enumerate(in_full(report), 1) if doubts(one))
    doubtful = None if report.checks else next(doubted, None)
    if report.command == "demo":
        return ["paperlens query add NAME EXPR", "paperlens today"]
    checking = [f"paperlens show {doubtful} --checks"] if doubtful else []
    file = f"{report.command}.md"
    return [
        "paperlens show 1",
        *checking,
        "paperlens mark 1 --star",
        f"paperlens export --to markdown -o {file}",
    ]


def colophon(report: Report, words: Labels) -> list[str]:
    """How the report came about: who summarised, from what, by which road, at what price."""
    told = [entry.summary for entry in report.entries if entry.summary]
    models = dict.fromkeys(origin(summary, words) for summary in told)
    made = [f"{words['summaries']}: {', '.join(list(models)[:3])}"] if models else []
    return [*made, *road(report, words), *price(report, words)]


def road(report: Report, words: Labels) -> list[str]:
    """How the papers came here."""
    if not report.road:
        return []
    roads = one_line(report.road).split("+")
    return [" + ".join(words.words.get(f"road.{one}") or f"{words['via']} {one}" for one in roads)]


def price(report: Report, words: Labels) -> list[str]:
    cost = report.cost
    tokens = cost.tokens_in + cost.tokens_out
    if not cost.usd and not tokens:
        return []
    told = words["cost_unknown"] if cost.usd is None else _dollars(cost.usd)
    return [f"{told}, {tokens:,} {words['tokens']}"] if tokens else [told]


def _dollars(usd: float) -> str:
    return "<$0.01" if 0 < usd < 0.005 else f"${usd:.2f}"
