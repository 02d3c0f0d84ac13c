"""Words into papers' ids: ids and addresses in any spelling, numbers of the last report, `-`."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from paperlens.errors import UserError
from paperlens.models import ArxivId

if TYPE_CHECKING:
    from paperlens.context import Context


def ids_of(words: Iterable[str], world: "Context") -> tuple[ArxivId, ...]:
    """The papers that the user named, each once, in the order of their naming."""
    named = (_id_of(word, world) for word in _spelled_out(words, world))
    return tuple(dict.fromkeys(named))


def _spelled_out(words: Iterable[str], world: "Context") -> Iterator[str]:
    for word in words:
        if word == "-":
            yield from _lines(world)
        else:
            yield word


def _lines(world: "Context") -> Iterator[str]:
    """Ids one per line, or papers as JSON Lines."""
    for number, line in enumerate(world.stdin, 1):
        text = line.strip()
        if text.startswith("{"):
            yield _id_in(text, number)
        elif text:
            yield text


def _id_in(line: str, number: int) -> str:
    try:
        found = json.loads(line).get("id")
    except ValueError as error:
        raise UserError(f"standard input, line {number}: not JSON: {error}") from None
    if not isinstance(found, str):
        raise UserError(f'standard input, line {number}: this paper has no "id"')
    return found


def _id_of(word: str, world: "Context") -> ArxivId:
    if not (word.isdecimal() and word.isascii()):
        return ArxivId.parse(word)
    last = world.library.last_report()
    papers = last.papers if last else ()
    if not 1 <= int(word) <= len(papers):
        raise UserError(
            f"the last report has no paper {word}: it has {len(papers)}"
            if papers
            else f"there is no report yet in which {word} could be a paper",
            None if papers else "paperlens today makes one",
        )
    return ArxivId.parse(papers[int(word) - 1])
