"""One spelling of our data in JSON, both ways."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens import records
from paperlens.models import (
    Checks,
    Cost,
    Decision,
    Mark,
    Notice,
    Paper,
    SavedQuery,
    Summary,
    Unverified,
)

words = st.text(max_size=20)
some_words = st.lists(words, max_size=3).map(tuple)
seconds = st.datetimes(
    min_value=datetime(1991, 8, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
).map(lambda moment: moment.replace(microsecond=0))
numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)
counts = st.integers(0, 10**9)

papers = st.builds(
    Paper,
    id=st.text(min_size=1, max_size=20),
    title=words,
    authors=some_words,
    abstract=words,
    categories=some_words,
    version=st.none() | st.integers(1, 99),
    published=st.none() | seconds,
    updated=st.none() | seconds,
    announced=st.none() | st.dates(),
    announce_type=st.none() | words,
    comment=st.none() | words,
    doi=st.none() | words,
    journal_ref=st.none() | words,
    license=st.none() | words,
)
checks = st.builds(
    Checks,
    grounded=numbers,
    unverified=st.lists(st.builds(Unverified, field=words, text=words, kind=words), max_size=2).map(
        tuple
    ),
)
costs = st.builds(Cost, usd=st.none() | numbers, tokens_in=counts, tokens_out=counts)
summaries = st.builds(
    Summary,
    template=words,
    language=words,
    model=words,
    source=words,
    fields=st.dictionaries(words, st.none() | words | some_words, max_size=3),
    created=seconds,
    checks=st.none() | checks,
    cost=costs,
)
decisions = st.builds(Decision, mark=st.sampled_from(Mark), tags=some_words, note=st.none() | words)
queries = st.builds(SavedQuery, name=words, expr=words, weight=numbers, tags=some_words)

PAPER = Paper(
    id="2404.05674",
    title="MoMA",
    authors=("Kunpeng Song",),
    abstract="We present MoMA.",
    categories=("cs.CV",),
    version=1,
    published=datetime(2024, 4, 8, 17, 0, tzinfo=UTC),
    announced=date(2024, 4, 9),
)


def through_json(value: object) -> object:
    return json.loads(json.dumps(value, ensure_ascii=False).encode())


@given(papers)
def test_every_paper_survives_json(paper: Paper) -> None:
    """A paper written as JSON and read back is the same paper."""
    assert records.paper_from(through_json(records.paper_json(paper))) == paper


@given(summaries)
def test_every_summary_survives_json(summary: Summary) -> None:
    """A summary keeps its fields, lists as lists and text as text, its checks and its cost."""
    assert records.summary_from(through_json(records.summary_json(summary))) == summary


@given(decisions, queries, costs, words)
def test_what_else_is_kept_survives_json(
    decision: Decision, query: SavedQuery, cost: Cost, told: str
) -> None:
    """What the reader decided and asks, what models took, and notices, come back unchanged."""
    assert records.decision_from(through_json(records.decision_json(decision))) == decision
    assert records.saved_query_from(through_json(records.saved_query_json(query))) == query
    assert records.cost_from(through_json(records.cost_json(cost))) == cost
    notice = Notice("feed-only", told)
    assert records.notice_from(through_json(records.notice_json(notice))) == notice


def test_the_fields_are_those_of_the_contract() -> None:
    """A paper is spelled with the documented names, in the documented order, times in UTC."""
    told = records.paper_json(PAPER)
    assert list(told) == [
        "id", "version", "title", "authors", "abstract", "categories", "published", "updated",
        "announced", "announce_type", "comment", "doi", "journal_ref", "license", "url", "pdf_url",
    ]  # fmt: skip
    assert told["published"] == "2024-04-08T17:00:00Z"
    assert told["announced"] == "2024-04-09"
    assert told["updated"] is None
    assert told["url"] == "https://arxiv.org/abs/2404.05674v1"


def test_times_of_other_zones_are_told_in_utc() -> None:
    """A time is converted to UTC and told in whole seconds."""
    new_york = timezone(timedelta(hours=-4))
    moment = datetime(2024, 4, 8, 20, 0, 0, 123456, tzinfo=new_york)
    assert records.time_json(moment) == "2024-04-09T00:00:00Z"
    assert records.time("2024-04-08T20:00:00-04:00") == datetime(2024, 4, 9, tzinfo=UTC)


def test_a_time_without_a_zone_is_refused() -> None:
    """A time that could be any hour is never written, nor read."""
    with pytest.raises(ValueError, match="no time zone"):
        records.time_json(datetime(2024, 4, 8))
    with pytest.raises(ValueError, match="published"):
        records.paper_from(records.paper_json(PAPER) | {"published": "2024-04-08T17:00:00"})


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", None, '"title": expected text, not None'),
        ("title", 7, '"title": expected text, not 7'),
        ("id", "", '"id" is empty'),
        ("authors", "Kunpeng Song", '"authors": expected a list'),
        ("authors", [1], '"authors": expected text, not 1'),
        ("version", "1", '"version": expected a whole number'),
        ("version", True, '"version": expected a whole number'),
        ("version", 0, '"version": expected a number from 1'),
        ("published", "yesterday", '"published": expected a time like'),
        ("published", "0001-01-01T00:00:00+05:00", '"published": expected a time like'),
        ("announced", "2024-13-01", '"announced": expected a day like'),
        ("comment", ["x" * 99], '"comment": expected text, not'),
    ],
)
def test_a_wrong_field_is_named(field: str, value: object, told: str) -> None:
    """Reading says which field does not fit, and what was expected."""
    with pytest.raises(ValueError) as refusal:
        records.paper_from(records.paper_json(PAPER) | {field: value})
    assert told in str(refusal.value)
    assert len(str(refusal.value)) < 120


@pytest.mark.parametrize("field", ["id", "title", "authors", "abstract", "categories"])
def test_a_missing_field_is_named(field: str) -> None:
    """What a paper cannot be without is asked for by name."""
    told = records.paper_json(PAPER)
    del told[field]
    with pytest.raises(ValueError, match=f'"{field}" is missing'):
        records.paper_from(told)


def test_wrong_numbers_and_marks_are_refused() -> None:
    """Infinite, endless and textual numbers, and unknown marks are no data."""
    query = records.saved_query_json(SavedQuery("q", "cat:cs.CV"))
    for weight in (float("nan"), float("inf"), 10**400, "1", True):
        with pytest.raises(ValueError, match="weight"):
            records.saved_query_from(query | {"weight": weight})
    with pytest.raises(ValueError, match="one of new, star, later, read, skip"):
        records.decision_from({"mark": "starred"})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted(records.paper_json(PAPER))), json_values)
def test_reading_either_understands_or_refuses(field: str, value: object) -> None:
    """Whatever stands in a field, reading a paper ends in a paper or in a ValueError."""
    try:
        records.paper_from(records.paper_json(PAPER) | {field: value})
    except ValueError as refusal:
        assert field in str(refusal)


@given(json_values)
def test_reading_anything_at_all_is_safe(value: object) -> None:
    """Whatever is given instead of an object is refused, not stumbled over."""
    for read in (
        records.paper_from,
        records.summary_from,
        records.decision_from,
        records.cost_from,
        records.notice_from,
        records.saved_query_from,
    ):
        with pytest.raises(ValueError):
            read(value)
