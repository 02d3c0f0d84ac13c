"""What other programs write about papers, and what of it reaches the library."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BufferedReader, BytesIO, RawIOBase

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperlens.bibliography import Fault, Reference, references
from paperlens.holdings import Holding, Mention, ReportRecord, holding_json
from paperlens.ids import LocalId
from paperlens.models import Decision, Entry, Known, Mark, Paper
from paperlens.reports.json import entry_json
from paperlens.unseen import one_line
from tests.test_records import summaries

ATTENTION = "1706.03762"


def read(written: str | bytes, name: str = "") -> list[Reference | Fault]:
    data = written.encode() if isinstance(written, str) else written
    return list(references(BytesIO(data), name))


def one(written: str) -> Reference:
    """The only record of a text."""
    (record,) = read(written)
    assert isinstance(record, Reference), record
    return record


def ids(records: Iterable[Reference | Fault]) -> list[str]:
    return [record.paper.id for record in records if isinstance(record, Reference)]


def faults(records: Iterable[Reference | Fault]) -> list[tuple[int, str]]:
    return [(record.line, record.problem) for record in records if isinstance(record, Fault)]


def bib(fields: str, kind: str = "article") -> str:
    return f"@{kind}{{key,\n  title = {{On Attention}},\n  {fields}\n}}\n"


def tagged(*lines: str) -> str:
    return "\n".join(["TY  - JOUR", "TI  - On Attention", *lines, "ER  - ", ""])


# arXiv's number, wherever programs put it


@pytest.mark.parametrize(
    "fields",
    [
        "eprint={1706.03762}, archivePrefix={arXiv}, primaryClass={cs.CL}",
        "eprint = {1706.03762}, eprinttype = {arxiv}",
        "eprint = {1706.03762v5}",
        "eprint = {https://arxiv.org/pdf/1706.03762}",
        "journal={arXiv preprint arXiv:1706.03762}",
        "journal={arXiv preprint arXiv:1706.03762v5 (2017)}",
        "journal = {CoRR}, volume = {abs/1706.03762}",
        "journal={ArXiv}, volume={abs/1706.03762}",
        "journal = {arXiv e-prints}, eid = {arXiv:1706.03762}, pages = {arXiv:1706.03762}",
        "publisher = {arXiv}, number = {arXiv:1706.03762}",
        "publisher = {arXiv}, number = {1706.03762}",
        "doi = {10.48550/arXiv.1706.03762}",
        "doi = {10.48550/ARXIV.1706.03762}",
        "url = {https://arxiv.org/abs/1706.03762}",
        "url = {http://arxiv.org/abs/1706.03762 https://example.org/}",
        r"howpublished = {\url{https://arxiv.org/abs/1706.03762}}",
        "note = {arXiv:1706.03762 [cs]}",
        "note = {arXiv: 1706.03762 [cs, stat]}",
        r"note = {\_eprint: 1706.03762}",
        "arxivId = {1706.03762}",
        "eprint = {https://academic.oup.com/x.pdf}, url = {arxiv.org/abs/1706.03762}",
    ],
)
def test_bibtex_names_papers_of_arxiv_in_many_ways(fields: str) -> None:
    """arXiv's number is found in each field into which a known program writes it."""
    assert one(bib(fields)).paper.id == ATTENTION


@pytest.mark.parametrize(
    "lines",
    [
        ["JO  - arXiv preprint arXiv:1706.03762"],
        ["UR  - http://arxiv.org/abs/1706.03762"],
        ["DO  - 10.48550/arXiv.1706.03762"],
        ["N1  - arXiv:1706.03762 [cs]"],
        ["N1  - <p>arXiv:1706.03762 [cs]</p>"],
        ["AN  - arXiv:1706.03762"],
        ["DP  - arXiv.org", "AN  - 1706.03762"],
        ["PB  - arXiv", "M1  - 1706.03762"],
        ["M1  - arXiv:1706.03762"],
        ["L1  - https://arxiv.org/pdf/1706.03762"],
    ],
)
def test_ris_names_papers_of_arxiv_in_many_ways(lines: list[str]) -> None:
    """The same of RIS."""
    assert one(tagged(*lines)).paper.id == ATTENTION


