"""Posts and notes: hexo, dendron and obsidian; what they have, and what hostile text cannot do."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from paperlens.models import Checks, Figure, Report, Summary, Unverified
from paperlens.reports import FOLDERS
from paperlens.reports.guarding import emphasised, guarded
from paperlens.reports.naming import file_name, note_id, tag
from paperlens.reports.templates import Templates
from paperlens.reports.text import readable
from paperlens.reports.yaml import scalar
from paperlens.unseen import writable

from .test_reports_examples import DAY, HOSTILE, NOW, realistic, report_of

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OF_VAULTS = (
    "key:: value", "[key:: value]", "<% tp.date %>", "<%* evil() %>", "{% raw %}", "{# c #}",
    "%% hidden %%", "==marked==", "#tag", "@user", "text ^block", "![[embed]]", "[[a|b]]",
    "$$x$$", "\\(x\\)", "++ins++", "::: warning", "{onclick=evil()}", "`= this.file`", "::", "{{{",
    "<!-- more -->", "- [ ] task", "> [!note]", "[^1]", ":::", "%%%", "===", "@@", "<%%",
)  # fmt: skip
text = st.lists(
    st.sampled_from(HOSTILE + OF_VAULTS) | st.text(max_size=12), min_size=1, max_size=3
).map("".join)
DEEP = {
    "tldr": "One photograph is enough.",
    "takeaways": ("No **tuning**.", "Better."),
    "keywords": ("diffusion model", "personalisation"),
    "background": "People want their cats drawn.",
    "prior_work": None,
    "method": "An adapter.",
    "method_steps": ("Look.", "Adapt.", "Draw."),
}
NOTES = {
    "background": ("Cats **matter**.",),
    "motivation": ("Tuning is slow.",),
    "method": ("An adapter.", "A mask."),
    "contributions": ("It is fast.",),
    "related_work": None,
    "tags": ("image_generation", "Diffusion Model"),
}


def told(report: Report, preset: str, language: str = "en") -> dict[str, str]:
    """The texts of an export by their paths; every figure with a file has a picture."""
    leaves = FOLDERS[preset](report, picture, Templates((), language))
    return {leaf.path: leaf.content.decode() for leaf in leaves if leaf.is_text}


def picture(figure: Figure) -> bytes | None:
    return f"PNG {figure.number}".encode() if figure.file else None


def front_and_body(note: str) -> tuple[dict[str, Any], str]:
    _, front, body = note.split("---\n", 2)
    return yaml.safe_load(front), body


def illustrated(fields: dict[str, Any], language: str = "en") -> Report:
    """The realistic morning; its first paper has these fields and two figures, one with a file."""
    report = realistic()
    first, *rest = report.entries
    checks = Checks(0.9, (Unverified("takeaways[1]", "87.31%", "number"),))
    summary = Summary("deep", language, "openai/gpt-4o-mini", "pdf", fields, NOW, checks)
    box = (0.0, 0.0, 1.0, 1.0)
    figures = (
        Figure("1", "How it works", 1, box, "f.png", 10, 10, "0" * 64, True),
        Figure("2", "Lost", 2, box),
    )
    entries = (replace(first, summary=summary, figures=figures), *rest)
    return replace(report, entries=entries, language=language)


def test_a_post_for_each_query() -> None:
    """Hexo gets a post per query and day, called by both, with its own papers."""
    posts = told(illustrated(DEEP), "hexo")
    assert list(posts) == [
        "source/_posts/2024-04-09-diffusion.md",
        "source/_posts/2024-04-09-avatars.md",
    ]
    first, second = posts.values()
    assert first.count("\n## ") == 2
    assert second.count("\n## ") == 1


@pytest.mark.parametrize("name", ["papers", "Papers"])
def test_a_query_called_papers_has_a_post_of_its_own(name: str) -> None:
    """What no query found is no less than what a query of that name has."""
    report = realistic()
    first, *rest = (replace(entry, queries=()) for entry in report.entries)
    entries = (replace(first, queries=(name,)), *rest)
    posts = told(replace(report, entries=entries, matched=((name, 1),)), "hexo")
    assert len({path.casefold() for path in posts}) == 2
    assert sum(post.count("\n## ") for post in posts.values()) == len(entries)


def test_a_post_has_every_part_and_no_placeholder() -> None:
    """Front matter, the model's name, and of each paper all that there is, in Markdown."""
    post = next(iter(told(illustrated(DEEP), "hexo").values()))
    front, body = front_and_body(post)
    assert front["title"] == "diffusion · 9 April 2024"
    assert str(front["date"]) == "2024-04-09 00:00:00"
    assert front["cover"].startswith("/images/papers/")
    assert (front["categories"], front["tags"]) == ("Papers", ["diffusion"])
    assert front["keywords"] == ["diffusion", "cs.CV"]
    assert front["description"] == "diffusion · 9 April 2024 · 2 papers"
    assert front["mathjax"] is False
    for part in (
        "> These summaries were written by openai/gpt-4o-mini and may be wrong",
        "## [MoMA: an α-Adapter for Personalized Images](https://arxiv.org/abs/2404.05674v1)\n",
        "**Authors**: Kunpeng Song, José Núñez, 王小明 · ByteDance\n\nWe present MoMA.",
        "[PDF](https://arxiv.org/pdf/2404.05674v1) ECCV 2024\n",
        "code: [github.com/bytedance/MoMA](https://github.com/bytedance/MoMA)",
        "**Summary**\n\nOne photograph is enough.\n",
        "**Key Takeaways**\n\n- No **tuning**.\n- Better.\n",
        "**Keywords**: diffusion model, personalisation\n",
        "1. **Background**: People want their cats drawn.\n2. **Method**: An adapter.\n"
        "3. **Method steps**\n    - Look.\n    - Adapt.\n    - Draw.\n",
        "**Not in the paper**: “87.31%”\n",
        "<details>\n<summary>Figures of the paper</summary>\n\n![Figure 1](/images/papers/",
        "**Figure 1**: How it works\n\n</details>",
    ):
        assert part in body, part
    assert not re.search(r"\bNone\b|\bnull\b|Lost|Prior work|: *$", body, re.MULTILINE)


