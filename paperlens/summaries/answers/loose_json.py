"""JSON as models write it: objects found in whatever surrounds them, and read with patience.

Forgiven are comments, trailing and missing commas, foreign quotes, quotes within texts, bare keys,
NaN, TeX's backslashes, and an end that never came: then what is whole is given. Linear in the text.
"""

import json
import re
from collections.abc import Iterator
from typing import TypeVar

_Held = TypeVar("_Held", dict[str, object], list[object])

_MOST_STARTS = 50
_DEEPEST = 20
_CLOSING = {'"': '"', "'": "'", "“": "”", "”": "”", "„": "”“", "«": "»", "`": "`'", "‘": "’"}
_SPACE = re.compile(r"(?:\s|//[^\n]{0,200}\n|/\*(?:[^*]|\*(?!/)){0,200}\*/)*+")
_BARE_KEY = re.compile(r"[A-Za-z_][\w-]{0,60}(?=\s{0,20}:)")
_LITERAL = re.compile(r"-?[\w.+-]{1,40}+(?=[\s,\]}]|$)")
_FOLLOWS_COMMA = re.compile(
    r"[\s,]*+(?:[\"'“„«`‘\[{\]}]|-?\d|(?:null|true|false|None|NaN)\b|/[/*]|$)"
)
_NOTHING = frozenset(("null", "none", "nan", "undefined", "infinity", "-infinity"))
_ESCAPED = {"n": "\n", "t": "\t", "r": "\n", "b": " ", "f": " ", "/": "/", "\\": "\\"}
_TEX = re.compile(
    r"(?<!\\)\\(?=(?:bar|begin|beta|big|binom|bm|boldsymbol|bot|bullet|fbox|forall|frac|nabla|ne|"
    r"neg|neq|ni|not|nu|rangle|rho|right|rightarrow|rm|tau|text|textbf|textit|texttt|tfrac|theta|"
    r"tilde|times|to|top|triangle)(?![a-z]))"
)


def objects(text: str) -> Iterator[dict[str, object]]:
    """Every object in the text, the outer ones before those that they hold."""
    text = _TEX.sub(r"\\\\", text)
    decoder = json.JSONDecoder(strict=False)
    at = text.find("{")
    for _ in range(_MOST_STARTS):
        if at == -1:
            return
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            reader = _Reader(text, at)
            found, end = reader.value(0), reader.at
        yield from _within(found, 0)
        at = text.find("{", max(end, at + 1))


def _within(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _within(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _within(each, depth + 1)


class _Cut(Exception):
    """Nothing that can be read stands here, or the text ends within a value."""


class _Reader:
    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at

    def value(self, depth: int) -> object:
        """Raises `_Cut` for all but objects and lists, which give what of them is whole."""
        char = self._next()
        if char == "{" and depth < _DEEPEST:
            return self._object(depth)
        if char == "[" and depth < _DEEPEST:
            return self._list(depth)
        return self._string() if char in _CLOSING else self._literal()

    def _object(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        self.at += 1
        while True:
            while self._next() == ",":
                self.at += 1
            try:
                key = self._key()
                if self._next() not in {":", "="}:
                    return found
                self.at += 1
                found[key] = self.value(depth + 1)
            except _Cut:
                return self._closed(found, "}")

    def _list(self, depth: int) -> list[object]:
        found: list[object] = []
        self.at += 1
        while True:
            while self._next() == ",":
                self.at += 1
            try:
                found.append(self.value(depth + 1))
            except _Cut:
                return self._closed(found, "]")

    def _closed(self, found: _Held, end: str) -> _Held:
        if self._next() == end:
            self.at += 1
        return found

    def _key(self) -> str:
        if self._next() in _CLOSING:
            return self._string()
        bare = _BARE_KEY.match(self.text, self.at)
        if bare is None:
            raise _Cut
        self.at = bare.end()
        return bare[0]

    def _literal(self) -> object:
        literal = _LITERAL.match(self.text, self.at)
        if literal is None:
            raise _Cut
        self.at = literal.end()
        word = literal[0].lower()
        if word in _NOTHING:
            return None
        if word in {"true", "false"}:
            return word == "true"
        try:
            return float(word) if {"e", "."} & set(word) else int(word)
        except ValueError:
            raise _Cut from None

    def _string(self) -> str:
        ends = _CLOSING[self.text[self.at]]
        marks = re.compile(rf"[{ends}\\]")
        last = max(self.text.rfind(end) for end in ends)
        parts, begin = [], self.at + 1
        at = begin
        while mark := marks.search(self.text, at):
            at = mark.end()
            if mark[0] == "\\":
                parts.append(self.text[begin : mark.start()])
                letter, at = self._escaped(at)
                parts.append(letter)
                begin = at
            elif self._ends_at(at, at > last):
                self.at = at
                return "".join((*parts, self.text[begin : mark.start()]))
        self.at = len(self.text)
        raise _Cut

    def _escaped(self, at: int) -> tuple[str, int]:
        letter = self.text[at : at + 1]
        if letter == "u" and (code := re.compile("[0-9a-fA-F]{4}").match(self.text, at + 1)):
            return chr(int(code[0], 16)), code.end()
        return (_ESCAPED.get(letter, f"\\{letter}" if letter.isalnum() else letter), at + 1)

    def _ends_at(self, at: int, is_last: bool) -> bool:
        """Whether a quote that ends here ends a text, rather than stands in it."""
        after = self._past(at)
        char = self.text[after : after + 1]
        if char == ",":
            return bool(
                _FOLLOWS_COMMA.match(self.text, after + 1)
                or _BARE_KEY.match(self.text, self._past(after + 1))
            )
        parted = "\n" in self.text[at:after]
        return char in {"", ":", "}", "]"} or (parted and (is_last or char in _CLOSING))

    def _past(self, at: int) -> int:
        space = _SPACE.match(self.text, at)
        return space.end() if space else at

    def _next(self) -> str:
        self.at = self._past(self.at)
        return self.text[self.at : self.at + 1]