@pytest.mark.parametrize(
    "item",
    [
        {"DOI": "10.48550/arXiv.1706.03762"},
        {"URL": "https://arxiv.org/abs/1706.03762v5"},
        {"number": "arXiv:1706.03762"},
        {"note": "arXiv:1706.03762 [cs]\nCitation Key: x"},
        {"archive": "arXiv", "archive_location": "1706.03762"},
        {"publisher": "arXiv", "number": "1706.03762"},
        {"container-title": "arXiv preprint arXiv:1706.03762"},
    ],
)
def test_csl_names_papers_of_arxiv_in_many_ways(item: dict[str, str]) -> None:
    """The same of CSL-JSON."""
    told = {"id": "x", "type": "article", "title": "On Attention"}
    assert one(json.dumps([told | item])).paper.id == ATTENTION


@pytest.mark.parametrize(
    "written",
    [
        bib("pages = {1234-5678}, isbn = {978-1706.03762}"),
        bib("number = {1706.03762}, institution = {NASA}", "techreport"),
        bib("eprint = {1706.03762}, eprinttype = {jstor}"),
        bib("note = {compare arXiv:1706.03762 and its critics}"),
        bib("note = {arXiv:1706.03762 is what this paper answers}"),
        bib("abstract = {We extend arXiv:1706.03762.}"),
        tagged("M1  - 1706.03762", "JO  - Nature", "N1  - see arXiv:1706.03762"),
        json.dumps([{"type": "report", "title": "On Attention", "number": "1706.03762"}]),
    ],
)
def test_no_other_number_is_taken_for_arxivs(written: str) -> None:
    """Pages, ISBNs, report numbers, and papers that a note or an abstract mentions are others."""
    record = one(written)
    assert record.paper.id.startswith("local:on-attention-")


# What is told of a paper


def test_an_entry_becomes_a_paper() -> None:
    """Title, authors, abstract, categories, comment, tags and note, as a reader writes them."""
    record = one(r"""
        @misc{key,
          title = {{BERT}: {P}re-training of \emph{Deep} Models on $\mathbb{R}^n$ \& more},
          author = "M{\"u}ller, J{\'e}r\^ome and van der Berg, Jr, Jan and {Ox and Bow} and others",
          abstract = {It is 5\% better.},
          eprint = {1810.04805v2}, archiveprefix = {arXiv}, primaryclass = {cs.CL},
          date = {2018-10-11},
          note = {arXiv:1810.04805 [cs, cs.LG]
                  Comment: 13 pages
                  Publisher: arXiv
                  My own words.},
          keywords = {language; to read},
        }
        """)
    assert record.paper == Paper(
        "1810.04805",
        "BERT: Pre-training of Deep Models on ℝⁿ & more",
        ("Jérôme Müller", "Jan van der Berg Jr", "Ox and Bow"),
        "It is 5% better.",
        ("cs.CL", "cs.LG"),
        version=2,
        published=datetime(2018, 10, 11, tzinfo=UTC),
        comment="13 pages",
    )
    decision = Decision(tags=("language", "to read"), note="My own words.")
    assert record.holding.known.decision == decision
    assert not record.is_bare
    assert not record.lacks_details


