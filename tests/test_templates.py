"""What summaries consist of: the built-in templates, users' own, and the commands about them."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.errors import SettingError, UserError
from paperlens.summaries.templates import file_of, load, names
from paperlens.summaries.templates.starting import started
from tests.conftest import Shell

BRIEF, DEEP, NOTES = (load(name, []) for name in ("brief", "deep", "notes"))
HEAD = 'instructions = "x"\n'
GOOD_FIELD = '[[fields]]\nname = "a"\nkind = "text"\nmeaning = "A."\n'
MINE = 'instructions = "Ask."\n[[fields]]\nname = "gap"\nkind = "text"\nmeaning = "The gap."\n'


def written(folder: Path, text: str, name: str = "mine") -> Path:
    file = folder / f"{name}.toml"
    file.write_text(text, "utf-8")
    return file


def test_brief_is_one_sentence_and_a_few_points() -> None:
    """`brief` asks for one sentence and three to seven takeaways."""
    assert [(f.name, f.kind, f.least, f.most) for f in BRIEF.fields] == [
        ("tldr", "text", 1, 1),
        ("takeaways", "list", 3, 7),
    ]
    assert BRIEF.tokens <= 6000


def test_deep_is_the_whole_argument() -> None:
    """`deep` has its thirteen fields in their order; method steps are three at least."""
    assert [field.name for field in DEEP.fields] == [
        "tldr", "takeaways", "keywords", "background", "prior_work", "method", "results",
        "method_steps", "significance", "innovation", "performance", "workload", "limitations",
    ]  # fmt: skip
    assert next(f.least for f in DEEP.fields if f.name == "method_steps") == 3
    assert DEEP.tokens <= 14000


def test_notes_are_points_with_tags() -> None:
    """`notes` has lists of points, whose key phrases are asked for in bold."""
    assert [field.name for field in NOTES.fields] == [
        "background", "motivation", "method", "contributions", "related_work", "tags",
    ]  # fmt: skip
    assert {field.kind for field in NOTES.fields} == {"list"}
    assert "**bold**" in NOTES.instructions


def test_the_schema_is_the_templates() -> None:
    """Bounds, order and what may be null come from the fields, and nothing else is allowed."""
    schema = DEEP.schema
    assert schema["required"] == [field.name for field in DEEP.fields]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["tldr"] == {"type": "string"}
    assert schema["properties"]["limitations"] == {"type": ["string", "null"]}
    assert schema["properties"]["takeaways"] == {
        "type": "array", "items": {"type": "string"}, "minItems": 3, "maxItems": 7,
    }  # fmt: skip


def test_only_brief_is_told_by_an_abstract_alone() -> None:
    """Other templates ask for what an abstract's sentences cannot fill."""
    assert [each.is_told_by_abstracts for each in (BRIEF, DEEP, NOTES)] == [True, False, False]


def test_a_template_of_ones_own_comes_before_a_built_in_one(tmp_path: Path) -> None:
    """A file in the folder is a template by its name, and may shadow `brief`."""
    written(tmp_path, MINE)
    written(tmp_path, MINE, "brief")
    assert {"mine", "brief", "deep"} <= set(names([tmp_path]))
    assert load("mine", [tmp_path]).fields[0].name == "gap"
    assert load("brief", [tmp_path]).digest != BRIEF.digest


def test_an_unknown_template_names_the_nearest(tmp_path: Path) -> None:
    """A slip of the fingers is answered with what was meant; a path is no template."""
    with pytest.raises(UserError) as slip:
        load("breif", [tmp_path])
    assert slip.value.hint == "did you mean brief?"
    with pytest.raises(UserError):
        load("../brief", [tmp_path])


@pytest.mark.parametrize(
    "other",
    [
        "# A remark.\n" + MINE,
        'about = "Only for the list."\n' + MINE,
        MINE.replace('name = "gap"', "name='gap'  # what is missing"),
        MINE.replace('"The gap."', '"""\nThe   gap."""'),
    ],
)
def test_what_changes_no_word_makes_no_new_summaries(tmp_path: Path, other: str) -> None:
    """Comments, spelling of the TOML and spaces do not change a template's digest."""
    written(tmp_path, MINE)
    before = load("mine", [tmp_path]).digest
    written(tmp_path, other)
    assert load("mine", [tmp_path]).digest == before


