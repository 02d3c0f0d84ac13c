"""The published schemas of what paperlens prints as JSON."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from paperlens.holdings import Holding, holding_json
from paperlens.models import Report
from paperlens.reports import render
from paperlens.reports.json import entry_json
from tests.conftest import Shell
from tests.schemas import refuse, refuse_strangers, schemas
from tests.test_bibliography import entry, holdings

from .test_reports_examples import realistic

HOUSE = Path(__file__).parents[1]


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_one(name: str) -> None:
    """Each is a schema of draft 2020-12 and says where it is published."""
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(f"/paperlens/schemas/{name}.json")
    assert schema["description"].endswith(".")


def objects(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of an object with properties, wherever it stands."""
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            yield path, value
        for name, inner in value.items():
            yield from objects(inner, f"{path}/{name}")


@pytest.mark.parametrize("name", schemas())
def test_a_schema_says_all_of_its_objects(name: str) -> None:
    """Every property is required and described in a sentence; no other is allowed."""
    for path, found in objects(schemas()[name], name):
        if path != "parts/$defs/facts":  # those who refer to it close it
            assert False in (found.get("additionalProperties"), found.get("unevaluatedProperties"))
        assert found["required"] == list(found["properties"]), path
        for told in found["properties"].values():
            assert re.fullmatch(r"\S.*\.", told["description"]), (path, told)


def test_every_document_that_names_a_schema_has_one() -> None:
    """No name of a schema stands in the code without its file, but those of kept files."""
    code = "".join(file.read_text("utf-8") for file in (HOUSE / "paperlens").rglob("*.py"))
    named = set(re.findall(r'"paperlens\.([a-z-]+)/\d+"', code)) - {"document"}
    told = {
        schema["properties"]["schema"]["const"].removeprefix("paperlens.").removesuffix("/1")
        for schema in schemas().values()
        if "schema" in schema.get("properties", {})
    }
    assert told == named


def test_scripting_names_every_schema() -> None:
    """The page on scripting leads to each of them."""
    page = (HOUSE / "docs" / "scripting.md").read_text("utf-8")
    for name in schemas():
        assert f"(../paperlens/schemas/{name}.json)" in page


@given(holdings)
def test_whatever_a_library_holds_fits(held: Holding) -> None:
    """Any paper with any decisions, summaries and reports is a line as its schema says."""
    report = Report("export", realistic().generated, entries=(entry(held),))
    refuse("report", json.loads(render(report, "json")))
    refuse("report-line", entry_json(report.entries[0]))
    refuse("export-line", entry_json(report.entries[0]) | holding_json(held))


def test_a_report_with_everything_fits() -> None:
    """Summaries, checks, links and notices included."""
    refuse("report", json.loads(render(realistic(), "json")))


def test_the_tests_refuse_what_no_schema_knows(paperlens: Shell) -> None:
    """A key more, a key less, or a time with a zone is a failure of the command that printed it."""
    told = json.loads(render(realistic(), "json"))
    for wrong in (
        told | {"more": 1},
        {name: value for name, value in told.items() if name != "cost"},
        told | {"generated": "2024-04-09T08:00:00+00:00"},
        told | {"papers": [told["papers"][0] | {"more": 1}]},
    ):
        with pytest.raises(AssertionError, match=r"report\.json"):
            refuse_strangers(("today", "--json"), json.dumps(wrong))
    assert paperlens("stats", "--json").code == 0