@pytest.mark.parametrize(
    ("told", "names"),
    [
        (
            r"Ha, J. and \O{}rsted, H. and \L{}ukasz, K. and \AA{}berg, P and \"Ozg\"ur, A"
            r" and \'Alvarez, B",
            "J. Ha|H. Ørsted|K. Łukasz|P Åberg|A Özgür|B Álvarez",
        ),
        (r"{\'E}cole and Sons AND \v{S}koda, {\"U}. and {\O}re, \o{}ystein",
         "École|Sons|Ü. Škoda|øystein Øre"),
        (r"{Simon and \'Ecole} and Sandy Anders\nand others", "Simon and École|Sandy Anders"),
        (r"\unknown Foo and {{Deep} and} Bar", r"\unknown Foo|Deep and Bar"),
        (r"B{\"o}hm, A and\n  {\'A}lvarez, B", "A Böhm|B Álvarez"),
        ("Brandt and\tand  Andy", "Brandt|Andy"),
    ],
)  # fmt: skip
def test_people_are_told_apart(told: str, names: str) -> None:
    """Names keep the letters that TeX has commands for; braces hold a name together."""
    text = told.replace(r"\n", "\n")
    assert one(bib(f"author = {{{text}}}")).paper.authors == tuple(names.split("|"))


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ("author = {Aad, G and others}, collaboration = {ATLAS}", "G Aad|ATLAS Collaboration"),
        ("author = {Aad, G and others}", "G Aad"),
        ("author = {Aad, G and Bo, H}, collaboration = {ATLAS}", "G Aad|H Bo"),
        (
            "author = {Abbott, B and others}, collaboration = {LIGO Scientific, Virgo}",
            "B Abbott|LIGO Scientific Collaboration|Virgo Collaboration",
        ),
        ("collaboration = {The CMS Collaboration}", "The CMS Collaboration"),
    ],
)
def test_a_collaboration_stands_for_those_who_are_not_named(fields: str, names: str) -> None:
    """Where the authors end in `and others`, the collaboration is a sign of more."""
    assert one(bib(fields)).paper.authors == tuple(names.split("|"))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (r"journal = {\apj}, volume = 5, year = 2020", "ApJ 5 (2020)"),
        (r"journal = {{\mnras}}, year = 2020", "MNRAS (2020)"),
        (r"journal = {\prl}", "Phys. Rev. Lett."),
        (r"journal = {\aap}", "A&A"),
        (r"journal = {\nat}", "Nature"),
        (r"journal = {\unheard}", r"\unheard"),
        ("booktitle = {NeurIPS 2020}, year = 2020", "NeurIPS 2020"),
        ("booktitle = {NeurIPS 2020}, year = 2021", "NeurIPS 2020 (2021)"),
    ],
)
def test_journals_are_told_as_readers_know_them(fields: str, told: str) -> None:
    """The commands of ADS are abbreviations of journals; a year is told once."""
    assert one(bib(fields)).paper.journal_ref == told


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (r"An {\$}\alpha{\$} of {\$}x{\_}1{\^{}}2{\$}", "An α of x₁²"),
        (r"From {\$}5 to {\$}10", "From $5 to $10"),
    ],
)
def test_mendeleys_formulas_are_formulas(told: str, title: str) -> None:
    """Mendeley escapes the dollars of formulas; prices stay prices."""
    assert one(f"@misc{{a, title = {{{told}}}}}").paper.title == title


PUBLISHED = Paper(
    "doi:10.1038/nature14539",
    "Deep learning",
    ("Yann LeCun", "Geoffrey Hinton"),
    "",
    (),
    published=datetime(2015, 5, 28, tzinfo=UTC),
    doi="10.1038/nature14539",
    journal_ref="Nature 521 (2015) 436–444",
    address="https://www.nature.com/articles/nature14539",
)


@pytest.mark.parametrize(
    "written",
    [
        """@string{nat = "Na" # {ture}}
        @article(deep, title = "Deep learning", author = {LeCun, Yann and Geoffrey Hinton},
          journal = nat, volume = 521, pages = {436--444}, year = 2015, month = may, day = 28,
          doi = {https://doi.org/10.1038/nature14539},
          url = {https://www.nature.com/articles/nature14539})""",
        """TY  - JOUR\nT1  - Deep\n learning\nAU  - LeCun, Yann\nAU  - Hinton, Geoffrey
JO  - Nature\nVL  - 521\nSP  - 436\nEP  - 444\nPY  - 2015\nDA  - 2015/05/28/
DO  - 10.1038/nature14539\nUR  - https://www.nature.com/articles/nature14539\nER  - """,
        """[{"id": "deep", "type": "article-journal", "title": "Deep <i>learning</i>",
        "author": [{"family": "LeCun", "given": "Yann"}, {"literal": "Geoffrey Hinton"}],
        "container-title": "Nature", "volume": 521, "page": "436–444", "DOI": "10.1038/nature14539",
        "URL": "https://www.nature.com/articles/nature14539",
        "issued": {"date-parts": [["2015", 5, 28]]}}]""",
    ],
    ids=["bibtex", "ris", "csl"],
)
def test_papers_that_are_not_arxivs_are_told_alike_by_each_format(written: str) -> None:
    """A paper with a DOI has its journal, its day and its address, whoever wrote it down."""
    assert one(written).paper == PUBLISHED


