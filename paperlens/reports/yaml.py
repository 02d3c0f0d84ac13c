"""Values as YAML on one line each, for the front matter of notes and posts.

Texts are always quoted: a bare `no`, `2024-04-09` or `a: b` would be read as something else. What
template engines look for in the bare file (`<%`, `{{`) is spelled as an escape as well.
"""

import json
import re
from collections.abc import Mapping

from paperlens.unseen import SEPARATORS, UNSEEN, writable

_SPECIAL = re.compile(rf'[\\"\t\r\n{UNSEEN}{SEPARATORS}]|[<{{](?=[%{{#])')


def scalar(value: object) -> str:
    """Text, number, truth, nothing, or a list or mapping of these."""
    if isinstance(value, str):
        return '"' + _SPECIAL.sub(_escape, writable(value)) + '"'
    if isinstance(value, Mapping):
        told = (f"{scalar(str(key))}: {scalar(each)}" for key, each in value.items())
        return "{" + ", ".join(told) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(scalar, value)) + "]"
    return json.dumps(value, allow_nan=False)


def _escape(found: re.Match[str]) -> str:
    if found[0] in '\\"':
        return "\\" + found[0]
    code = ord(found[0])
    if code > 0xFFFF:
        return f"\\U{code:08X}"
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"
