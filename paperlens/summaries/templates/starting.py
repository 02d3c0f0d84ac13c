"""A template to begin with: another one's text, under a few lines that say how templates work."""

import re

from paperlens.errors import UserError

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?")
_HOW = """\
# {name}: a template for summaries. Change it as you like; then
#   paperlens summarize ID --template {name}
#   paperlens config set today.template {name}
#
# about         one line for `paperlens templates list`
# instructions  what a model is told beside the fields
# tokens        how long a prompt may be, the paper included
# whole         true: a long paper is read in parts to its end (several requests a paper)
#
# Of each of the [[fields]], in the order in which they are shown:
# name          small letters, digits and _
# kind          "text" or "list"
# meaning       what stands there: a model is told this
# min, max      how many items a list has
# words         how many words a text or an item has at most
# sections      where a paper tells it: "introduction", "background", "related work", "method",
#               "data", "results", "discussion", "limitations", "conclusion", "appendix", or words
#               of a heading
# role          without a model: which field's sentences fill it, such as "method" or "results"
# optional      true: null where the paper does not say
#
# A changed word makes new summaries; a changed comment does not.

"""


def started(name: str, source: str) -> str:
    """The TOML of a new template that asks what another one asks."""
    refuse_bad_name(name)
    return _HOW.format(name=name) + _without_opening(source)


def refuse_bad_name(name: str) -> None:
    """A template is called by the name of its file."""
    if not _NAME.fullmatch(name):
        raise UserError(
            f'"{name}" cannot name a template', "small letters, digits, - and _, at most 40"
        )


def _without_opening(source: str) -> str:
    """The text of a template without the comment before its first line."""
    lines = source.splitlines()
    first = next((n for n, line in enumerate(lines) if line.strip()[:1] not in {"", "#"}), 0)
    return "\n".join(lines[first:]) + "\n"