def test_a_post_keeps_what_is_private() -> None:
    """Marks, notes, the reader's tags and scores are nobody's business but theirs."""
    post = told(realistic(), "hexo")["source/_posts/2024-04-09-avatars.md"]
    for private in ("compare", "thesis", "starred", "star"):
        assert private not in post


def test_a_post_in_chinese() -> None:
    """Labels, dates and the word of caution follow the report's language."""
    post = next(iter(told(illustrated(DEEP, "zh"), "hexo", "zh").values()))
    for part in (
        "diffusion · 2024年4月9日",
        "openai/gpt-4o-mini 生成",
        "**要点**",
        "1. **研究背景**：",
    ):
        assert part in post
    assert not re.search(r"\*\*[A-Z][a-z]+\*\*", post)


def test_the_same_daily_note_keeps_its_id() -> None:
    """Dendron knows notes by their ids: the same day, however it has grown, is the same note."""
    report = illustrated(NOTES)
    ((path, note),) = told(report, "dendron").items()
    assert path == "papers.20240409.md"
    front, _ = front_and_body(note)
    assert re.fullmatch(r"[a-z0-9]{23}", front["id"])
    assert (front["title"], front["desc"]) == ("20240409", "")
    assert front["updated"] >= front["created"] == 1712620800000
    grown = replace(report, entries=report.entries[:1], generated=NOW.replace(hour=20))
    (later,) = told(grown, "dendron").values()
    again = front_and_body(later)[0]
    assert (again["id"], again["created"]) == (front["id"], front["created"])
    assert again["updated"] > front["updated"]


def test_a_daily_note_has_the_five_aspects() -> None:
    """Heading, tags, picture by its content, and the aspects with their phrases in bold."""
    (note,) = told(illustrated(NOTES), "dendron").values()
    _, body = front_and_body(note)
    for part in (
        "## MoMA: an α-Adapter for Personalized Images\n\n#image_generation #Diffusion_Model\n",
        "](assets/images/",
        "- **Background**: Cats **matter**.\n- **Motivation**: Tuning is slow.\n"
        "- **Method**\n    - An adapter.\n    - A mask.\n- **Contributions**: It is fast.\n",
        "> My note: compare\n",
        "**Withdrawn**",
    ):
        assert part in body, part
    assert "Related work" not in body
    assert re.search(r"\]\(assets/images/[0-9a-f]{64}\.png\)", body)


@pytest.mark.parametrize("preset", ["dendron", "obsidian"])
def test_other_templates_fill_the_aspects_as_far_as_they_go(preset: str) -> None:
    """A deep summary is told under the aspects, a brief one by its sentence and its points."""
    deep = "".join(told(illustrated(DEEP), preset).values())
    assert deep.index("An adapter.") < deep.index("Look.") < deep.index("Draw.")
    assert "One photograph is enough." in deep
    brief = "".join(told(realistic(), preset).values())
    assert "One photograph is enough." in brief
    assert "87.31% better." in brief


