"""A background as text, for the cache; what cannot be read is no background."""

import json
from datetime import date

from paperlens.taste.background import Background
from paperlens.taste.sealing import seal, sealed, unsealed

_FORMAT = 2  # goes up when terms are counted or weighed otherwise
_DIGITS = 5


def written(background: Background, made: date) -> str:
    terms = list(background.factors)
    number = {term: place for place, term in enumerate(terms)}
    mean = [background.mean[term] for term in terms]
    told = json.dumps(
        {
            "format": _FORMAT,
            "made": made.isoformat(),
            "papers": background.papers,
            "unknown": background.unknown,
            "terms": terms,
            "factors": _short(list(background.factors.values())),
            "mean": _short(mean),
            "along": [number[term] for term in background.axes],
            "axes": [_short(row) for row in background.axes.values()],
            "middle": background.middle,
            "average": background.average,
            "spread": background.spread,
            "sample": [
                [[number[term] for term in counts], list(counts.values())]
                for counts in background.sample
            ],
        },
        separators=(",", ":"),
    )
    return sealed(told)


def read(text: str) -> tuple[Background, date] | None:
    """The background and the day when it was made."""
    try:
        told = json.loads(unsealed(text))
        if told["format"] != _FORMAT:
            return None
        terms = told["terms"]
        background = Background(
            papers=told["papers"],
            unknown=told["unknown"],
            factors=dict(zip(terms, told["factors"], strict=True)),
            mean=dict(zip(terms, told["mean"], strict=True)),
            axes={terms[n]: row for n, row in zip(told["along"], told["axes"], strict=True)},
            middle=told["middle"],
            average=told["average"],
            spread=told["spread"],
            sample=tuple(
                {terms[n]: count for n, count in zip(*pair, strict=True)} for pair in told["sample"]
            ),
            name=seal(text),
        )
        return background, date.fromisoformat(told["made"])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _short(row: list[float]) -> list[float]:
    return [float(f"{each:.{_DIGITS}g}") for each in row]
