"""The ways in which arXiv's services fail, to be played on demand.

Most spoil a reply before it is sent, some only the part of it that was asked for; cut, reset,
silence and trickle happen on the wire.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Fail = Literal[
    "429", "503", "403", "html", "empty body", "wrong type", "empty page", "short page",
    "other total", "error entry", "no authors", "unknown fields", "oversize", "entity bomb",
    "changed", "no parts", "wrong part", "cut after", "cut", "reset", "silence", "trickle",
]  # fmt: skip
ON_PARTS = frozenset({"wrong part", "cut after"})
ON_THE_WIRE = frozenset({"cut", "reset", "silence", "trickle"})

XML = "text/xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"

_HTML = """<!DOCTYPE html>
<html lang="en"><head><title>arXiv is down for maintenance</title></head>
<body><h1>We will be back shortly</h1><p>Please try again later.</p></body></html>
"""
_ENTRY = re.compile(r"\s*<(entry|item|record)>.*?</\1>", re.DOTALL)
_AUTHORS = re.compile(
    r"\s*<(author|authors|dc:creator)>(?:(?!<author>).|<author>(?:(?!</author>).)*</author>)*?</\1>",
    re.DOTALL,
)
_TOTAL = re.compile(r"(<opensearch:totalResults>)(\d+)")
_ENDS = re.compile(r"</(entry|item|arXiv)>")
_ERROR_ENTRY = """
  <entry>
    <id>https://arxiv.org/api/errors#the_service_is_not_itself</id>
    <title>Error</title>
    <summary>the service is not itself</summary>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service is about to send."""

    status: int
    body: bytes = b""
    content_type: str = XML
    headers: Mapping[str, str] = field(default_factory=dict)


def spoiled(reply: Reply, how: Fail, details: Mapping[str, object]) -> Reply:
    """The reply after this failure."""
    spoil = _SPOILERS.get(how)
    return spoil(reply, details) if spoil else reply


def _too_many(_reply: Reply, details: Mapping[str, object]) -> Reply:
    return _refused(429, b"Rate exceeded.\n", details)


def _unavailable(_reply: Reply, details: Mapping[str, object]) -> Reply:
    return _refused(503, b"Service Unavailable\n", details)


def _forbidden(_reply: Reply, details: Mapping[str, object]) -> Reply:
    return _refused(403, b"Forbidden\n", details)


def _refused(status: int, body: bytes, details: Mapping[str, object]) -> Reply:
    after = details.get("retry_after")
    headers = {} if after is None else {"Retry-After": str(after)}
    return Reply(status, body, "text/plain; charset=utf-8", headers)


def _html(_reply: Reply, _details: Mapping[str, object]) -> Reply:
    return Reply(200, _HTML.encode(), "text/html; charset=utf-8")


def _empty_body(reply: Reply, _details: Mapping[str, object]) -> Reply:
    return replace(reply, status=200, body=b"")


def _wrong_type(reply: Reply, details: Mapping[str, object]) -> Reply:
    return replace(reply, content_type=str(details.get("content_type", "text/plain")))


def _oversize(reply: Reply, details: Mapping[str, object]) -> Reply:
    """The reply after so many megabytes of blanks: valid to the end, if anyone reads that far."""
    size = int(str(details.get("megabytes", 51))) * 1_000_000
    opening, closing, rest = reply.body.rpartition(b"</")
    return replace(reply, body=opening + b" " * size + closing + rest)


def _entity_bomb(reply: Reply, _details: Mapping[str, object]) -> Reply:
    """Nine entities, each ten of the one before: a gigabyte if anyone expands them."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<?xml version="1.0"?>\n<!DOCTYPE feed [<!ENTITY e0 "0123456789">{levels}]>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>&e9;</title></feed>\n'
    )
    return replace(reply, status=200, body=bomb.encode())


def _changed(reply: Reply, _details: Mapping[str, object]) -> Reply:
    """Another document at the same address, and of another name."""
    headers = {
        **reply.headers,
        "ETag": '"changed"',
        "Last-Modified": "Mon, 01 Jan 2125 00:00:00 GMT",
    }
    return replace(reply, body=reply.body + b"\n% changed\n", headers=headers)


def _without_parts(reply: Reply, _details: Mapping[str, object]) -> Reply:
    return replace(reply, headers=_but(reply.headers, "Accept-Ranges"))


def _wrong_part(reply: Reply, details: Mapping[str, object]) -> Reply:
    """Told to be another part than it is, and than was asked for."""
    told = str(details.get("content_range", "bytes 0-8/9"))
    return replace(reply, headers={**reply.headers, "Content-Range": told})


def _cut_after(reply: Reply, details: Mapping[str, object]) -> Reply:
    """So many bytes of a reply that was told to be longer; then the connection closes."""
    length = {"Content-Length": str(len(reply.body)), "Connection": "close"}
    came = reply.body[: int(str(details.get("after", 0)))]
    return replace(reply, body=came, headers={**reply.headers, **length})


def _but(headers: Mapping[str, str], name: str) -> dict[str, str]:
    return {each: value for each, value in headers.items() if each != name}


def _on_text(change: Callable[[str], str]) -> Callable[[Reply, Mapping[str, object]], Reply]:
    return lambda reply, _details: replace(reply, body=change(reply.body.decode()).encode())


def _without_entries(text: str) -> str:
    return _ENTRY.sub("", text)


def _half_of_entries(text: str) -> str:
    entries = list(_ENTRY.finditer(text))
    kept = len(entries) // 2
    return text[: entries[kept].start()] + text[entries[-1].end() :] if entries else text


def _other_total(text: str) -> str:
    return _TOTAL.sub(lambda found: f"{found[1]}{int(found[2]) + 7}", text)


def _with_error_entry(text: str) -> str:
    return re.sub(r"\n</(feed|channel)>", lambda end: _ERROR_ENTRY + end[0], text)


def _without_authors(text: str) -> str:
    return _AUTHORS.sub("", text)


def _with_unknown_fields(text: str) -> str:
    strange = '<x:mood xmlns:x="http://example.org/x" degree="7">sunny<x:deep/></x:mood>'
    return _ENDS.sub(lambda end: strange + end[0], text)


_SPOILERS: Mapping[Fail, Callable[[Reply, Mapping[str, object]], Reply]] = {
    "429": _too_many,
    "503": _unavailable,
    "403": _forbidden,
    "html": _html,
    "empty body": _empty_body,
    "wrong type": _wrong_type,
    "oversize": _oversize,
    "entity bomb": _entity_bomb,
    "changed": _changed,
    "no parts": _without_parts,
    "wrong part": _wrong_part,
    "cut after": _cut_after,
    "empty page": _on_text(_without_entries),
    "short page": _on_text(_half_of_entries),
    "other total": _on_text(_other_total),
    "error entry": _on_text(_with_error_entry),
    "no authors": _on_text(_without_authors),
    "unknown fields": _on_text(_with_unknown_fields),
}
