"""The query language is arXiv's own, so that a query can be pasted from there and back."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperlens.errors import QueryError
from paperlens.models import Paper
from paperlens.query import FIELDS, Hit, parse
from paperlens.query.tree import Node, Range, Term, all_of, any_of

PAPER = Paper(
    id="2404.05674",
    version=1,
    title="MoMA: Multimodal LLM Adapter for\n  Fast Text-to-Image Generation",
    authors=(r"Bernal Jim\'enez Guti\'errez", "Adrian Del Maestro", "Ashish Vaswani", "王小明"),
    abstract=r"We follow Erd\H{o}s. Diffusion models generate H$_2$O in the style of"
    "\nVan Gogh's paintings. 我们提出了扩散模型的方法。",
    categories=("cs.CV", "cs.LG"),
    published=datetime(2024, 4, 8, 12, 30, 59, tzinfo=UTC),
    updated=datetime(2024, 4, 8, 12, 30, 59, tzinfo=UTC),
    announced=date(2024, 4, 9),
    comment="Accepted at ECCV 2024, 14 pages",
    journal_ref="Phys. Rev. Lett. 120 (2018)",
    doi="10.1038/418838a",
)
FROM_FEED = replace(
    PAPER,
    announce_type="new",
    version=None,
    published=None,
    updated=None,
    comment=None,
    journal_ref=None,
    doi=None,
)


@pytest.mark.parametrize(
    "text",
    [
        "diffusion",
        "DIFFUSION",
        "ti:moma",
        "TI:MoMA",
        "abs:diffusion and ti:adapter",
        'ti:"adapter for fast"',
        'abs:"style of van gogh"',
        'abs:"van gogh\'s paintings"',
        "ti:text-to-image",
        'ti:"text to image"',
        "ti:text_to_image",
        'abs:"diffusion model"',
        "abs:painting",
        "abs:diffus*",
        "abs:erdos",
        "abs:Erdős",
        r"abs:Erd\H{o}s",
        "abs:H2O",
        "abs:扩散模型",
        "模型的方法",
        "au:jimenez",
        "au:Jiménez",
        r'au:"Jim\'enez Guti\'errez"',
        "au:del_maestro",
        'au:"del maestro"',
        "au:del_mae*",
        "au:maestro_a",
        "au:vaswani_a",
        "au:vaswani_a*",
        'au:"A Vaswani"',
        'au:"A. Vaswani"',
        'au:"Vaswani, Ashish"',
        'au:"B Gutierrez"',
        "au:小明",
        "cat:cs.CV",
        "cat:CS.cv",
        "cat:cs.*",
        "cat:cs.C*",
        "cat:cs",
        'cat:"cs.LG"',
        "co:eccv",
        'jr:"phys rev lett"',
        "doi:10.1038/418838a",
        "id:2404.05674",
        "id:2404.05674v3",
        "id:arXiv:2404.05674",
        "id:2404*",
        "all:2404.05674",
        "all:cs.LG",
        "eccv",
        "ti:nothing diffusion",
        "ti:(nothing OR moma)",
        "ti:(moma AND (nothing OR abs:erdos))",
        "ti:nothing AND abs:nothing OR diffusion",
        "ti:moma ANDNOT ti:survey",
        "ti:moma NOT ti:survey",
        "ti:moma AND NOT ti:survey",
        "ti:moma AND submittedDate:[202404081230 TO 202404081230]",
        "“adapter for fast”",
    ],
)
def test_a_paper_is_found(text: str) -> None:
    """What arXiv would find with an expression is found here."""
    assert parse(text).matches(PAPER)


@pytest.mark.parametrize(
    "text",
    [
        "abs:diffus",
        "ti:text-image",
        'ti:"fast adapter"',
        'abs:"van gogh paintings we"',
        "ti:diffusion",
        "au:diffusion",
        "au:vaswani_b",
        'au:"Jimenez Del"',
        'au:"Gutierrez Del"',
        "cat:cs.C",
        "cat:stat.ML",
        "cat:math*",
        "cs",
        "id:2404.05675",
        "abs:扩模",
        "ti:moma AND ti:nothing OR abs:nothing",
        "ti:moma ANDNOT (ti:nothing OR diffusion)",
        "ti:moma AND submittedDate:[202404081231 TO 202404091230]",
    ],
)
def test_a_paper_is_not_found(text: str) -> None:
    """Words are whole, phrases are in order, and each name is one author's."""
    assert not parse(text).matches(PAPER)


def test_a_phrase_does_not_run_from_one_author_or_field_into_the_next() -> None:
    """The end of one name and the beginning of the next are not a name."""
    assert not parse('"Gutierrez Adrian"').matches(PAPER)
    assert not parse('"generation we"').matches(PAPER)


