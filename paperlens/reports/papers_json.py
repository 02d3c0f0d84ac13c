"""Papers as they were read, as JSON: `paperlens.text/1` and `paperlens.figures/1`."""

from collections.abc import Iterable
from typing import Any

from paperlens.document import Opened, section_json
from paperlens.records import figure_json, links_json, notice_json
from paperlens.reports.json import dumped
from paperlens.unseen import writable


def texts(opened: Iterable[Opened]) -> str:
    """One document with the papers section by section."""
    told = [_text(each) for each in opened]
    return dumped({"schema": "paperlens.text/1", "papers": told}, indent=2)


def text_line(opened: Opened) -> str:
    """One paper on a line of its own."""
    return dumped(_text(opened))


def pictures(opened: Iterable[Opened]) -> str:
    """One document with the figures and tables of the papers."""
    told = [_pictures(each) for each in opened]
    return dumped({"schema": "paperlens.figures/1", "papers": told}, indent=2)


def pictures_line(opened: Opened) -> str:
    return dumped(_pictures(opened))


def _text(opened: Opened) -> dict[str, Any]:
    document = opened.document
    return {
        **_of_whom(opened),
        "pages": document and document.pages,
        "sections": [section_json(each) for each in document.sections] if document else [],
        "affiliations": [*map(writable, document.affiliations)] if document else [],
        "keywords": document and document.keywords and [*map(writable, document.keywords)],
        "footnotes": [*map(writable, document.footnotes)] if document else [],
        "links": links_json(opened.links),
        **_floats(opened),
        **_how_it_went(opened),
    }


def _pictures(opened: Opened) -> dict[str, Any]:
    return {**_of_whom(opened), **_floats(opened), **_how_it_went(opened)}


def _of_whom(opened: Opened) -> dict[str, Any]:
    return {
        "id": opened.id,
        "file": writable(opened.file),
        "title": writable(opened.title),
    }


def _floats(opened: Opened) -> dict[str, Any]:
    return {
        "figures": [figure_json(figure) for figure in opened.figures],
        "tables": [figure_json(table) for table in opened.tables],
    }


def _how_it_went(opened: Opened) -> dict[str, Any]:
    notices = opened.document.notices if opened.document else ()
    return {
        "notices": [notice_json(notice) for notice in notices],
        "error": writable(opened.error),
    }
