"""One JSON document: a report that paperlens wrote, or CSL-JSON. Also several, as `jq` writes them.

It is walked value by value, so that each paper is known with its line and no other is held beside
it; where the text stops being JSON, the papers before that place are still taken.
"""

import json
import re
from collections.abc import Generator, Iterator

from paperlens.bibliography.papers import ENVELOPES, holding_in, misread, not_json
from paperlens.bibliography.record import Fault, Record, Reference

_LONGEST_MB = 16
_WINDOWS = (65_536, _LONGEST_MB * 1_000_000)  # a value is looked for in no more of the text
_NEAR_THE_END = 20
_SPACE = re.compile(r"[ \t\n\r]*")
_decoded = json.JSONDecoder().raw_decode
_Walk = Generator[tuple[int, object], None, int]


class _Broken(Exception):
    """The text is no JSON at a place, or none that can be read."""

    def __init__(self, at: int, problem: str) -> None:
        super().__init__(problem)
        self.at, self.problem = at, problem


def documents(data: bytes) -> Iterator[Record]:
    """Each paper with its line; what is no JSON ends the file with a Fault."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        yield Fault(data.count(b"\n", 0, error.start) + 1, "is not text in UTF-8")
        return
    del data
    line, counted = 1, 0
    try:
        for at, value in _papers(text):
            line, counted = line + text.count("\n", counted, at), at
            yield _record(line, value)
    except _Broken as broken:
        problem = f"{broken.problem}, so nothing from here on is read"
        yield Fault(1 + text.count("\n", 0, broken.at), problem)


def _record(line: int, value: object) -> Record:
    try:
        return Reference(line, holding_in(value))
    except (ValueError, RecursionError) as error:
        return Fault(line, misread(error))


def _papers(text: str) -> Iterator[tuple[int, object]]:
    """Papers and where they begin: objects, alone or in a list, and those that an envelope has."""
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
        yield at, value
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
                if end - start > _WINDOWS[-1]:
                    raise _Broken(start, f"is longer than {_LONGEST_MB} MB")
        at = _next(text, end, "}")
    if told is not None:
        yield start, told
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
    """The value that begins here and where it ends; most do so within a small part of the text."""
    for size in _WINDOWS:
        part = text[at : at + size]
        is_cut = at + size < len(text)
        try:
            value, end = _decoded(part)
        except json.JSONDecodeError as error:
            near = error.pos > len(part) - _NEAR_THE_END or error.msg.startswith("Unterminated")
            if not (is_cut and near):
                raise _Broken(at + error.pos, not_json(error)) from None
        except (ValueError, RecursionError) as error:
            raise _Broken(at, misread(error)) from None
        else:
            if end < len(part) or not is_cut:
                return value, at + end
    raise _Broken(at, f"is longer than {_LONGEST_MB} MB")


def _skipped(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
