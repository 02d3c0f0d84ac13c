"""The one spelling of our data in JSON: what the library stores is what `--json` prints.

`…_json` turns a frozen model into plain JSON values, `…_from` reads them back. Reading
validates: what does not fit is a ValueError that names the field. Times are UTC, in whole
seconds; half a surrogate pair, which no UTF-8 stream can carry, is written as U+FFFD.
"""

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from paperlens.models import (
    Checks,
    Cost,
    Decision,
    Figure,
    Links,
    Mark,
    Notice,
    Paper,
    SavedQuery,
    Summary,
    Unverified,
)
from paperlens.unseen import writable

Json = dict[str, Any]
T = TypeVar("T")


def paper_json(paper: Paper) -> Json:
    return {
        "id": writable(paper.id),
        "version": paper.version,
        "title": writable(paper.title),
        "authors": _list(paper.authors),
        "abstract": writable(paper.abstract),
        "categories": _list(paper.categories),
        "published": time_json(paper.published),
        "updated": time_json(paper.updated),
        "announced": day_json(paper.announced),
        "announce_type": writable(paper.announce_type),
        "comment": writable(paper.comment),
        "doi": writable(paper.doi),
        "journal_ref": writable(paper.journal_ref),
        "license": writable(paper.license),
        "url": writable(paper.url),
        "pdf_url": writable(paper.pdf_url),
    }


def paper_from(value: object) -> Paper:
    record = Record(value, "paper")
    if not (id := record.text("id")):
        raise ValueError('paper: "id" is empty')
    paper = Paper(
        id=id,
        title=record.text("title"),
        authors=record.texts("authors"),
        abstract=record.text("abstract"),
        categories=record.texts("categories"),
        version=record.maybe("version", positive),
        published=record.maybe("published", time),
        updated=record.maybe("updated", time),
        announced=record.maybe("announced", day),
        announce_type=record.maybe("announce_type", text),
        comment=record.maybe("comment", text),
        doi=record.maybe("doi", text),
        journal_ref=record.maybe("journal_ref", text),
        license=record.maybe("license", text),
    )
    url = record.maybe("url", text)
    return paper if paper.is_arxivs or url == paper.doi_url else replace(paper, address=url)


def decision_json(decision: Decision) -> Json:
    told = {
        "mark": decision.mark.value,
        "tags": _list(decision.tags),
        "note": writable(decision.note),
    }
    return told | ({"marked": time_json(decision.marked)} if decision.marked else {})


def decision_from(value: object) -> Decision:
    record = Record(value, "decision")
    return Decision(
        mark=record.get("mark", _mark),
        tags=record.maybe("tags", texts) or (),
        note=record.maybe("note", text),
        marked=record.maybe("marked", time),
    )


def links_json(links: Links) -> Json:
    return {"code": _list(links.code), "project": _list(links.project)}


def figure_json(figure: Figure) -> Json:
    return {
        "number": writable(figure.number),
        "caption": writable(figure.caption),
        "page": figure.page,
        "bbox": list(figure.bbox),
        "file": writable(figure.file),
        "width": figure.width,
        "height": figure.height,
        "sha256": figure.sha256,
        "teaser": figure.is_teaser,
    }


def summary_json(summary: Summary) -> Json:
    return {
        "template": writable(summary.template),
        "language": writable(summary.language),
        "model": writable(summary.model),
        "source": writable(summary.source),
        "fields": {
            writable(name): _list(told) if isinstance(told, tuple) else writable(told)
            for name, told in summary.fields.items()
        },
        "checks": None if summary.checks is None else checks_json(summary.checks),
        "cost_usd": summary.cost.usd,
        "tokens_in": summary.cost.tokens_in,
        "tokens_out": summary.cost.tokens_out,
        "created": time_json(summary.created),
    }


def summary_from(value: object) -> Summary:
    record = Record(value, "summary")
    return Summary(
        template=record.text("template"),
        language=record.text("language"),
        model=record.text("model"),
        source=record.text("source"),
        fields=record.get("fields", _fields),
        created=record.get("created", time),
        checks=record.maybe("checks", checks_from),
        cost=Cost(
            usd=record.maybe("cost_usd", number),
            tokens_in=record.get("tokens_in", whole),
            tokens_out=record.get("tokens_out", whole),
        ),
    )


def cost_json(cost: Cost) -> Json:
    return {"usd": cost.usd, "tokens_in": cost.tokens_in, "tokens_out": cost.tokens_out}


