"""The first dialogue: from fields of interest to a saved query, and to a model if one is at hand.

It runs only where a person sits at a terminal; off a terminal the command to type is said instead.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from paperlens.errors import QueryError
from paperlens.models import SavedQuery
from paperlens.query import FIELDS, parse
from paperlens.taxonomy import CATEGORIES, category_meant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperlens.context import Context

_OPERATOR = r"\b(?:AND|OR|ANDNOT|NOT)\b"
_FIELD = rf"\b(?:{'|'.join(FIELDS)}):"
_EXPRESSION = re.compile(rf'["“”]|{_OPERATOR}|{_FIELD}')
_ONE_TERM = re.compile(rf'(?:{_FIELD})?(?:"[^"]*"|[^\s()"“”]+)')
_ANSWERS = re.compile(r'(?:"[^"]*"|“[^”]*”|[^,])+')


def first_query(world: "Context") -> SavedQuery:
    """Ask what the reader works on; save the query it becomes, and the model if one is chosen.

    Nothing is saved before the last answer: who leaves in the middle starts afresh.
    """
    world.tell("No saved query yet. A few questions, and you will see today's papers.\n")
    fields = _ask("Your fields, such as “computer vision, cs.LG”: ", world, _some_category)
    words = _ask(
        "Words or phrases to look for (empty: everything in these fields): ", world, _bad_words
    )
    query = _edited(expression(fields, words), world)
    model = _chosen_model(world)
    saved = SavedQuery(_name_for(words, fields), query)
    world.library.add_query(saved)
    world.tell(f"Saved as “{saved.name}”; paperlens query edit {saved.name} changes it.\n")
    if model:
        _keep_model(model, world)
    return saved


def expression(fields: str, words: str) -> str:
    """The query that fields and words mean: any of the fields, and any of the words.

    Words that are written in the query language are taken as what they say there.
    """
    categories = _categories(fields)
    phrases = [_term(answer) for answer in _answers(words)]
    return " AND ".join(
        part for part in (_any([f"cat:{code}" for code in categories]), _any(phrases)) if part
    )


def _any(parts: "Sequence[str]") -> str:
    return f"({' OR '.join(parts)})" if len(parts) > 1 else "".join(parts)


def _listed(text: str) -> list[str]:
    return [part for part in (re.sub(r'["()\s]+', " ", p).strip() for p in text.split(",")) if part]


def _answers(words: str) -> list[str]:
    """What stands between commas, those in quotes left alone."""
    return [answer.strip() for answer in _ANSWERS.findall(words) if _listed(answer)]


def _term(answer: str) -> str:
    if not _EXPRESSION.search(answer):
        return _quoted(_listed(answer)[0])
    return answer if _ONE_TERM.fullmatch(answer) else f"({answer})"


def _bad_words(words: str) -> str | None:
    """What the query language has against these words, if they are written in it."""
    expressions = (answer for answer in _answers(words) if _EXPRESSION.search(answer))
    return next((fault for one in expressions if (fault := _fault(one))), None)


def _fault(text: str) -> str | None:
    try:
        parse(text)
    except QueryError as error:
        return error.sentence
    return None


def _quoted(phrase: str) -> str:
    plain_word = re.fullmatch(r"\w+\*?", phrase) and phrase.upper() not in {
        "AND",
        "OR",
        "ANDNOT",
        "NOT",
    }
    return phrase if plain_word else f'"{phrase}"'


def _categories(fields: str) -> list[str]:
    meant = (category_meant(field) for field in _listed(fields))
    return list(dict.fromkeys(code for code in meant if code))


def _some_category(fields: str) -> str | None:
    """What is wrong with this answer, if anything."""
    unknown = [field for field in _listed(fields) if category_meant(field) is None]
    if unknown:
        return f"arXiv has no field “{unknown[0]}”; {_near(unknown[0])}"
    return None if _categories(fields) else "Name at least one."


def _near(field: str) -> str:
    """Categories whose names share a word with what was typed, or well-known ones."""
    words = set(re.findall(r"[a-z]{4,}", field.lower()))
    near = [f"{c} ({n})" for c, n in CATEGORIES.items() if words & set(n.lower().split())]
    examples = near or [f"{c} ({CATEGORIES[c]})" for c in ("cs.CV", "cs.CL", "stat.ML", "hep-th")]
    return f"there are {', '.join(examples[:4])}."


def _edited(suggestion: str, world: "Context") -> str:
    """The expression as the reader wants it: shown on the line, ready to be changed."""
    return _ask("The query, yours to change: ", world, _fault, suggestion)


def _chosen_model(world: "Context") -> str | None:
    from paperlens.summaries.asking.providers import offers

    if world.settings.llm.model:
        return None
    found = offers(world.environ)
    if not found:
        return None
    world.tell("Summaries: the built-in extractive summariser needs nothing. Found here as well:")
    for number, offer in enumerate(found, 1):
        world.tell(f"  {number}  {offer.model}  ({offer.because})")

    def problem(text: str) -> str | None:
        fits = not text or (text.isdecimal() and 1 <= int(text) <= len(found))
        return None if fits else f"A number from 1 to {len(found)}, or nothing."

    choice = _ask("A number, or nothing to do without a model: ", world, problem)
    return found[int(choice) - 1].model if choice else None


def _keep_model(model: str, world: "Context") -> None:
    from paperlens.configuration import write

    write(world.places.config, "llm.model", model)
    world.tell(f"llm.model is now {model}.\n")


def _ask(
    question: str,
    world: "Context",
    problem: Callable[[str], str | None],
    suggestion: str = "",
) -> str:
    """One line from the reader, asked again until nothing is wrong with it.

    Only what was suggested stays on the line to be mended: any other answer is typed anew.
    """
    edits = bool(suggestion)
    while True:
        answer = _line(question, suggestion).strip()
        complaint = problem(answer)
        if complaint is None:
            return answer
        world.tell(complaint)
        suggestion = answer if edits else ""


def _line(question: str, suggestion: str) -> str:
    """A line that can be edited, where this Python has readline."""
    try:
        import readline
    except ImportError:
        return input(f"{question}[{suggestion}] " if suggestion else question) or suggestion
    readline.set_startup_hook(lambda: readline.insert_text(suggestion))
    try:
        return input(question)
    finally:
        readline.set_startup_hook()


def _name_for(words: str, fields: str) -> str:
    """A short name: the first thing that was asked for."""
    asked = re.split(_OPERATOR, re.sub(_FIELD, " ", words))
    first = next((one for text in (*asked, fields) for one in _listed(text)), "")
    parts = re.findall(r"[a-z][a-z0-9.]*", first.lower())
    return "-".join(parts).strip(".-")[:40].rstrip(".-") or "papers"
