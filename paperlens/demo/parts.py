"""Parts of a document, as a web server hands them out: `Range`, `If-Range`, `Content-Range`."""

import re
from collections.abc import Mapping
from dataclasses import replace

from paperlens.demo.faults import Reply

OFFER = {"Accept-Ranges": "bytes"}
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


def in_part(reply: Reply, headers: Mapping[str, str]) -> Reply:
    """What is asked for of a reply that may be had in parts, if the client knows this very one."""
    asked = _ONE_RANGE.fullmatch(headers.get("range", ""))
    if reply.status != 200 or reply.headers.get("Accept-Ranges") != "bytes" or asked is None:
        return reply
    known = headers.get("if-range")
    if known not in {None, reply.headers.get("ETag"), reply.headers.get("Last-Modified")}:
        return reply
    size = len(reply.body)
    first, last = _span(asked[1], asked[2], size)
    if first > last:
        told = {**reply.headers, "Content-Range": f"bytes */{size}"}
        return Reply(416, b"", reply.content_type, told)
    told = {**reply.headers, "Content-Range": f"bytes {first}-{last}/{size}"}
    return replace(reply, status=206, body=reply.body[first : last + 1], headers=told)


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """`9-` begins at 9, `-9` has the last nine, `0-9` the first ten; nothing where it is past."""
    if not first:
        return (max(0, size - int(last)), size - 1) if last else (0, size - 1)
    return int(first), min(int(last), size - 1) if last else size - 1