def cost_from(value: object) -> Cost:
    record = Record(value, "cost")
    return Cost(
        usd=record.maybe("usd", number),
        tokens_in=record.get("tokens_in", whole),
        tokens_out=record.get("tokens_out", whole),
    )


def checks_json(checks: Checks) -> Json:
    return {
        "grounded": checks.grounded,
        "unverified": [
            {"field": writable(u.field), "text": writable(u.text), "kind": writable(u.kind)}
            for u in checks.unverified
        ],
    }


def checks_from(value: object) -> Checks:
    record = Record(value, "checks")
    return Checks(
        grounded=record.get("grounded", number),
        unverified=record.get("unverified", each(_unverified)),
    )


def saved_query_json(query: SavedQuery) -> Json:
    return {
        "name": writable(query.name),
        "expr": writable(query.expr),
        "weight": query.weight,
        "tags": _list(query.tags),
    }


def saved_query_from(value: object) -> SavedQuery:
    record = Record(value, "query")
    weight = record.maybe("weight", number)
    return SavedQuery(
        name=record.text("name"),
        expr=record.text("expr"),
        weight=1.0 if weight is None else weight,
        tags=record.maybe("tags", texts) or (),
    )


def notice_json(notice: Notice) -> Json:
    return {"code": writable(notice.code), "text": writable(notice.text)}


def notice_from(value: object) -> Notice:
    record = Record(value, "notice")
    return Notice(code=record.text("code"), text=record.text("text"))


def time_json(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"{moment} says no time zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def day_json(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _list(told: tuple[str, ...]) -> list[str]:
    return [writable(one) for one in told]


class Record:
    """A JSON object whose fields are asked for by name and must be what is expected of them."""

    def __init__(self, value: object, what: str) -> None:
        if not isinstance(value, Mapping):
            raise ValueError(f"{what}: expected an object, not {_shown(value)}")
        self._value, self._what = value, what

    def names(self) -> list[str]:
        return list(self._value)

    def given(self, *names: str) -> Json:
        """Those of the fields that are there and say something."""
        return {name: self._value[name] for name in names if self._value.get(name) is not None}

    def get(self, name: str, reading: Callable[[object], T]) -> T:
        if name not in self._value:
            raise ValueError(f'{self._what}: "{name}" is missing')
        try:
            return reading(self._value[name])
        except ValueError as error:
            raise ValueError(f'{self._what}: "{name}": {error}') from None

    def maybe(self, name: str, reading: Callable[[object], T]) -> T | None:
        return None if self._value.get(name) is None else self.get(name, reading)

    def text(self, name: str) -> str:
        return self.get(name, text)

    def texts(self, name: str) -> tuple[str, ...]:
        return self.get(name, texts)


def text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected text, not {_shown(value)}")
    return value


def texts(value: object) -> tuple[str, ...]:
    return each(text)(value)


def whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"expected a whole number, not {_shown(value)}")
    return value


def positive(value: object) -> int:
    if whole(value) < 1:
        raise ValueError("expected a number from 1")
    return whole(value)


def number(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        with suppress(OverflowError):
            if math.isfinite(value):
                return float(value)
    raise ValueError(f"expected a number, not {_shown(value)}")


def time(value: object) -> datetime:
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text(value))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    raise ValueError(f"expected a time like 2026-11-21T08:00:00Z, not {_shown(value)}")


def day(value: object) -> date:
    try:
        return date.fromisoformat(text(value))
    except ValueError:
        raise ValueError(f"expected a day like 2026-11-21, not {_shown(value)}") from None


def each(reading: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    def read(value: object) -> tuple[T, ...]:
        if not isinstance(value, (list, tuple)):
            raise ValueError(f"expected a list, not {_shown(value)}")
        return tuple(reading(one) for one in value)

    return read


def _mark(value: object) -> Mark:
    if value not in list(Mark):
        raise ValueError(f"expected one of {', '.join(Mark)}, not {_shown(value)}")
    return Mark(text(value))


def _fields(value: object) -> dict[str, str | tuple[str, ...] | None]:
    record = Record(value, "fields")
    return {text(name): record.maybe(name, _told) for name in record.names()}


def _told(value: object) -> str | tuple[str, ...]:
    return texts(value) if isinstance(value, (list, tuple)) else text(value)


def _unverified(value: object) -> Unverified:
    record = Record(value, "unverified")
    return Unverified(record.text("field"), record.text("text"), record.text("kind"))


def _shown(value: object) -> str:
    told = repr(value)
    return told if len(told) <= 40 else f"{told[:37]}..."
