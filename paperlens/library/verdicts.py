"""What models thought of papers for this reader, each opinion kept the moment it is paid for.

The key of one says by whom and for which interests. They are of this library and its reader: an
export does not carry them.
"""

from collections.abc import Mapping

from paperlens.library.shards import by_shard
from paperlens.library.shelves import Kind, Shelves
from paperlens.models import Verdict
from paperlens.records import Json, Record, number, text
from paperlens.unseen import writable

Verdicts = dict[str, Verdict]


def _verdicts_json(verdicts: Verdicts) -> Json:
    return {
        key: {"score": verdict.score, "why": writable(verdict.why)}
        for key, verdict in verdicts.items()
    }


def _verdicts_from(document: Json) -> Verdicts:
    record = Record(document, "verdicts")
    return {text(key): record.get(key, _verdict_from) for key in record.names()}


def _verdict_from(value: object) -> Verdict:
    record = Record(value, "verdict")
    return Verdict(record.maybe("score", _share), record.maybe("why", text))


def _share(value: object) -> float:
    if not 0 <= number(value) <= 1:
        raise ValueError("expected a number from 0 to 1")
    return number(value)


VERDICTS = Kind("verdicts", _verdicts_json, _verdicts_from)


def keep(shelves: Shelves, keys: Mapping[str, str], verdicts: Mapping[str, Verdict]) -> None:
    for shard, members in by_shard(verdicts).items():
        with shelves.shelf(VERDICTS, shard).changing() as page:
            for one in members:
                page[one] = page.get(one, {}) | {keys[one]: verdicts[one]}


def of_keys(shelves: Shelves, wanted: Mapping[str, str]) -> Verdicts:
    """The verdict under its key, by paper id, of those that have one."""
    found: Verdicts = {}
    for shard, members in by_shard(wanted).items():
        for one, verdicts in shelves.shelf(VERDICTS, shard).some(members).items():
            if wanted[one] in verdicts:
                found[one] = verdicts[wanted[one]]
    return found