def test_a_note_for_each_paper() -> None:
    """Obsidian: notes called by ids, typed properties, links that say why, and the day."""
    notes = told(illustrated(NOTES), "obsidian")
    assert list(notes) == [
        "papers/2404.05674.md",
        "papers/2403.01234.md",
        "papers/2404.05733.md",
        "papers/papers-2024-04-09.md",
    ]
    front, body = front_and_body(notes["papers/2404.05674.md"])
    assert front == {
        "title": "MoMA: an α-Adapter for Personalized Images",
        "aliases": ["MoMA: an α-Adapter for Personalized Images"],
        "id": "2404.05674",
        "version": 1,
        "tags": ["image_generation", "Diffusion_Model"],
        "authors": ["Kunpeng Song", "José Núñez", "王小明"],
        "affiliation": "ByteDance",
        "categories": ["cs.CV", "cs.LG"],
        "announced": DAY,
        "published": DAY.replace(day=8),
        "updated": DAY,
        "url": "https://arxiv.org/abs/2404.05674v1",
        "pdf": "https://arxiv.org/pdf/2404.05674v1",
        "doi": "10.1007/978-3-031-73661-2_7",
        "journal": "ECCV 2024, p. 117",
        "comment": "ECCV 2024",
        "code": ["https://github.com/bytedance/MoMA"],
        "project": ["https://moma.github.io/"],
        "queries": ["diffusion"],
        "mark": "new",
        "score": 0.87,
        "model": "openai/gpt-4o-mini",
    }
    assert "- [[2404.05733]] On Flows (Kunpeng Song, José Núñez, 王小明)\n" in body
    assert re.search(r"!\[Figure 1\]\(figures/[0-9a-f]{64}\.png\)", body)
    day = notes["papers/papers-2024-04-09.md"]
    assert front_and_body(day)[0]["date"] == DAY
    assert re.findall(r"^!\[\[(.+)\]\]$", day, re.MULTILINE) == [
        "2404.05674", "2403.01234", "2404.05733",
    ]  # fmt: skip


def test_papers_of_a_topic_are_linked() -> None:
    """A topic that two papers share ties them, in both directions, without a shared author."""
    report = realistic()
    tags = (("Optical Flow",), ("x",), ("optical-flow",))
    entries = tuple(
        replace(
            entry,
            paper=replace(entry.paper, authors=(name,)),
            decision=replace(entry.decision, tags=said),
        )
        for entry, name, said in zip(report.entries, "ABC", tags, strict=True)
    )
    notes = told(replace(report, entries=entries), "obsidian")
    assert "- [[2404.05733]] On Flows (Optical_Flow, diffusion)\n" in notes["papers/2404.05674.md"]
    assert "[[2404.05674]]" in notes["papers/2404.05733.md"]
    assert "## Related papers" not in notes["papers/2403.01234.md"]


@settings(max_examples=15, deadline=None)
@given(st.data())
@pytest.mark.parametrize("preset", list(FOLDERS))
def test_nothing_breaks_out_of_its_place(preset: str, data: st.DataObject) -> None:
    """Hostile text adds no HTML, link, tag, field, math or template tag; front matter loads."""
    report = report_of(lambda: data.draw(text.filter(readable)))
    for path, note in told(report, preset).items():
        front, body = front_and_body(note)
        assert isinstance(front, dict)
        is_day = "papers-" in path
        tokens = PARSER.parse(body)
        _only_our_html(tokens)
        _only_our_links(tokens)
        _no_signs_of_other_programs(body)
        if not is_day:
            titles = [readable(entry.paper.title) for entry in report.entries]
            heads = ["".join(c.content for c in token.children or []) for token in _heads(tokens)]
            assert [title for title in titles if title in heads]


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_properties_are_what_went_in(data: st.DataObject) -> None:
    """YAML gives back every text as it was: no date, number, truth or mapping is made of it."""
    report = report_of(lambda: data.draw(text.filter(readable)))
    notes = list(told(report, "obsidian").values())
    for entry, note in zip(report.entries, notes, strict=False):
        front, _ = front_and_body(note)
        paper = entry.paper
        assert front["title"] == readable(paper.title)
        assert front["authors"] == [readable(name) for name in paper.authors]
        assert front["comment"] == writable(paper.comment)
        assert front["journal"] == writable(paper.journal_ref)
        assert front["queries"] == [readable(name) for name in entry.queries]
        assert all(isinstance(each, str) for each in front.get("tags", []))


@given(st.text(st.characters(codec=None)) | text)
def test_a_text_in_yaml_is_itself_again(value: str) -> None:
    """Whatever characters it has, on one line, and nothing for a template engine to run."""
    line = scalar(value)
    assert yaml.safe_load(f"key: {line}\n") == {"key": writable(value)}
    assert len(line.splitlines()) == 1
    assert not re.search(r"<%|\{[{%#]", line)


