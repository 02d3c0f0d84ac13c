"""White space of Markdown that came out of a template."""

import re

_FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.DOTALL)


def tidied(text: str) -> str:
    """One empty line at most between blocks, none in the front matter, a newline at the end."""
    bare = re.sub(r"(?<=\S)[ \t]+$", "", text.lstrip(), flags=re.MULTILINE)
    front = _FRONT_MATTER.match(bare)
    head = front[0] if front else ""
    body = re.sub(r"\n\s*\n", "\n\n", bare[len(head) :]).strip("\n")
    return re.sub(r"\n\s*\n", "\n", head) + ("\n" if head else "") + body + "\n"
