"""Whatever a command prints as JSON is held against the schemas that paperlens publishes."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

_OF_LINES = {"sections": "text-line", "summaries": "export-line", "abstract": "report-line"}


def schemas() -> dict[str, dict[str, Any]]:
    """Those that the package brings, by name."""
    folder = files("paperlens") / "schemas"
    return {
        file.name.removesuffix(".json"): json.loads(file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".json")
    }


def refuse_strangers(words: Sequence[str], out: str) -> None:
    """Fail if a command that was asked for JSON printed anything that no schema knows."""
    for name, value in _documents(words, out) if out else ():
        refuse(name, value)


def refuse(name: str, value: object) -> None:
    """Fail if a value is not what the schema of that name says."""
    wrong = next(_validator(name).iter_errors(value), None)
    assert wrong is None, f"{name}.json: {wrong and wrong.json_path}: {wrong and wrong.message}"


def line_of(value: dict[str, Any]) -> str:
    """The schema of a line of JSON Lines."""
    return next((name for key, name in _OF_LINES.items() if key in value), "figures-line")


def _documents(words: Sequence[str], out: str) -> Iterator[tuple[str, Any]]:
    asked = {*words}
    is_export = words[:1] == ("export",) and "--to" in words
    if asked & {"--help", "-o", "--output"}:
        return
    if "--jsonl" in asked or (is_export and "jsonl" in asked):
        for line in out.splitlines():
            yield line_of(value := json.loads(line)), value
    elif "--json" in asked or (is_export and "json" in asked):
        value = json.loads(out)
        if words[0] == "interests":
            yield "interests", value
        elif words[0] == "query":
            yield {"list": "queries", "show": "query", "test": "query-test"}[words[1]], value
        else:
            yield value["schema"].removeprefix("paperlens.").removesuffix("/1"), value


@cache
def _validator(name: str) -> Draft202012Validator:
    known = schemas()
    registry: Registry[Any] = Registry().with_resources(
        (one["$id"], Resource.from_contents(one)) for one in known.values()
    )
    return Draft202012Validator(known[name], registry=registry, format_checker=FormatChecker())