@pytest.mark.parametrize("told", ["year = 2015", "year = 2015, month = may", "date = {2015-05}"])
def test_a_day_is_never_guessed(told: str) -> None:
    """A year, or a month, is no date of publication."""
    assert one(bib(told)).paper.published is None


def test_a_crossref_brings_the_proceedings() -> None:
    """A paper takes what it lacks from the proceedings, which are no paper themselves."""
    paper = one(
        "@inproceedings{a, title={On Attention}, pages={1--9}, crossref={Proc17}}\n"
        "@proceedings{proc17, title={Proc. of Things}, year={2017}, url={https://x.org}}\n"
    ).paper
    assert (paper.title, paper.journal_ref) == ("On Attention", "Proc. of Things (2017) 1–9")
    assert paper.address is None


def test_strings_of_strings_do_not_grow_without_end() -> None:
    """A few lines that would fill the memory are Faults."""
    doubling = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(40))
    records = read(f"@string{{s0 = {{ten signs.}}}}\n{doubling}@article{{a, title = s3}}\n")
    assert [line for line, _ in faults(records)][:1] == [11]
    (paper,) = (record.paper for record in records if isinstance(record, Reference))
    assert paper.title == "ten signs." * 8


def test_only_web_addresses_are_kept() -> None:
    """What a browser should not be sent to is no address of a paper."""
    assert one(bib("url = {javascript:alert(1)}")).paper.address is None
    written = '{"title": "T", "abstract": "A", "url": "file:///etc/passwd"}'
    assert one(written).paper.address is None


# Bad records


def test_a_broken_entry_costs_only_itself() -> None:
    """Each entry that cannot be read is named with its line; those between are taken."""
    records = read(
        b"% Encoding: UTF-8\nWords between entries are comments.\n"
        b"@comment{jabref-meta: databaseType:bibtex;}\n"
        b"@article{a, title={Never closed, author={x}\n"
        b"@article{b, eprint={1706.03762}}\n"
        b"@article{c, title={No comma} year={2017}}\n"
        b"@article{d, title={M\xfcller}}\n"
        b"@article{e, eprint={1810.04805}, eprint={1512.03385}}\n"
        b"@article{e, eprint={1512.03385}}\n"
        b"@article{f, author={Nobody}}\n"
    )
    assert ids(records) == ["1706.03762", "1810.04805", "1512.03385"]
    assert faults(records) == [
        (4, "does not end: a closing brace or quote is missing"),
        (6, "is not BibTeX: a field is not closed, or no comma follows it"),
        (7, "is not text in UTF-8; convert it first, as with iconv"),
        (10, '"title" is missing'),
    ]


def test_a_broken_record_of_ris_costs_only_itself() -> None:
    """A record without its beginning or its end is named, and so is one without a title."""
    records = read(
        tagged("AN  - arXiv:1706.03762")
        + "AU  - Stray\nER  - \nTY  - JOUR\nTI  - Cut\n"
        + tagged("AN  - arXiv:1810.04805")
        + "TY  - JOUR\nER  - "
    )
    assert ids(records) == ["1706.03762", "1810.04805"]
    assert [line for line, _ in faults(records)] == [5, 7, 13]


def test_broken_lines_cost_only_themselves() -> None:
    """JSON Lines and ids may stand in one file; what is neither is named with its line."""
    records = read(
        b'{"id": "arXiv:1706.03762v5", "unheard of": 1}\n'
        b'{"id": "1810.04805", "tit\n'
        b"\n"
        b'{"id": "1512.03385", "authors": "He"}\n'
        b'{"title": "T"}\n'
        b'{"id": "attention"}\n'
        b"\xff\x00\n"
        b'{"id": ' + b"[" * 100_000 + b"\n"
        b'{"id": "2404.05674", "version": ' + b"9" * 5000 + b"}\n"
        b'{"title": "T", "abstract": "A", "authors": null}\n'
    )
    assert ids(records) == ["1706.03762", LocalId.of("T", ()).number]
    assert faults(records) == [
        (2, "is not JSON: unterminated string at column 22"),
        (4, "\"authors\": expected a list, not 'He'"),
        (5, 'has no "id", nor both "title" and "abstract"'),
        (6, '"attention" is no id of a paper'),
        (7, "is not text in UTF-8; convert it first, as with iconv"),
        (8, "is nested too deeply"),
        (9, "has a number that is too long"),
    ]


