"""Which categories' feeds bring what the queries ask for."""

from collections.abc import Iterable, Sequence

from paperlens.errors import UserError
from paperlens.models import Notice
from paperlens.query import Query
from paperlens.rank import Question
from paperlens.taxonomy import unknown


def categories_to_ask(queries: Iterable[Query], otherwise: Sequence[str]) -> frozenset[str]:
    """Those of all queries together; `otherwise` is where a query looks that names none.

    Those that arXiv does not have are left out; to name no others is a mistake.
    """
    asked: set[str] = set()
    for query in queries:
        asked |= query.categories if query.names_categories else set(otherwise)
    strange = unknown(asked)
    if strange and len(strange) == len(asked):
        code, meant = next(iter(strange.items()))
        raise UserError(f"arXiv has no category {code}", meant)
    return frozenset(asked - strange.keys())


def strange_categories(questions: Iterable[Question]) -> tuple[Notice, ...]:
    """Categories that queries name and arXiv does not have: they can bring nothing."""
    return tuple(
        Notice(
            "unknown-category",
            f"Query {question.saved.name}: arXiv has no category {code}"
            + (f"; {meant}" if meant else "."),
        )
        for question in questions
        for code, meant in unknown(question.query.categories).items()
    )
