"""Untrusted text in notes and posts that more programs read than a Markdown parser.

Site generators run `{{ }}` and `{% %}`, vaults `<% %>`, `key:: value`, `#tag`, `@user`, `%%`, `^id`
and `[[links]]`, all on the bare text, before or beside Markdown. Every such sign loses its meaning
by a backslash, which Markdown takes away again; so the reader sees the same words.
"""

import re
from functools import lru_cache

from paperlens.reports.text import KEY_PHRASE, address, readable

_SIGN = re.compile(
    r"[\\`*\[\]<>#~$^@{|]|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])"
    r"|(?<=[%{<])%|(?<=:):|(?<==)=|(?<=\+)\+"
)
_START = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)])(?= |$))")
_OF_A_NAME = 80
_IN_ADDRESSES = re.compile(r"[$*@]|%(?![0-9a-fA-F]{2})|&(?=#)|(?<=:):|(?<==)=|(?<=\+)\+")


def guarded(text: str) -> str:
    """The same words on one line, TeX told in Unicode, meaning nothing to any program."""
    return _guarded_again(text) if len(text) <= _OF_A_NAME else _guarded(text)


def emphasised(text: str) -> str:
    """The same, but what the text has in `**two stars**` is bold.

    The stars stand next to letters: between a bracket and a letter Markdown would not see them.
    """
    pieces, at = [], 0
    told = readable(text)
    for found in KEY_PHRASE.finditer(told):
        start, end = found.span()
        parts = _parts(found[1], told[max(start - 1, 0) : start], told[end : end + 1])
        before, inner, after = (_SIGN.sub(_escape, part) for part in parts)
        pieces.append(_SIGN.sub(_escape, told[at:start]))
        pieces.append(f"{before}**{inner}**{after}" if inner else before + after)
        at = end
    return _started("".join([*pieces, _SIGN.sub(_escape, told[at:])]))


def linked(text: str, url: str | None) -> str:
    """A link that leads where we say; the bare words where the address is no safe one."""
    target = address(url) if url else None
    if not target:
        return guarded(text)
    return f"[{guarded(text)}]({_IN_ADDRESSES.sub(_percent, target)})"


def _guarded(text: str) -> str:
    return _started(_SIGN.sub(_escape, readable(text)))


_guarded_again = lru_cache(maxsize=4096)(_guarded)  # names and labels come again and again


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _escape(found: re.Match[str]) -> str:
    return "\\" + found[0]


def _parts(inner: str, left: str, right: str) -> tuple[str, str, str]:
    """What is bold, and the punctuation around it that stands next to a letter outside."""
    letters = [place for place, each in enumerate(inner) if each.isalnum()] or [len(inner)]
    start = letters[0] if left.isalnum() else 0
    end = max(letters[-1] + 1, start) if right.isalnum() else len(inner)
    return inner[:start], inner[start:end], inner[end:]


def _started(line: str) -> str:
    """What only means something where a line begins, as it may anywhere in a template."""
    return _START.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", line)