def test_a_replaced_letter_is_found_in_either_spelling() -> None:
    """Letters that are no accented ones are found by their plain spelling too."""
    paper = Paper("2404.00001", "On ß", (r"S\o ren {\L}ukasz",), "Straße", ("cs.AI",))
    assert parse("au:soren AND au:łukasz AND abs:strasse").matches(paper)


@pytest.mark.parametrize(
    ("text", "problem", "column"),
    [
        ("cat:cs.CV AND", "expected a word after AND", 13),
        ("cat:cs.CV AND   ", "expected a word after AND", 13),
        ("a AND OR b", "expected a word after AND", 6),
        ("a or", "expected a word after OR", 4),
        ("OR a", "expected a word", 0),
        ("", "expected a word", 0),
        ("ti:", "expected a word after ti:", 3),
        ("ti:au:x", "expected a word after ti:", 3),
        ("a AND ()", "expected a word after (", 7),
        ("NOT a", "nothing stands before NOT to take from", 0),
        ("b OR ANDNOT a", "nothing stands before ANDNOT to take from", 5),
        ("b AND (not a)", "nothing stands before NOT to take from", 7),
        ("x AND tit:foo", 'unknown field "tit"; did you mean ti:?', 6),
        ("title:foo", 'unknown field "title"; did you mean ti:?', 0),
        ("(a OR (b AND c)", "this parenthesis is never closed", 0),
        ("a OR b)", "no parenthesis is open here", 6),
        ('ti:"a b', "this quote is never closed", 3),
        ('ti:""', "nothing stands between these quotes", 3),
        ("a*b", "a * may stand only at the end of a word", 1),
        ("ti:*", "a * may stand only at the end of a word", 3),
        ('"diffus*"', "inside quotes a * stands for nothing", 7),
        ("mod?l", 'a "?" is not understood; end the word with * or quote it', 3),
        ("a AND ++", "there is no letter or digit to look for here", 6),
        ("id:foo", '"foo" is not an arXiv id', 3),
        ('cat:"cs.CV cs.LG"', "expected one category after cat:", 4),
        ("submittedDate:2024", "expected [YYYYMMDDHHMM TO YYYYMMDDHHMM] after submittedDate:", 14),
        ("submittedDate:[2024 TO 2025]", 'expected twelve digits, YYYYMMDDHHMM, not "2024"', 15),
        ("submittedDate:[202401010000]", "expected [YYYYMMDDHHMM TO YYYYMMDDHHMM]", 14),
        ("submittedDate:[202401010000 TO 202402302359]", "202402302359 is no date and time", 31),
        ("submittedDate:[202402010000 TO 202401010000]", "the range ends before it begins", 31),
        ("submittedDate:[202402010000 TO", "this bracket is never closed", 14),
    ],
)
def test_a_mistake_is_shown_with_a_caret(text: str, problem: str, column: int) -> None:
    """The error says what was expected, and the caret stands under the place."""
    with pytest.raises(QueryError) as caught:
        parse(text, "diffusion")
    assert (caught.value.problem, caught.value.column) == (problem, column)
    assert str(caught.value).startswith(f'query "diffusion": {problem}\n')


def test_the_caret_stands_right_under_wide_and_combining_characters() -> None:
    """In a terminal a CJK character takes two columns, a combining one none; tabs are spaces."""
    with pytest.raises(QueryError) as caught:
        parse("扩散\te\u0301\nAND")
    _, text, caret = str(caught.value).split("\n")
    assert text == "    扩散 e\u0301 AND"
    assert caret.index("^") == len("    ") + len("xxxx e AND")


def test_a_long_query_is_shown_around_the_mistake() -> None:
    """A line that no terminal can hold would put the caret anywhere."""
    with pytest.raises(QueryError) as caught:
        parse("word " * 20_000 + "AND AND " + "word " * 20_000)
    _, text, caret = str(caught.value).split("\n")
    assert len(text) < 200
    assert text[caret.index("^") :].startswith("AND word")


