"""Whether a tree matches a paper, and which of its words were found where.

A paper is folded once, however many queries ask about it.
"""

from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache

from paperlens.models import Paper
from paperlens.query.folding import Words, has_form
from paperlens.query.tree import FIELDS, All, Leaf, Node, Range, Term

_LONGEST_WAIT = timedelta(days=3)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


class Prepared:
    """A paper whose words are folded when they are first asked for, and then kept.

    `beyond` are texts that arXiv knows nothing of: they are looked at for words without a field.
    """

    def __init__(self, paper: Paper, beyond: tuple[str, ...] = ()) -> None:
        self.paper = paper
        self.texts = {
            "ti": Words([paper.title]),
            "abs": Words([paper.abstract]),
            "co": Words([paper.comment]),
            "jr": Words([paper.journal_ref]),
            "beyond": Words(beyond),
        }
        self.authors = Words(name.partition("(")[0] for name in paper.authors)
        self.categories = [category.lower() for category in paper.categories]
        self.codes = {"id": paper.id.lower(), "doi": (paper.doi or "").lower()}

    @cached_property
    def everything(self) -> str:
        """All words and codes, whatever field they stand in, on one line."""
        lines = [text.line for text in self.texts.values()]
        return " ".join(["", *lines, self.authors.line, *self.categories, *self.codes.values(), ""])


@lru_cache(maxsize=2000)
def prepared(paper: Paper, beyond: tuple[str, ...] = ()) -> Prepared:
    return Prepared(paper, beyond)


def holds(node: Node, paper: Prepared, unknown: bool | None = None) -> bool:
    """Whether the paper answers the query.

    What is not known of the paper counts as not found; with `unknown`, it counts as that.
    """
    if isinstance(node, (Term, Range)):
        if unknown is not None and _is_unknown(node, paper.paper):
            return unknown
        return found_in(node, paper) is not None
    if isinstance(node, All):
        return _all_hold(node, paper, unknown)
    for part in node.parts:  # noqa: SIM110 - any() takes twice as long, 15,000 times a day
        if holds(part, paper, unknown):
            return True
    return False


def _all_hold(node: All, paper: Prepared, unknown: bool | None) -> bool:
    contrary = None if unknown is None else not unknown
    for part, forbidden in node.parts:
        if holds(part, paper, contrary if forbidden else unknown) is forbidden:
            return False
    return True


def _is_unknown(leaf: Leaf, paper: Paper) -> bool:
    if isinstance(leaf, Range):
        return paper.published is None
    value = {"co": paper.comment, "jr": paper.journal_ref, "doi": paper.doi}.get(leaf.field, "")
    return value is None and not paper.is_detailed


_ANYWHERE = ("ti", "abs", "au", "cat", "co", "jr", "id", "doi", "beyond")
_NAMES = {**FIELDS, "beyond": "notes"}


def found_in(leaf: Leaf, paper: Prepared) -> str | None:
    """The name of the field that has it."""
    if isinstance(leaf, Range):
        return FIELDS["submittedDate"] if _submitted_within(leaf, paper.paper) else None
    if leaf.field != "all":
        return FIELDS[leaf.field] if _has(leaf, leaf.field, paper) else None
    if _is_nowhere(leaf, paper.everything):
        return None
    return next((_NAMES[field] for field in _ANYWHERE if _has(leaf, field, paper)), None)


def _is_nowhere(term: Term, everything: str) -> bool:
    """A quick no, which is the answer to most questions."""
    return (
        not term.open_ended
        and not has_form(term.phrase[0], everything)
        and f" {term.code} " not in everything
    )


def _has(term: Term, field: str, paper: Prepared) -> bool:
    if field in paper.texts:
        return _in_text(term, paper.texts[field])
    if field == "au":
        return _in_names(term, paper.authors)
    if field == "cat":
        return _in_categories(term, paper.categories)
    return _is_code(term, paper.codes[field])


def _in_text(term: Term, text: Words) -> bool:
    if term.open_ended:
        return text.have_exactly(term.phrase, beginning=True)
    return text.have(term.phrase)


def _in_categories(term: Term, categories: list[str]) -> bool:
    if term.code in categories:
        return True
    if term.open_ended:
        return any(category.startswith(term.code) for category in categories)
    archive = f"{term.code}."
    return term.field == "cat" and any(category.startswith(archive) for category in categories)


def _is_code(term: Term, code: str) -> bool:
    if not code:
        return False
    return code.startswith(term.code) if term.open_ended else code == term.code


def _in_names(term: Term, names: Words) -> bool:
    if names.have_exactly(term.phrase, beginning=term.open_ended):
        return True
    if term.field != "au" or len(term.phrase) == 1:
        return False
    whole = term.phrase[:-1] if term.open_ended else term.phrase
    if not all(f" {word} " in names.line for word in whole if len(word) > 1):
        return False
    return any(_is_name(term.phrase, name, term.open_ended) for name in names.lines)


def _is_name(asked: tuple[str, ...], name: tuple[str, ...], open_ended: bool) -> bool:
    """`a vaswani`, `vaswani a`, `vaswani ashish`: given names before or after, or initials."""
    if len(name) > 2 and name[-1] in _SUFFIXES:
        name = name[:-1]
    last = len(asked) - 1

    def fits(place: int, word: str) -> bool:
        begins = len(asked[place]) == 1 or (open_ended and place == last)
        return word == asked[place] or (begins and word.startswith(asked[place]))

    places = range(len(asked))
    for cut in range(1, len(asked)):
        for given, family in ((places[:cut], places[cut:]), (places[cut:], places[:cut])):
            split = len(name) - len(family)
            if (
                split >= len(given)
                and any(len(asked[place]) > 1 for place in family)
                and all(fits(place, word) for place, word in zip(family, name[split:], strict=True))
                and all(fits(place, word) for place, word in zip(given, name, strict=False))
            ):
                return True
    return False


def submission(paper: Paper) -> tuple[str, str] | None:
    """Between which minutes it was first submitted, as far as that is known.

    The feed only tells the day of announcement. A new paper was then submitted on that day or up
    to three days before, and any overlap counts: better a paper too many until arXiv tells its
    date than one missed. Of a replacement the announcement tells nothing.
    """
    if paper.published is not None:
        return _minute(paper.published), _minute(paper.published)
    if paper.announced is None or paper.is_replacement:
        return None
    day = datetime.combine(paper.announced, datetime.min.time())
    return _minute(day - _LONGEST_WAIT), _minute(day.replace(hour=23, minute=59))


def _submitted_within(leaf: Range, paper: Paper) -> bool:
    known = submission(paper)
    return known is not None and leaf.start <= known[1] and known[0] <= leaf.end


def _minute(moment: datetime) -> str:
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{utc.year:04}{utc:%m%d%H%M}"
