"""The questions a reader asks each morning, in the order in which they were added."""

import re
from collections.abc import Iterable

from paperlens.errors import UserError, nearest
from paperlens.library.shelves import Kind, Page, Shelves
from paperlens.models import SavedQuery
from paperlens.records import saved_query_from, saved_query_json

QUERIES = Kind("", saved_query_json, saved_query_from)
_FILE = "queries"
_NAME = re.compile(r"(?!-)(?!\d+\Z)[\w.-]{1,40}")


def saved(shelves: Shelves) -> tuple[SavedQuery, ...]:
    return tuple(shelves.shelf(QUERIES, _FILE).everything().values())


def named(shelves: Shelves, name: str) -> SavedQuery:
    shelf = shelves.shelf(QUERIES, _FILE)
    _refuse_unknown(name, shelf.keys())
    return shelf.some([name])[name]


def add(shelves: Shelves, query: SavedQuery) -> None:
    _refuse_bad_name(query.name)
    with shelves.shelf(QUERIES, _FILE).changing() as page:
        _refuse_taken(query.name, page)
        page[query.name] = query


def replace(shelves: Shelves, name: str, query: SavedQuery) -> None:
    """Under its old name or another, in the same place."""
    _refuse_bad_name(query.name)
    with shelves.shelf(QUERIES, _FILE).changing() as page:
        _refuse_unknown(name, page)
        if query.name == name:
            page[name] = query
            return
        _refuse_taken(query.name, page)
        former = list(page.values())
        page.clear()
        for one in former:
            kept = query if one.name == name else one
            page[kept.name] = kept


def remove(shelves: Shelves, name: str) -> None:
    with shelves.shelf(QUERIES, _FILE).changing() as page:
        _refuse_unknown(name, page)
        del page[name]


def _refuse_bad_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UserError(
            f'"{name}" cannot name a query: 1 to 40 letters, digits, "-", "_" or "." are needed, '
            'not only digits, no "-" in front'
        )


def _refuse_taken(name: str, page: Page[SavedQuery]) -> None:
    if name in page:
        raise UserError(f'there is a query "{name}" already', f"paperlens query edit {name} EXPR")


def _refuse_unknown(name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        raise UserError(
            f'there is no query "{name}"',
            nearest(name, names) or "paperlens query list shows them all",
        )