def test_papers_before_broken_json_are_taken() -> None:
    """In one document of many lines, the place where it breaks is named."""
    records = read('[\n{"type": "a", "title": "T"},\n{"type": "a"},\n{"type": }\n]')
    assert ids(records) == [LocalId.of("T", ()).number]
    assert faults(records) == [
        (3, '"title" is missing'),
        (4, "is not JSON: expecting value, so nothing from here on is read"),
    ]


def test_a_paper_of_many_megabytes_costs_only_itself() -> None:
    """In one document, too, a record that is far too long is named, and the next is taken."""
    papers = [{"id": "1706.03762", "abstract": "9" * 16_000_000}, {"id": "1810.04805"}]
    records = read(json.dumps(papers, indent=0))
    assert ids(records) == ["1810.04805"]
    assert faults(records) == [(2, "is longer than 16 MB")]


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.5\n1706.03762\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x1f\x8b\x08\x00\n1706.03762",
        "1706.03762\n1810.04805\n".encode("utf-16"),
        "@article{a, title={T}}\n".encode("utf-16"),
        b"<!doctype html>\n<html>",
        b"{\\rtf1 1706.03762}",
    ],
    ids=["pdf", "png", "gzip", "utf-16", "utf-16 bib", "html", "rtf"],
)
def test_other_files_are_refused_at_once(data: bytes) -> None:
    """A file that cannot be a list of papers is one Fault, and no paper."""
    assert [line for line, _ in faults(read(data))] == [1]
    assert ids(read(data)) == []


