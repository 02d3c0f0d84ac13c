"""The questions a reader asks each morning, in the order in which they were added."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from paperlens.errors import UserError, nearest
from paperlens.library.shelves import Kind, Page, Shelves
from paperlens.models import SavedQuery
from paperlens.records import Json, Record, saved_query_from, saved_query_json, whole


class _Placed(NamedTuple):
    """A query, and where it stands among the others; a file is in order of names."""

    place: int
    query: SavedQuery


def _placed_json(placed: _Placed) -> Json:
    return saved_query_json(placed.query) | {"place": placed.place}


def _placed_from(document: Json) -> _Placed:
    place = Record(document, "query").maybe("place", whole)  # before schema 2 as they stand
    return _Placed(place or 0, saved_query_from(document))


QUERIES = Kind("", _placed_json, _placed_from)
_FILE = "queries"
_NAME = re.compile(r"(?!-)(?!\d+\Z)[\w.-]{1,40}")


def saved(shelves: Shelves) -> tuple[SavedQuery, ...]:
    return _in_order(shelves.shelf(QUERIES, _FILE).everything())


def named(shelves: Shelves, name: str) -> SavedQuery:
    queries = {query.name: query for query in saved(shelves)}
    _refuse_unknown(name, queries)
    return queries[name]


def add(shelves: Shelves, query: SavedQuery) -> None:
    _refuse_bad_name(query.name)
    with shelves.shelf(QUERIES, _FILE).changing() as page:
        _refuse_taken(query.name, page)
        _arrange(page, (*_in_order(page), query))


def replace(shelves: Shelves, name: str, query: SavedQuery) -> None:
    """Under its old name or another, in the same place."""
    _refuse_bad_name(query.name)
    with shelves.shelf(QUERIES, _FILE).changing() as page:
        _refuse_unknown(name, page)
        if query.name != name:
            _refuse_taken(query.name, page)
        _arrange(page, (query if one.name == name else one for one in _in_order(page)))


def remove(shelves: Shelves, name: str) -> None:
    with shelves.shelf(QUERIES, _FILE).changing() as page:
        _refuse_unknown(name, page)
        _arrange(page, (one for one in _in_order(page) if one.name != name))


def _in_order(queries: Mapping[str, _Placed]) -> tuple[SavedQuery, ...]:
    placed = sorted(queries.values(), key=lambda each: each.place)
    return tuple(each.query for each in placed)


def _arrange(page: Page[_Placed], queries: Iterable[SavedQuery]) -> None:
    """Make these the queries, in this order."""
    arranged = {one.name: _Placed(place, one) for place, one in enumerate(queries)}
    for name in page.keys() - arranged.keys():
        del page[name]
    page.update(arranged)


def _refuse_bad_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UserError(
            f'"{name}" cannot name a query: 1 to 40 letters, digits, "-", "_" or "." are needed, '
            'not only digits, no "-" in front'
        )


def _refuse_taken(name: str, page: Page[_Placed]) -> None:
    if name in page:
        raise UserError(f'there is a query "{name}" already', f"paperlens query edit {name} EXPR")


def _refuse_unknown(name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        raise UserError(
            f'there is no query "{name}"',
            nearest(name, names) or "paperlens query list shows them all",
        )
