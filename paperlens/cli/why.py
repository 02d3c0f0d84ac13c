"""`paperlens why`: what put a paper where it stands."""

from typing import TYPE_CHECKING

from paperlens.cli import options
from paperlens.context import context

if TYPE_CHECKING:
    from typing import Any

    from paperlens.grounds import Grounds


def why(ids: options.Ids, json: options.Json = False) -> None:
    """What put papers where they stand: queries, phrases that pulled and pushed, papers alike.

    Weights are in logits: all of them and a constant, added up, make the score.

    \b
    Examples:
      paperlens why 1                       the first paper of the last report
      paperlens why 2404.05674 --json | jq '.papers[0].nearest'
    """
    from paperlens.cli.ids import ids_of
    from paperlens.cli.output import name_what_is_missing, print_document
    from paperlens.grounds import grounds
    from paperlens.lookup import about
    from paperlens.reports.grounds import told

    world = context()
    report = about(ids_of(ids, world), "why", world)
    known = world.library.known(entry.paper.id for entry in report.entries)
    found = grounds(list(known.values()), world)
    if json:
        papers = [_json(one) for one in found]
        print_document({"schema": "paperlens.why/1", "papers": papers}, world)
    else:
        for one in found:
            for line in told(one):
                world.out.print(line, soft_wrap=True)
    name_what_is_missing(report, world)


def _json(one: "Grounds") -> "dict[str, Any]":
    from paperlens.unseen import writable

    def weights(sign: int) -> "list[dict[str, Any]]":
        return [
            {"text": writable(part.text), "weight": round(part.weight, 4)}
            for part in one.weights
            if part.weight * sign > 0
        ]

    return {
        "id": writable(one.paper.id),
        "title": writable(one.paper.title),
        "score": one.score,
        "why": [writable(reason) for reason in one.why],
        "parts": {name: round(value, 4) for name, value in one.parts.items()},
        "queries": [writable(name) for name in one.queries],
        "pulled": weights(1),
        "pushed": weights(-1),
        "nearest": [
            {
                "id": writable(near.paper.id),
                "title": writable(near.paper.title),
                "mark": near.mark.value if near.mark else "interest",
                "likeness": round(near.likeness, 4),
            }
            for near in one.nearest
        ],
        "learned_from": dict(one.learned),
    }