def test_deep_and_long_queries() -> None:
    """Ten thousand parentheses are an error of the user's; thousands of words are not."""
    with pytest.raises(QueryError, match="parentheses inside one another"):
        parse("(" * 10_000 + "a" + ")" * 10_000)
    many = parse(" AND ".join(f"w{n} ANDNOT (x{n} OR y)" for n in range(3_000)))
    assert parse(str(many)) == many
    assert not many.matches(PAPER)
    assert many.arxiv


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("diffusion", "all:diffusion"),
        ("cat:cs.CV and ti:x or abs:y", "((cat:cs.CV AND ti:x) OR abs:y)"),
        ("ti:(a OR b) NOT au:c", "((ti:a OR ti:b) ANDNOT au:c)"),
        ("a ANDNOT b AND c ANDNOT d", "((all:a AND all:c) ANDNOT (all:b OR all:d))"),
        ("diffusion models", "(all:diffusion OR all:models)"),
        ("CAT:CS.cv", "cat:cs.CV"),
        ("cat:cs", "(cat:cs OR cat:cs.*)"),
        ("cat:quant-ph", "cat:quant-ph"),
        ("au:del_maestro", "au:del_maestro"),
        ('ti:"a\n b"', 'ti:"a b"'),
        (r"au:Erd\H{o}s", "au:Erdős"),
        ("ti:C++", 'ti:"C++"'),
        ("ti:and", 'ti:"and"'),
        ("id:2404.05674v2", "id:2404.05674"),
        (
            "submittedDate:[202401010000 to 202401312359]",
            "submittedDate:[202401010000 TO 202401312359]",
        ),
    ],
)
def test_what_is_sent_to_arxiv_is_fully_parenthesised(text: str, sent: str) -> None:
    """The service is left no room to read a query in another way than we did."""
    assert parse(text).arxiv == sent
    assert parse(sent).arxiv == sent or "cat:cs.*" in sent


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("cat:cs.CV AND diffusion", {"cs.CV"}),
        ("diffusion AND (cat:cs.cv OR cat:stat.ML)", {"cs.CV", "stat.ML"}),
        ("cat:cs.CV AND cat:cs.LG", {"cs.CV", "cs.LG"}),
        ("cat:cs.* AND x", {"cs"}),
        ("cat:cs", {"cs"}),
        ("cat:q-*", {"q-bio", "q-fin"}),
        ("cat:hep-th", {"hep-th"}),
        ("cat:cs.A*", {"cs.AI", "cs.AR"}),
        ("x", None),
        ("cat:cs.CV OR x", None),
        ("x ANDNOT cat:cs.CV", None),
        ("cat:cs.CV ANDNOT cat:cs.LG", {"cs.CV"}),
    ],
)
def test_the_feeds_to_read_are_known(text: str, categories: set[str] | None) -> None:
    """A query says which categories' feeds bring all it can match, or that none do."""
    query = parse(text)
    assert query.categories == (categories or set())
    assert query.names_categories is (categories is not None)


def test_evidence_names_the_words_that_were_found_and_where() -> None:
    """Each wanted word once, with the first field that has it; forbidden ones never."""
    query = parse('moma AND (diffusion OR "van gogh" OR nothing) ANDNOT au:vaswani AND cat:cs.CV')
    assert query.evidence(PAPER) == (
        Hit("moma", "title"),
        Hit("diffusion", "abstract"),
        Hit("van gogh", "abstract"),
        Hit("cs.CV", "categories"),
    )
    assert parse("ti:adapter OR abs:diffus* OR au:del_maestro").evidence(PAPER) == (
        Hit("adapter", "title"),
        Hit("diffus*", "abstract"),
        Hit("del maestro", "authors"),
    )
    assert parse("co:eccv AND jr:phys AND id:2404.05674").evidence(PAPER) == (
        Hit("eccv", "comment"),
        Hit("phys", "journal"),
        Hit("2404.05674", "id"),
    )
    assert {hit.field for hit in query.evidence(PAPER)} <= set(FIELDS.values())


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("co:eccv", True),
        ("ti:x ANDNOT jr:nature", True),
        ("ti:x OR submittedDate:[202401010000 TO 202401312359]", True),
        ("ti:x AND cat:cs.CV AND au:y AND id:2404.05674", False),
        ("eccv", False),
    ],
)
def test_a_query_knows_when_the_feed_is_not_enough(text: str, needed: bool) -> None:
    """The feed has no comments, journals and dates of submission."""
    assert parse(text).needs_details is needed


def test_what_the_feed_left_out_may_still_match() -> None:
    """Unknown is not found, but worth asking for; what is known to be otherwise is not."""
    assert not parse("ti:moma AND co:eccv").matches(FROM_FEED)
    assert parse("ti:moma AND co:eccv").may_match(FROM_FEED)
    assert parse("ti:moma ANDNOT co:workshop").matches(FROM_FEED)
    assert not parse("ti:nothing AND co:eccv").may_match(FROM_FEED)
    assert parse("ti:moma ANDNOT co:eccv").may_match(FROM_FEED)
    assert not parse("co:workshop").may_match(PAPER)