class LongLine(RawIOBase):
    """One line that is longer than memory should be, between two ids."""

    def __init__(self, size: int) -> None:
        self._parts = [b"1706.03762\n", *[b"9" * 1_000_000] * (size // 1_000_000), b"\n1810.04805"]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._parts.pop(0) if self._parts else b""
        taken = min(len(part), len(buffer))
        buffer[:taken] = part[:taken]
        if part[taken:]:
            self._parts.insert(0, part[taken:])
        return taken


def test_a_line_without_end_is_skipped() -> None:
    """A line of many megabytes is named, and the next is read as usual."""
    records = list(references(BufferedReader(LongLine(50_000_000))))
    assert ids(records) == ["1706.03762", "1810.04805"]
    assert faults(records) == [(2, "is longer than 16 MB")]


def test_large_documents_are_refused() -> None:
    """One document is held in memory many times over: papers by the million come as lines."""
    (fault,) = read(b"[" + b" " * 64_000_000 + b"]")
    assert isinstance(fault, Fault)
    told = "is larger than 64 MB; as JSON Lines it may be of any size"
    assert (fault.line, fault.problem) == (1, told)


# Lists, and what paperlens wrote itself


@pytest.mark.parametrize(
    ("written", "lacks"),
    [
        ('{"id": "1706.03762", "title": "T"}', False),
        ('[{"id": "1706.03762", "title": "T"}]', False),
        ('{\n"papers": [{"id": "1706.03762", "title": "T"}]}', False),
        ('{"id": "1706.03762"}', True),
        ("1706.03762", True),
        ('[{"type": "a", "title": "T", "number": "arXiv:1706.03762"}]', True),
        ("@misc{a, title={T}, eprint={1706.03762}}", True),
    ],
)
def test_only_other_programs_papers_lack_details(written: str, lacks: bool) -> None:
    """What a library wrote is as complete as it was there, unless it is an id alone."""
    assert one(written).lacks_details is lacks


def test_lists_of_ids() -> None:
    """Ids in any spelling, with comments, blank lines, commas and a byte order mark."""
    records = read(
        "\ufeff1706.03762\r\n# read these\r\n\r\n"
        "arXiv:1810.04805v2, hep-th/9901001,\r\n"
        "https://arxiv.org/abs/1512.03385#top  # a comment\r\n"
        "https://doi.org/10.1038/nature14539\r\n"
        "1706.03762 attention\r\n"
    )
    assert ids(records) == [
        "1706.03762", "1810.04805", "hep-th/9901001", "1512.03385", "doi:10.1038/nature14539",
    ]  # fmt: skip
    assert [record.line for record in records] == [1, 4, 4, 5, 6, 7]
    assert all(record.is_bare for record in records if isinstance(record, Reference))
    assert faults(records) == [(7, '"attention" is no id of a paper')]


texts = st.text(max_size=20).map(one_line)
some_texts = st.lists(texts.filter(bool), max_size=3).map(tuple)
maybe_texts = st.none() | texts
times = st.none() | st.datetimes(
    datetime(1991, 8, 1), datetime(2100, 1, 1), timezones=st.just(UTC)
).map(lambda moment: moment.replace(microsecond=0))
papers = st.builds(
    Paper,
    id=st.sampled_from([ATTENTION, "hep-th/9901001", "doi:10.1000/x", "local:t-e3b98a4d"]),
    title=texts,
    authors=some_texts,
    abstract=texts,
    categories=some_texts,
    version=st.none(),
    published=times,
    updated=times,
    announced=st.none() | st.dates(),
    announce_type=maybe_texts,
    comment=maybe_texts,
    doi=maybe_texts,
    journal_ref=maybe_texts,
    license=maybe_texts,
)
decisions = st.builds(
    Decision,
    mark=st.sampled_from(Mark),
    tags=some_texts,
    note=st.none() | st.just("a\n\nb") | texts,
)
holdings = st.builds(
    Holding,
    known=st.builds(
        Known, papers, queries=some_texts, reported=st.none() | st.dates(), decision=decisions
    ),
    summaries=st.dictionaries(texts, summaries, max_size=2),
    mentions=st.just((Mention(1, ReportRecord("today", datetime(2026, 11, 21, tzinfo=UTC)), 1),)),
)


def entry(holding: Holding) -> Entry:
    known = holding.known
    return Entry(known.paper, queries=known.queries, decision=known.decision)


@given(st.lists(holdings, min_size=1, max_size=3))
def test_what_paperlens_wrote_comes_back_equal(held: list[Holding]) -> None:
    """A library's own lines lose nothing on their way, as lines or as one document."""
    told = [{**entry_json(entry(one)), **holding_json(one)} for one in held]
    written = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told)
    enclosed = json.dumps({"schema": "paperlens.report/1", "papers": told}, indent=2)
    for form in (written, enclosed, json.dumps(told), json.dumps({"papers": told})):
        records = read(form.encode("utf-8", "replace"))
        assert faults(records) == []
        assert [one.holding for one in records if isinstance(one, Reference)] == held


_SEEDS = st.sampled_from(
    [
        "@article{a,\n", "title = {", "author = {A and B, C},\n", "}", '"', "#", "\\", ",\n", "=",
        "@string{x = ", "crossref = {a},", "TY  - JOUR\n", "TI  - T\n", "AU  - A, B\n", "ER  - \n",
        "DA  - 2020/13/45\n", '{"id": "', "1706.03762", '"}', "\n", '{"papers": [', "[", "]", "{",
        '"title": "T", "abstract": "A"', '{"type": "a", "title": "T", "issued": ', '"date-parts"',
        ":", "null", "1e999", "\\ud800", "\ufeff", "\u202e", "\x00", "arXiv:", "10.48550/arXiv.",
    ]
)  # fmt: skip
_HOSTILE = st.binary(max_size=200) | st.lists(_SEEDS | st.text(max_size=4), max_size=30).map(
    lambda parts: "".join(parts).encode("utf-8", "replace")
)


@given(_HOSTILE, st.sampled_from(["", "x.bib", "x.ris", "x.json"]))
@example(b"TY  - \n  -\nER  -", "")
@example(b"@{}", "")
@example(b"@a{b, title={\xff}}\n@a{c, crossref={b}}", "")
def test_any_bytes_are_papers_or_faults(data: bytes, name: str) -> None:
    """Whatever a file holds: no crash, no paper without a name, no character that hides."""
    for record in read(data, name):
        assert record.line >= 1
        if isinstance(record, Fault):
            assert record.problem == one_line(record.problem)
        else:
            paper = record.paper
            assert paper.id
            assert paper.title == one_line(paper.title)
            assert paper.title or record.is_bare