@pytest.mark.parametrize(
    "other",
    [
        MINE.replace("Ask.", "Tell."),
        MINE.replace("The gap.", "The gaps."),
        MINE + "optional = true\n",
        MINE + "words = 9\n",
        MINE + 'sections = ["results"]\n',
        MINE + 'role = "limitations"\n',
        "tokens = 9000\n" + MINE,
        "whole = true\n" + MINE,
        MINE + GOOD_FIELD,
    ],
)
def test_any_other_change_makes_new_summaries(tmp_path: Path, other: str) -> None:
    """Whatever a summary depends on is in the digest."""
    written(tmp_path, MINE)
    before = load("mine", [tmp_path]).digest
    written(tmp_path, other)
    assert load("mine", [tmp_path]).digest != before


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"{HEAD}fields = [\n", 3, ""),
        (f"{HEAD}\nfoo = = 1\n", 3, "Invalid value"),
        (HEAD, 1, "at least one [[fields]]"),
        (GOOD_FIELD, 1, "instructions must be a text"),
        (f"{HEAD}meening = 3\n{GOOD_FIELD}", 2, 'unknown key "meening"'),
        (f"{HEAD}tokens = 0\n{GOOD_FIELD}", 2, "tokens must be a whole number"),
        (f"{HEAD}tokens = 10\n{GOOD_FIELD}", 2, "tokens must be at least"),
        (f"{HEAD}whole = 1\n{GOOD_FIELD}", 2, "whole must be true or false"),
        (f"{HEAD}{GOOD_FIELD}{GOOD_FIELD}", 3, 'two fields named "a"'),
        (f'{HEAD}{GOOD_FIELD}[[fields]]\nname = "b"\nkind = "set"\n', 8, "kind must"),
        (f'{HEAD}{GOOD_FIELD}[[fields]]\nname = "B c"\nkind = "text"\n', 7, "cannot name"),
        (f"{HEAD}{GOOD_FIELD}max = 3\n", 6, "max counts the items of a list"),
        (f'{HEAD}{GOOD_FIELD}sections = "results"\n', 6, "sections must be a list of texts"),
        (f'{HEAD}{GOOD_FIELD}optional = "yes"\n', 6, "optional must be true or false"),
        (f"{HEAD}{GOOD_FIELD}otional = true\n", 6, "did you mean optional?"),
        (
            f'{HEAD}{GOOD_FIELD}[[fields]]\nname = "b"\nkind = "list"\n'
            'meaning = "B."\nmin = 5\nmax = 2\n',
            10,
            "min is 5 but max is 2",
        ),
    ],
)
def test_a_broken_template_names_file_and_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    """A mistake in a user's template says where it is and what was expected."""
    file = written(tmp_path, text)
    with pytest.raises(SettingError) as broken:
        load("mine", [tmp_path])
    assert str(broken.value).startswith(f"{file}:{line}: ")
    assert words in str(broken.value)


def test_a_template_that_is_not_text_is_named(tmp_path: Path) -> None:
    """Bytes that are not UTF-8, and files of any size, are mistakes in the file."""
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingError, match=r"mine\.toml"):
        load("mine", [tmp_path])
    written(tmp_path, "#" * 200_000)
    with pytest.raises(SettingError, match="too long"):
        load("mine", [tmp_path])


@given(st.text(max_size=200) | st.just("fields = " + "[" * 3000))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever stands in a template's file, the user is told where it is wrong."""
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    (folder / "mine.toml").write_text(text.replace("\x00", ""), "utf-8", "replace")
    with pytest.raises(SettingError, match=r"mine\.toml"):
        load("mine", [folder])


@pytest.mark.parametrize("source", ["brief", "deep", "notes"])
def test_a_started_template_asks_what_its_source_asks(tmp_path: Path, source: str) -> None:
    """It differs in comments only; begun from itself again it has them once."""
    text = started("mine", file_of(source, []).read_text("utf-8"))
    written(tmp_path, text)
    mine, before = load("mine", [tmp_path]), load(source, [])
    assert (mine.fields, mine.digest) == (before.fields, before.digest)
    assert started("mine", text) == text


def test_every_key_of_a_template_is_explained() -> None:
    """The comment of a new template names all that can be written in one."""
    text = started("mine", file_of("deep", []).read_text("utf-8"))
    explained = set(re.findall(r"^# (\w+(?:, \w+)?)  ", text, re.MULTILINE))
    known = {name for each in explained for name in each.split(", ")}
    table = tomllib.loads(text)
    assert set(table) - {"fields"} | {key for row in table["fields"] for key in row} <= known
    assert {"whole", "role"} <= known


def test_templates_new_writes_a_template_that_works(paperlens: Shell) -> None:
    """The new file stands beside config.toml, is listed, and says how it is used."""
    ran = paperlens("templates", "new", "mine", "--from", "notes")
    assert (ran.code, ran.out) == (0, "")
    file = paperlens.home / "paperlens" / "templates" / "mine.toml"
    assert str(file) in ran.err
    assert "paperlens summarize ID --template mine" in ran.err
    listed = paperlens("templates", "list").out
    assert [line.split()[0] for line in listed.splitlines()] == ["brief", "deep", "mine", "notes"]
    assert paperlens("templates", "show", "mine").out == file.read_text("utf-8")


def test_templates_new_never_overwrites(paperlens: Shell) -> None:
    """A template that is there stays as it is: exit 2."""
    assert paperlens("templates", "new", "mine").code == 0
    file = paperlens.home / "paperlens" / "templates" / "mine.toml"
    file.write_text(MINE, "utf-8")
    ran = paperlens("templates", "new", "mine")
    assert ran.code == 2
    assert "is there already" in ran.err
    assert file.read_text("utf-8") == MINE


@pytest.mark.parametrize("name", ["../x", "A", "", "a b", ".x", "x" * 60])
def test_a_template_has_a_plain_name(paperlens: Shell, name: str) -> None:
    """What could be a path or cannot be typed is no name for a template; nothing is written."""
    ran = paperlens("templates", "new", name)
    assert ran.code == 2
    assert not (paperlens.home / "paperlens").exists()