@pytest.mark.parametrize(
    ("span", "matches"),
    [
        ("202404010000 TO 202404302359", True),
        ("202404090000 TO 202404092359", True),
        ("202404080000 TO 202404082359", True),
        ("202404050000 TO 202404052359", False),
        ("202404100000 TO 202404302359", False),
    ],
)
def test_an_announcement_stands_in_for_an_unknown_submission(span: str, matches: bool) -> None:
    """A new paper was submitted on the day it was announced or up to three days before."""
    assert parse(f"submittedDate:[{span}]").matches(FROM_FEED) is matches


def test_of_a_replacement_or_without_any_date_submission_is_unknown() -> None:
    """Nothing is guessed where nothing is known."""
    always = parse("submittedDate:[199001010000 TO 203001010000]")
    replaced = Paper(
        "2401.00001", "T", (), "", (), announced=date(2024, 4, 9), announce_type="replace"
    )
    assert not always.matches(replaced)
    assert not always.matches(Paper("2401.00001", "T", (), "", ()))
    assert always.may_match(replaced)


@pytest.mark.parametrize(
    "pasted",
    [
        "ti:moma+AND+abs:%22diffusion+models%22",
        "search_query=ti:moma+AND+abs:%22diffusion+models%22",
        "https://export.arxiv.org/api/query?search_query=ti:moma+AND+abs:%22diffusion+models%22&start=0",
    ],
)
def test_an_expression_can_be_pasted_from_an_address(pasted: str) -> None:
    """An address of the API holds a query in another spelling."""
    assert parse(pasted) == parse('ti:moma AND abs:"diffusion models"')
    assert parse(pasted).text == pasted


def test_plus_and_percent_are_themselves_in_typed_text() -> None:
    """Only what cannot be anything else is taken for an address."""
    assert str(parse("C++ AND 95%")) == "all:C++ AND all:95%"


def test_a_star_in_a_name_may_be_quoted() -> None:
    """A* search and C*-algebras are things that people look for."""
    paper = Paper("2404.00001", "C*-algebras and A* search", (), "", ("math.OA",))
    assert parse('"A* search" AND "C*-algebra"').matches(paper)


WORDS = st.sampled_from(
    ["diffusion", "text-to-image", "del_maestro", "模型", "C++", r"Erd\H{o}s", r'Schr\"o', "and",
     "foo:bar", "mod*", "2404.05674", "O'Brien"]
)  # fmt: skip
PHRASES = st.sampled_from(["a b", "AND", "(x)", "ti:x", "van Gogh's", "state of the art"])
TERMS = st.one_of(
    st.builds(Term, st.sampled_from(["ti", "au", "abs", "co", "jr", "all"]), WORDS),
    st.builds(
        Term, st.sampled_from(["ti", "au", "abs", "co", "jr", "all"]), PHRASES, st.just(True)
    ),
    st.builds(Term, st.just("cat"), st.sampled_from(["cs.CV", "cs.*", "hep-th"])),
    st.just(Range("202401010000", "202401312359")),
)
TREES: st.SearchStrategy[Node] = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(any_of),
        st.tuples(inner, st.lists(st.tuples(inner, st.booleans()), min_size=1, max_size=3)).map(
            lambda parts: all_of([(parts[0], False), *parts[1]])
        ),
    ),
    max_leaves=12,
)


@given(TREES)
@settings(max_examples=200)
def test_printing_and_parsing_again_is_the_identity(tree: Node) -> None:
    """A query in its own words is the same query, for people and for arXiv."""
    query = parse(str(tree))
    assert query.tree == tree
    assert parse(str(query)) == query
    assert parse(query.arxiv).matches(PAPER) == query.matches(PAPER)


@given(st.text(alphabet='ab:()"*? \t+%[]TOtiANDR_-\\é扩“', max_size=40))
@settings(max_examples=300)
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    """Nothing that a user may type is a bug."""
    try:
        query = parse(text)
    except QueryError as error:
        assert len(str(error).split("\n")) == 3
        return
    assert parse(str(query)) == query
    assert parse(query.arxiv).matches(PAPER) == query.matches(PAPER)
    query.evidence(PAPER)


def test_a_day_is_matched_in_no_time() -> None:
    """1,500 abstracts against ten queries take a fraction of a second."""
    abstract = " ".join(f"word{n} of the diffusion-based models" for n in range(36))
    papers = [
        Paper(f"2404.{n:05}", f"On {n} things", ("Ashish Vaswani",) * 6, abstract, ("cs.CV",))
        for n in range(1_500)
    ]
    queries = [
        parse(f'cat:cs.CV AND (ti:a{n} OR abs:"score matching" OR splat* OR au:hinton_g OR b{n})')
        for n in range(10)
    ]
    started = time.process_time()
    found = [query.matches(paper) for paper in papers for query in queries]
    assert time.process_time() - started < 2.0
    assert not any(found)
