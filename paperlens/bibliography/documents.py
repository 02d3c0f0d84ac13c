"""One JSON document: a report that paperlens wrote, or CSL-JSON. Also several, as `jq` writes them.

It is walked value by value, so that each paper is known with its line and no other is held beside
it; where the text stops being JSON, the papers before that place are still taken.
"""

import json
import re
from collections.abc import Generator, Iterator

from paperlens.bibliography.papers import ENVELOPES, misread, not_json, reference_in
from paperlens.bibliography.record import (
    Fault,
    Outcome,
    Unreadable,
    decoded,
    refuse_longer,
)

LARGEST_MB = 64  # what Python makes of hostile JSON is many times as large
_LONGEST_MB = 16
_SPACE = re.compile(r"[ \t\n\r]*")
_value_and_end = json.JSONDecoder().raw_decode
_Walk = Generator[tuple[int, int, object], None, int]


class _Broken(Exception):
    """The text is no JSON at a place, or none that can be read."""

    def __init__(self, at: int, problem: str) -> None:
        super().__init__(problem)
        self.at, self.problem = at, problem


def documents(data: bytes) -> Iterator[Outcome]:
    """Each paper with its line; what is no JSON ends the file with a Fault."""
    try:
        text = decoded(data, LARGEST_MB)
    except Unreadable as error:
        yield Fault(1 + error.line, str(error))
        return
    del data
    line, counted = 1, 0
    try:
        for start, end, value in _papers(text):
            line, counted = line + text.count("\n", counted, start), start
            yield _record(line, end - start, value)
    except _Broken as broken:
        problem = f"{broken.problem}, so nothing from here on is read"
        yield Fault(1 + text.count("\n", 0, broken.at), problem)


def _record(line: int, size: int, value: object) -> Outcome:
    try:
        refuse_longer(size, _LONGEST_MB)
        return reference_in(line, value)
    except (ValueError, RecursionError) as error:
        return Fault(line, misread(error))


def _papers(text: str) -> Iterator[tuple[int, int, object]]:
    """Papers behind their beginnings and ends: objects, alone or in a list or an envelope."""
    at = _skipped(text, 0)
    while at < len(text):
        if text[at] == "[":
            at = yield from _list(text, at)
        elif text[at] == "{":
            at = yield from _object(text, at)
        else:
            raise _Broken(at, "is not JSON: expecting a list or an object")
        at = _skipped(text, at)


def _list(text: str, at: int) -> _Walk:
    at = _skipped(text, at + 1)
    while text[at : at + 1] != "]":
        value, end = _value(text, at)
        yield at, end, value
        at = _next(text, end, "]")
    return at + 1


def _object(text: str, start: int) -> _Walk:
    told: dict[str, object] | None = {}
    at = _skipped(text, start + 1)
    while text[at : at + 1] != "}":
        name, at = _name(text, at)
        if name in ENVELOPES and text[at : at + 1] == "[":
            told = None
            end = yield from _list(text, at)
        else:
            value, end = _value(text, at)
            if told is not None:
                told[name] = value
        at = _next(text, end, "}")
    if told is not None:
        yield start, at + 1, told
    return at + 1


def _name(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] != '"':
        raise _Broken(at, "is not JSON: expecting a name in double quotes")
    name, end = _value(text, at)
    at = _skipped(text, end)
    if text[at : at + 1] != ":":
        raise _Broken(at, "is not JSON: expecting a colon")
    return str(name), _skipped(text, at + 1)


def _next(text: str, end: int, closing: str) -> int:
    at = _skipped(text, end)
    if text[at : at + 1] == ",":
        return _skipped(text, at + 1)
    if text[at : at + 1] != closing:
        raise _Broken(at, f"is not JSON: expecting a comma or {closing}")
    return at


def _value(text: str, at: int) -> tuple[object, int]:
    """The value that begins here, and where it ends."""
    try:
        return _value_and_end(text, at)
    except json.JSONDecodeError as error:
        raise _Broken(error.pos, not_json(error)) from None
    except (ValueError, RecursionError) as error:
        raise _Broken(at, misread(error)) from None


def _skipped(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
