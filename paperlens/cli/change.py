"""A user's words about papers as one change of what is decided, refused where they contradict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paperlens.errors import UserError, nearest
from paperlens.models import Decision, Mark
from paperlens.unseen import one_line


@dataclass(frozen=True)
class Change:
    """What a command does to each decision; None and empty mean that it leaves that as it is."""

    mark: Mark | None
    tags: tuple[str, ...]
    untags: tuple[str, ...]
    note: str | None

    @property
    def is_none(self) -> bool:
        return self.mark is None and not self.tags and not self.untags and self.note is None

    def refuse_nonsense(self) -> None:
        if self.is_none:
            raise UserError(
                "nothing is said about the papers",
                "give --star, --later, --read, --skip or --clear, --tag, --untag or --note",
            )
        for tag in self.tags:
            if tag in self.untags:
                raise UserError(f'--tag "{tag}" and --untag "{tag}" exclude each other')

    def __call__(self, decision: Decision) -> Decision:
        tags = dict.fromkeys(decision.tags + self.tags)
        return Decision(
            mark=decision.mark if self.mark is None else self.mark,
            tags=tuple(tag for tag in tags if tag not in self.untags),
            note=decision.note if self.note is None else self.note if self.note.strip() else None,
        )


def mark_of(flags: Mapping[str, bool]) -> Mark | None:
    """The mark whose option was given; `clear` is none."""
    given = [name for name, is_given in flags.items() if is_given]
    if len(given) > 1:
        raise UserError(f"--{given[0]} and --{given[1]} exclude each other")
    return Mark("new" if given == ["clear"] else given[0]) if given else None


def cleaned(tags: Iterable[str] | None) -> tuple[str, ...]:
    """Tags as they are stored: one line each, without the sign that people write before them."""
    told = tuple(dict.fromkeys(one_line(one_line(tag).removeprefix("#")) for tag in tags or ()))
    if "" in told:
        raise UserError("a tag cannot be empty")
    return told


def mark_named(word: str) -> Mark:
    """The mark that an option names."""
    try:
        return Mark(word.lower())
    except ValueError:
        hint = nearest(word, Mark) or f"the marks are {', '.join(Mark)}"
        raise UserError(f'there is no mark "{word}"', hint) from None
