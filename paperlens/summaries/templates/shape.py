"""A template as data: its fields, and what follows from them for everyone who fills or checks them.

Frozen and pure. From one `Template` come the JSON Schema that a model is sent, the bounds that its
answer is held against, the order of every view, and the digest under which summaries are filed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Fields = Mapping[str, str | tuple[str, ...] | None]
Kind = Literal["text", "list"]

_WORDS_OF_AN_ITEM = 30
_TOKENS_OF_A_WORD = 2  # of any language
_TOKENS_OF_A_FRAME = 20
_FROM_THE_ABSTRACT = frozenset(("tldr", "takeaways"))


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a summary says; `least` and `most` count the items of a list, `words` bounds each
    item (0: unbounded). `sections` are the parts of a paper that tell it, `role` is what sentences
    fill it, and an `optional` one may be null where the paper does not say."""

    name: str
    kind: Kind
    meaning: str
    least: int = 1
    most: int = 1
    words: int = 0
    sections: tuple[str, ...] = ()
    role: str = ""
    optional: bool = False

    @property
    def filled_by(self) -> str:
        """The role of the sentences that fill it where no model does."""
        return self.role or self.name


@dataclass(frozen=True, slots=True)
class Template:
    """`tokens` bounds the prompt; one that reads the `whole` paper reads a long one in parts."""

    name: str
    instructions: str
    fields: tuple[Field, ...]
    tokens: int = 6000
    whole: bool = False
    about: str = ""

    @property
    def digest(self) -> str:
        """Changes whenever a word of it does, but not with comments, spacing or `about`."""
        said = {
            "instructions": self.instructions.split(),
            "fields": [asdict(field) | {"meaning": field.meaning.split()} for field in self.fields],
            "tokens": self.tokens,
            "whole": self.whole,
        }
        spelled = json.dumps(said, sort_keys=True)
        return hashlib.sha256(spelled.encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of an answer; what fields mean stands in the instructions, once."""
        return {
            "type": "object",
            "properties": {field.name: _schema(field) for field in self.fields},
            "required": [field.name for field in self.fields],
            "additionalProperties": False,
        }

    @property
    def sections(self) -> tuple[str, ...]:
        """The parts of a paper that any field reads."""
        return tuple(dict.fromkeys(name for field in self.fields for name in field.sections))

    @property
    def answer_tokens(self) -> int:
        """About how many tokens the longest answer that fits takes."""
        words = sum(field.most * (field.words or _WORDS_OF_AN_ITEM) for field in self.fields)
        return words * _TOKENS_OF_A_WORD + len(self.fields) * _TOKENS_OF_A_FRAME

    @property
    def is_told_by_abstracts(self) -> bool:
        """Whether an abstract's own sentences can fill all of it."""
        return all(field.filled_by in _FROM_THE_ABSTRACT for field in self.fields)


def _schema(field: Field) -> dict[str, Any]:
    kind = "string" if field.kind == "text" else "array"
    told: dict[str, Any] = {"type": [kind, "null"] if field.optional else kind}
    if field.kind == "list":
        told |= {"items": {"type": "string"}, "minItems": field.least, "maxItems": field.most}
    return told
