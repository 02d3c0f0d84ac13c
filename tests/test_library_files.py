"""The form of the library's files: in order, found without reading, understood when older."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.library import Library
from paperlens.library.lines import Documents, decoded, picked
from paperlens.models import Paper, SavedQuery

KEYS = st.text("0123456789.ab/", min_size=1, max_size=9)
DOCUMENTS = st.dictionaries(
    KEYS, st.dictionaries(st.sampled_from(["a", '": {', "\n"]), st.text(max_size=40), max_size=2)
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def written(documents: dict[str, dict[str, str]]) -> bytes:
    return b"".join(Documents(dict(documents)).encoded())


@given(DOCUMENTS, st.lists(KEYS))
def test_a_document_is_found_without_reading_the_others(
    documents: dict[str, dict[str, str]], absent: list[str]
) -> None:
    """Looking a few up gives what reading the whole file gives, and nothing for what is absent."""
    data = written(documents)
    asked = [*documents, *absent]
    assert picked(data, asked) == {one: documents[one] for one in asked if one in documents}
    assert dict(decoded(data)) == documents


@given(DOCUMENTS.filter(bool), st.data())
def test_a_cut_file_is_never_looked_into(
    documents: dict[str, dict[str, str]], data: st.DataObject
) -> None:
    """Of a file that was cut off nothing is taken for absent: somebody has to read it all."""
    whole = written(documents)
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert picked(whole[:cut], documents) is None


def test_files_are_in_order_of_ids(library: Library, tmp_path: Path) -> None:
    """Whatever came first, a file lists its documents by id: that is what lookups rest on."""
    for one in ("2404.00003", "2404.00001", "2404.00002"):
        library.remember({one: (Paper(one, "Title", (), "", ()), ())})
    file = json.loads((tmp_path / "data/papers/2404.json").read_bytes())
    assert list(file["documents"]) == ["2404.00001", "2404.00002", "2404.00003"]


def earlier(file: Path, *names: str) -> bytes:
    """Write the file as schema 1 had it: its documents in the order of their arrival."""
    held = json.loads(file.read_bytes())["documents"]
    rows = [f'"{name}": {json.dumps(_without_place(held[name]))}' for name in names]
    head = f'{{"schema": 1, "count": {len(rows)}, "documents": {{\n'
    data = (head + ",\n".join(rows) + "\n}}\n").encode()
    file.write_bytes(data)
    return data


def _without_place(document: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in document.items() if name != "place"}


def test_an_earlier_schema_is_brought_up_to_date_and_kept(library: Library, tmp_path: Path) -> None:
    """An earlier paperlens's file is read as it is; when it first changes, the old one is kept."""
    papers = {one: (Paper(one, one, (), "", ()), ()) for one in ("2404.00001", "2404.00002")}
    library.remember(papers)
    file = tmp_path / "data/papers/2404.json"
    before = earlier(file, "2404.00002", "2404.00001")
    assert list(library.known(["2404.00001", "2404.00003"])) == ["2404.00001"]
    assert file.read_bytes() == before
    library.remember({"2404.00000": (Paper("2404.00000", "", (), "", ()), ())})
    library.remember({"2404.00009": (Paper("2404.00009", "", (), "", ()), ())})
    assert len(list(library.ids())) == 4
    assert json.loads(file.read_bytes())["schema"] == 2
    kept = [one for one in file.parent.iterdir() if one != file]
    assert [one.name for one in kept] == ["2404.json.schema-1-1"]
    assert kept[0].read_bytes() == before


def test_queries_of_an_earlier_schema_keep_their_order(library: Library, tmp_path: Path) -> None:
    """Files used to hold queries in the order of their adding; that order outlives the change."""
    for name in ("zebra", "ant"):
        library.add_query(SavedQuery(name, "cat:cs.CV"))
    earlier(tmp_path / "data/queries.json", "zebra", "ant")
    assert [query.name for query in library.queries()] == ["zebra", "ant"]
    library.add_query(SavedQuery("mouse", "cat:cs.CV"))
    assert [query.name for query in library.queries()] == ["zebra", "ant", "mouse"]