@pytest.mark.parametrize(
    "value", ["no", "2024-04-09", "1e3", "~", "null", "a: b", "- x", "", "0x1"]
)
def test_what_yaml_would_take_for_something_else(value: str) -> None:
    """Booleans, dates, numbers and nulls among texts stay texts."""
    assert yaml.safe_load(scalar([value, {value: value}])) == [value, {value: value}]


@given(text)
def test_bold_is_the_only_markup_that_texts_have(value: str) -> None:
    """In a summary, `**phrases**` become bold; every other word stands as it is."""
    for tokens in (PARSER.parseInline(emphasised(value)), PARSER.parseInline(guarded(value))):
        kinds = {child.type for token in tokens for child in token.children or []}
        assert kinds <= {"text", "strong_open", "strong_close", "text_special"}
    (plain,) = PARSER.parseInline(guarded(value)) or [None]
    shown = "".join(child.content for child in plain.children or []) if plain else ""
    assert shown == readable(value)


@pytest.mark.parametrize(
    ("said", "bold"),
    [
        ("a **b** c", ["b"]),
        ("构建**LAION（子集）**的方法", ["LAION（子集"]),
        ("**(see)** there", ["(see)"]),
        ("2**3 and 4**5", []),
        ("** no **", []),
        ("****", []),
    ],
)
def test_key_phrases_are_bold_in_any_script(said: str, bold: list[str]) -> None:
    """Also where Chinese leaves no space around them, which Markdown's own rules would miss."""
    (token,) = PARSER.parseInline(emphasised(said))
    children = token.children or []
    found = [
        children[place + 1].content
        for place, child in enumerate(children)
        if child.type == "strong_open"
    ]
    assert found == bold


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("2404.05674", "2404.05674"),
        ("hep-th/9901001", "hep-th_9901001"),
        ("local:attention-is-12345678", "local-attention-is-12345678"),
    ],
)
def test_names_of_files_are_ids(id: str, name: str) -> None:
    """An arXiv id or one of ours can be read back from the name of its note."""
    assert file_name(id) == name


@given(st.text(min_size=1) | st.sampled_from(["../../etc/passwd", "doi:10.1/a<b>#c|d", "CON", "."]))
def test_any_id_makes_a_name_that_is_safe_everywhere(id: str) -> None:
    """No separator, no leading dot, nothing that Windows or a wikilink refuses."""
    name = file_name(id)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", name)
    assert name != file_name(id + "x")
    assert re.fullmatch(r"[a-z0-9]{23}", note_id(name))


@given(text | st.text("a1_-\u0301 ²\u0903", max_size=6) | st.integers(50, 70).map("1".__mul__))
def test_tags_are_valid_where_they_go(value: str) -> None:
    """A tag begins with a letter or `_` and has letters, digits, `_` and `-`; or it is none."""
    made = tag(value)
    assert not made or re.fullmatch(r"[^\W\d][^\s#@|\[\](){},.;:'\"<>/\\`]*", made)
    assert tag(made) == made


def _heads(tokens: list[Token]) -> Iterator[Token]:
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            yield token


def _only_our_html(tokens: list[Token]) -> None:
    inline = [child for token in tokens for child in token.children or []]
    found = [token.content for token in (*tokens, *inline) if token.type.startswith("html")]
    ours = {"<details>\n<summary>Figures of the paper</summary>\n", "</details>\n", "</details>"}
    assert set(found) <= ours
    assert not [child for child in inline if child.type == "code_inline"]
    assert not [token for token in tokens if token.type in {"fence", "code_block", "hr"}]


def _only_our_links(tokens: list[Token]) -> None:
    inline = [child for token in tokens for child in token.children or []]
    links = [str(child.attrs["href"]) for child in inline if child.type == "link_open"]
    ours = ("https://arxiv.org/", "https://doi.org/", "https://github.com/a/b")
    assert all(link.startswith((*ours, "https://x.example/")) for link in links)
    images = [str(child.attrs["src"]) for child in inline if child.type == "image"]
    place = r"(?:/images/papers|assets/images|figures)/[0-9a-f]{64}\.png"
    assert all(re.fullmatch(place, image) for image in images)


def _no_signs_of_other_programs(body: str) -> None:
    """Hexo's and Templater's tags, Dataview's fields, comments, links, math, tags, users, ids."""
    bare = re.sub(r"!?\[\[[\w.-]+\]\]", "", body)  # ours
    assert not re.search(r"\{[{%#]|<%|::|%%|==|\[\[|\+\+(?=\S)", bare)
    assert not re.search(r"(?<!\\)(?:\\\\)*[$^@]\S", bare)
    without_addresses = re.sub(r"\]\([^)]*\)", "]", bare)
    for found in re.finditer(r"(?<![\\\w#])#(?!#* )\S+", without_addresses):
        assert tag(found[0][1:]) == found[0][1:], found[0]
