"""What a model answered about many papers, read with patience and judged without any. Pure.

An answer counts for the papers that were asked about and for no other; a paper that it leaves out,
or scores outside the scale, is one without an opinion. A reason is one line of what can be seen.
"""

import re
from collections.abc import Collection, Iterator

from paperlens.errors import UnknownId
from paperlens.ids import ArxivId
from paperlens.models import Verdict
from paperlens.summaries.answers import LONGEST, thought_out
from paperlens.summaries.answers.loose_json import objects
from paperlens.summaries.answers.nothing_said import is_placeholder, is_refusal
from paperlens.summaries.verdicts.prompt import BEST
from paperlens.unseen import one_line

_DIGITS = 4
_LONGEST_WHY = 200
_LONGEST_ID = 100
_NUMBER = re.compile(
    rf"\s{{0,9}}(\d{{1,2}}(?:\.\d{{1,9}})?)\s{{0,9}}(?:/\s?{BEST})?\s{{0,9}}", re.ASCII
)


def read(answer: str, asked: Collection[str]) -> dict[str, Verdict]:
    """The verdicts that an answer holds, by paper id; of two on one paper the last, as models
    correct themselves."""
    said = answer[:LONGEST]
    return _found(thought_out(said), asked) or _found(said, asked)


def _found(said: str, asked: Collection[str]) -> dict[str, Verdict]:
    found = {}
    for id, score, why in _told(said):
        value = _score(score)
        if value is not None and (one := _asked(id, asked)) is not None:
            found[one] = Verdict(value, _reason(why))
    return found


def _told(said: str) -> Iterator[tuple[object, object, object]]:
    """As we asked for them, or by their ids: {"2404.05674": {"score": 7}}."""
    for each in objects(said):
        if "id" in each:
            yield each["id"], each.get("score"), each.get("why")
            continue
        for id, told in each.items():
            if isinstance(told, dict) and "score" in told and "id" not in told:
                yield id, told["score"], told.get("why")


def _asked(id: object, asked: Collection[str]) -> str | None:
    """The paper that is meant; a version or "arXiv:" before the number is forgiven."""
    if not isinstance(id, str) or len(id) > _LONGEST_ID:
        return None
    bare = id.strip()
    if bare not in asked:
        try:
            bare = ArxivId.parse(bare).number
        except UnknownId:
            return None
    return bare if bare in asked else None


def _score(given: object) -> float | None:
    if isinstance(given, str):
        number = _NUMBER.fullmatch(given.strip())
        given = float(number[1]) if number else None
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return round(given / BEST, _DIGITS) if 0 <= given <= BEST else None


def _reason(given: object) -> str | None:
    if not isinstance(given, str):
        return None
    why = one_line(given[: 2 * _LONGEST_WHY])
    if is_placeholder(why) or is_refusal(why):
        return None
    return why if len(why) <= _LONGEST_WHY else f"{why[: _LONGEST_WHY - 1].rstrip()}…"
