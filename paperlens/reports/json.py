"""A report as the JSON of the contract, schema `paperlens.report/1`: one document, or lines.

Papers stand in the report's order; what is not known is null.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from paperlens.holdings import Holding, holding_json
from paperlens.models import Entry, Report
from paperlens.records import (
    cost_json,
    day_json,
    decision_json,
    figure_json,
    links_json,
    notice_json,
    paper_json,
    summary_json,
    time_json,
)
from paperlens.unseen import SEPARATORS, UNSEEN, writable

SCHEMA = "paperlens.report/1"


def document(report: Report) -> str:
    """The whole report, indented for people who look."""
    return dumped(report_json(report), indent=2)


def lines(report: Report) -> Iterator[str]:
    """One paper a line, each ended by a newline."""
    for entry in report.entries:
        yield dumped(entry_json(entry))


def kept_lines(report: Report, holdings: Mapping[str, Holding]) -> Iterator[str]:
    """The same lines with all that the library holds of the papers, for another library."""
    for entry in report.entries:
        yield dumped(entry_json(entry) | holding_json(holdings[entry.paper.id]))


def entry_json(entry: Entry) -> dict[str, Any]:
    """A paper with all that the report knows of it."""
    return {
        **paper_json(entry.paper),
        "links": links_json(entry.links),
        "queries": [writable(name) for name in entry.queries],
        "score": entry.score,
        "why": [writable(reason) for reason in entry.why],
        **decision_json(replace(entry.decision, marked=None)),
        "summary": summary_json(entry.summary) if entry.summary else None,
        "affiliation": writable(entry.affiliation),
        "figures": [figure_json(figure) for figure in entry.figures],
        "error": writable(entry.error),
        "also": [writable(one) for one in entry.also],
    }


_ESCAPED = re.compile(f"[{UNSEEN}{SEPARATORS}]")  # allowed raw in JSON, yet none is harmless


def dumped(value: Any, indent: int | None = None) -> str:
    told = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _ESCAPED.sub(lambda found: json.dumps(found[0])[1:-1], told) + "\n"


def report_json(report: Report) -> dict[str, Any]:
    """The document itself, which templates see as well."""
    return {
        "schema": SCHEMA,
        "command": report.command,
        "generated": time_json(report.generated),
        "batch": day_json(report.batch),
        "notices": [notice_json(notice) for notice in report.notices],
        "cost": cost_json(report.cost),
        "papers": [entry_json(entry) for entry in report.entries],
    }
