"""What put a paper where it stands, on the terminal."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from paperlens.reports.tables import facts, paper_line
from paperlens.reports.text import readable

if TYPE_CHECKING:
    from paperlens.grounds import Grounds
    from paperlens.taste import Part

_MOST = 8
_SLIGHT = 0.005


def told(one: "Grounds") -> Iterator[RenderableType]:
    """The paper, its score, and all that counted."""
    yield paper_line(one.paper)
    rows = {"score": f"{one.score:.2f}" if one.score is not None else "none"}
    added = {name: value for name, value in one.parts.items() if value}
    rows["adds up"] = (
        ", ".join(f"{name} {value:+.2f}" for name, value in added.items()) or "nothing"
    )
    rows["queries"] = ", ".join(one.queries) or "none of those saved"
    rows["because"] = " · ".join(map(readable, one.why)) or "nothing speaks for it"
    rows["learned from"] = _counts(one)
    rows["pulled"] = _weights(part for part in one.weights if part.weight > _SLIGHT)
    rows["pushed"] = _weights(part for part in one.weights if part.weight < -_SLIGHT)
    yield facts({label: text for label, text in rows.items() if text})
    for near in one.nearest:
        mark = near.mark.value if near.mark else "interest"
        yield Text.assemble(
            f"  {near.likeness:.2f} ", (f"{mark:<9}", "dim"), paper_line(near.paper).plain.strip()
        )


def _counts(one: "Grounds") -> str:
    if not one.learned:
        return "nothing yet: paperlens mark ID --star"
    return ", ".join(f"{count:,} {kind}" for kind, count in one.learned.items())


def _weights(parts: "Iterable[Part]") -> str:
    return ", ".join(f"{readable(part.text)} {part.weight:+.2f}" for part in islice(parts, _MOST))
