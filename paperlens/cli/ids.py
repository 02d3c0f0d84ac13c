"""Words into papers' ids: ids and addresses in any spelling, numbers of the last report, `-`."""

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from paperlens.errors import UnknownId, UserError
from paperlens.ids import PaperId, paper_id
from paperlens.unseen import one_line

if TYPE_CHECKING:
    from paperlens.context import Context

_LONGEST = 1000
_NUMBER = re.compile(r"[0-9]{1,6}")


def ids_of(words: Iterable[str], world: "Context") -> tuple[PaperId, ...]:
    """The papers that the user named, each once, in the order of their naming."""
    named = (_id_of(word, world) for word in _spelled_out(words, world))
    return tuple(dict.fromkeys(named))


def sources_of(words: Iterable[str], world: "Context") -> tuple[PaperId | Path, ...]:
    """The papers and files that the user named: what exists as a file is one."""
    named = (source_of(word, world) for word in _spelled_out(words, world))
    return tuple(dict.fromkeys(named))


def source_of(word: str, world: "Context") -> PaperId | Path:
    """The paper or file that one word names; `-` is none."""
    file = Path(word)
    if _NUMBER.fullmatch(word) or not _could_be_a_file(word):
        return _id_of(word, world)
    if os.path.lexists(file):
        return file
    if "://" in word:
        return _paper_at(word)
    try:
        return paper_id(word)
    except UnknownId:
        if file.suffix.lower() == ".pdf" or "/" in word:
            return file
        raise


def _paper_at(address: str) -> PaperId:
    try:
        return paper_id(address)
    except UnknownId:
        raise UserError(
            f"{one_line(address)} is no address of a paper on arXiv",
            "download the PDF and name the file",
        ) from None


def lines_of(world: "Context") -> Iterator[tuple[int, str]]:
    """The lines of standard input that say something, with their numbers; none is a mistake."""
    told = False
    try:
        for number, line in enumerate(world.stdin, 1):
            if text := line.strip().removeprefix("\ufeff"):
                told = True
                yield number, text
    except UnicodeDecodeError:
        raise UserError("standard input is not text in UTF-8") from None
    if not told:
        raise UserError("standard input names no paper")


def _could_be_a_file(word: str) -> bool:
    return len(word) <= _LONGEST and "\0" not in word


def _spelled_out(words: Iterable[str], world: "Context") -> Iterator[str]:
    """`-` is what standard input says: ids one per line, or papers as JSON Lines."""
    for word in words:
        if word != "-":
            yield word
            continue
        for number, line in lines_of(world):
            yield _id_in(line, number) if line.startswith("{") else line


def _id_in(line: str, number: int) -> str:
    try:
        paper = json.loads(line)
        found = paper.get("id") or paper.get("file")  # a PDF that bears no id is told by its file
    except (ValueError, RecursionError) as error:
        raise UserError(f"standard input, line {number}: not JSON: {error}") from None
    if not isinstance(found, str):
        raise UserError(
            f'standard input, line {number}: this paper has no "id"',
            "paperlens summarize takes papers by title and abstract",
        )
    return found


def _id_of(word: str, world: "Context") -> PaperId:
    if len(word) > _LONGEST:
        raise UnknownId(f"{word[:40]}…")
    if not _NUMBER.fullmatch(word):
        return paper_id(word)
    last = world.library.last_report()
    if last is None:
        raise UserError(
            f"there is no report yet in which {word} could be a paper", "paperlens today makes one"
        )
    if not 1 <= int(word) <= len(last.papers):
        raise UserError(f"the last report has no paper {word}: it has {len(last.papers)}")
    return paper_id(last.papers[int(word) - 1])
