"""Templates of the user's own: `export --to FILE.j2`, and ones that take a preset's place."""

from pathlib import Path

import pytest

from paperlens.errors import UserError
from paperlens.models import Report
from paperlens.reports import FOLDERS, render_template
from paperlens.reports.templates import Templates
from tests.conftest import Shell
from tests.test_front_door import imported_by

from .test_reports_examples import realistic, report_of


def rendered(
    tmp_path: Path, text: str, name: str = "mine.md.j2", report: Report | None = None
) -> str:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return render_template(report or realistic(), file, Templates([tmp_path]))


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(UserError) as caught:
        rendered(tmp_path, text)
    return caught.value.sentence.replace(f"{tmp_path}/", "")


def test_a_template_sees_the_json_of_the_contract(tmp_path: Path) -> None:
    """`report` is the document of `--json`, `papers` its papers, `words` our labels."""
    told = rendered(
        tmp_path,
        "{{ report.schema }} {{ report.batch | day }} {{ words.abstract }}\n"
        "{% for paper in papers %}{{ paper.id }} {{ paper.authors }}\n{% endfor %}",
    )
    assert told == (
        "paperlens.report/1 9 April 2024 Abstract\n"
        "2404.05674 Kunpeng Song, José Núñez, 王小明\n"
        "2403.01234 Kunpeng Song, José Núñez, 王小明\n"
        "2404.05733 Kunpeng Song, José Núñez, 王小明\n"
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("x.md.j2", "**\\*a\\*** \\<b\\> \\{\\{ x }} <ok>"),
        ("x.html.j2", "***a*** &lt;b&gt; {{ x }} <ok>"),
        ("x.txt.j2", "***a*** <b> {{ x }} <ok>"),
    ],
)
def test_what_is_printed_is_safe_for_its_kind(tmp_path: Path, name: str, shown: str) -> None:
    """Markdown is escaped in `.md.j2`, markup in `.html.j2`, and `| safe` says what is meant."""
    text = "**{{ papers[0].title }}** {{ '<b> {{ x }}' }} {{ '<ok>' | safe }}"
    assert rendered(tmp_path, text, name, report_of(lambda: "*a*")) == shown


def test_filters_have_plain_names(tmp_path: Path) -> None:
    """What the presets use is there for everybody."""
    told = rendered(
        tmp_path,
        "{% set paper = papers[0] %}"
        "{{ paper.title | readable | yaml }}|{{ paper.title | escaped }}|{{ 'a_b' | yaml }}|"
        "{{ '**x** *y*' | bold }}|{{ 'ML & vision' | tag }}|{{ 'hep-th/9901001' | file_name }}|"
        "{{ 'C$' | linked(paper.url) }}|{{ 'x' | linked('javascript:x') }}|"
        "{{ 'prior_work' | heading }}|{{ ['a*', 'b'] | points }}{{ none }}|"
        "{{ paper.url | shortened }}",
    )
    assert told == (
        '"MoMA: an α-Adapter for Personalized Images"|MoMA: an α-Adapter for Personalized Images'
        '|"a_b"|**x** \\*y\\*|ML_vision|hep-th_9901001'
        "|[C\\$](https://arxiv.org/abs/2404.05674v1)|x|Prior work|a\\*, b"
        "|arxiv.org/abs/2404.05674v1"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ok\n{{ papr.title }}\n", "mine.md.j2:2: 'papr' is undefined"),
        ("\n\n{{ papers[0].titel }}", "mine.md.j2:3: 'dict object' has no attribute 'titel'"),
        ("{% for x in papers %}\n{{ x.id }", "mine.md.j2:2: "),
        ("{{ 1 / 0 }}", "mine.md.j2:1: division by zero"),
        ("a\n{{ none + 1 }}", "mine.md.j2:2: unsupported operand"),
        ("a\n{{ 'x' | shout }}", "mine.md.j2:2: No filter named 'shout'"),
        ("{% include 'nowhere.md.j2' %}", 'mine.md.j2:1: there is no template "nowhere.md.j2"'),
        ("{% include '../../secret' %}", 'mine.md.j2:1: there is no template "../../secret"'),
        ("{{ papers.__class__.__mro__ }}", "mine.md.j2:1: access to attribute '__class__'"),
        ("{{ cycler.__init__.__globals__ }}", "mine.md.j2:1: access to attribute '__init__'"),
        ("{{ papers.append(1) }}", "mine.md.j2:1: "),
        ("{% for x in range(10**9) %}x{% endfor %}", "mine.md.j2:1: Range too big"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    """File, line and what is wrong; the sandbox's refusals as well."""
    sentence = refused(tmp_path, text)
    assert sentence.startswith(said)
    assert "\n" not in sentence


def test_a_part_of_a_preset_can_be_replaced(tmp_path: Path) -> None:
    """A template called like a preset takes its place, and can extend the one it replaces."""
    (tmp_path / "hexo.md.j2").write_text(
        '{% extends "built_in/hexo.md.j2" %}\n{% block notice %}My own words.{% endblock %}\n',
        "utf-8",
    )
    leaves = list(FOLDERS["hexo"](realistic(), lambda _: None, Templates([tmp_path])))
    assert [leaf.path for leaf in leaves] == [
        "source/_posts/2024-04-09-diffusion.md",
        "source/_posts/2024-04-09-avatars.md",
    ]
    post = leaves[0].content.decode()
    assert "---\n\nMy own words.\n\n## [MoMA" in post
    assert "may be wrong" not in post


def test_export_to_a_template(reader: Shell) -> None:
    """`--to FILE.j2` renders that file, to standard output or to -o; mistakes are exit 2."""
    reader("today")
    file = reader.home / "list.md.j2"
    file.write_text(
        "{% for paper in papers %}\n- {{ paper.title | linked(paper.url) }}\n{% endfor %}"
    )
    ran = reader("export", "1", "--to", "list.md.j2")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("- [")
    assert reader("export", "1", "--to", str(file), "-o", "list.md").code == 0
    assert (reader.home / "list.md").read_text() == ran.out
    file.write_text("{{ oops }}")
    ran = reader("export", "--to", "list.md.j2")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"error: {file}:1: 'oops' is undefined\n"
    missing = reader("export", "--to", "nowhere.md.j2")
    assert (missing.code, "nowhere.md.j2" in missing.err) == (2, True)


def test_a_template_in_the_folder_is_a_preset(reader: Shell) -> None:
    """`templates new NAME --from PRESET` begins one; `export --to NAME` uses it from then on."""
    reader("today")
    made = reader("templates", "new", "mine", "--from", "dendron")
    assert "paperlens export --to mine" in made.err
    file = reader.home / "paperlens" / "templates" / "mine.md.j2"
    assert file.read_text() == reader("templates", "show", "dendron").out
    file.write_text("{# My list. #}\n{{ papers | length }} papers\n")
    assert reader("export", "1", "2", "--to", "mine").out == "2 papers\n"
    listed = reader("templates", "list", "--exports").out.splitlines()
    assert ["mine", "My", "list."] in [line.split() for line in listed]
    (file.parent / "markdown.md.j2").write_text("plainer\n")
    assert reader("export", "-o", "day.md").code == 0
    assert (reader.home / "day.md").read_text() == "plainer\n"


def test_templates_are_loaded_when_they_are_used(reader: Shell) -> None:
    """Jinja2 is no part of `today --markdown`, nor of the formats that need none."""
    for words in (["today", "--markdown"], ["export", "--to", "json"], ["templates", "list"]):
        assert "jinja2" not in imported_by(reader, *words)
    assert "jinja2" in imported_by(reader, "export", "1", "--to", "dendron")
