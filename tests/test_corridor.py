"""The house is one corridor: a walk over the imports of every module proves it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import paperlens

HOUSE = Path(paperlens.__file__).parent
ROOMS = (
    "query", "sources", "library", "search", "bibliography", "layout", "reading", "summaries",
    "reports", "demo", "taste",
)  # fmt: skip
TOP = (
    "cli",
    "context",
    "today",
    "ask",
    "road",
    "forecast",
    "news",
    "rank",
    "reasons",
    "grounds",
    "lookup",
    "details",
    "developments",
    "similar",
    "study",
    "twins",
    "follow",
    "telling",
    "triage",
    "intake",
    "doctor",
    "__main__",
)
DOORS = {
    "typer": ("cli/",),
    "rich": ("reports/", "context.py", "cli/output.py", "triage/"),
    "textual": ("triage/",),
    "arxiv": ("sources/api.py",),
    "requests": ("sources/gate.py",),
    "urllib3": ("sources/gate.py",),
    "tinydb": ("library/storage.py",),
    "pymupdf": ("reading/pdf.py", "reading/pages.py", "reading/ink.py"),
    "litellm": ("summaries/asking/wire.py",),
    "httpx": ("summaries/asking/bounds.py",),
    "keyring": ("summaries/asking/keys.py",),
    "tomlkit": ("configuration.py",),
    "platformdirs": ("context.py",),
    "bibtexparser": ("bibliography/bibtex",),
    "rispy": ("bibliography/ris.py",),
    "jinja2": ("reports/html/", "reports/templates/jinja.py"),
    "markupsafe": ("reports/html/", "reports/templates/jinja.py"),
}


def modules() -> dict[str, Path]:
    """Every module of the house by its dotted name."""
    files = HOUSE.rglob("*.py")
    return {
        ".".join(file.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(
            ".__init__"
        ): file
        for file in files
    }


def imports_of(file: Path, *, while_typing: bool = False) -> Iterator[str]:
    """The modules that a file imports, anywhere in it; under TYPE_CHECKING only if asked."""
    tree = ast.parse(file.read_text())
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
        if not while_typing
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{file}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports() -> dict[str, set[str]]:
    """Module → modules of ours that it imports."""
    known = modules()
    return {
        name: {m for m in imports_of(file) if m in known} - {name} for name, file in known.items()
    }


def room_of(module: str) -> str:
    return module.partition(".")[2].partition(".")[0]


def test_no_circles() -> None:
    """No module imports itself by way of others."""
    graph = own_imports()
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path, module))
        if module not in done:
            for imported in sorted(graph[module]):
                # A package's face hands on what its own modules define.
                if imported != "paperlens" and not module.startswith(f"{imported}."):
                    visit(imported, (*path, module))
            done.add(module)

    for module in sorted(graph):
        visit(module, ())


def is_room(module: str) -> bool:
    return room_of(module) in ROOMS


def test_the_ground_stands_on_nothing_above_it() -> None:
    """What is neither a room nor above the rooms imports neither, but by a room's face."""
    for module, imported in own_imports().items():
        if room_of(module) in {*ROOMS, *TOP, ""}:
            continue
        for other in imported:
            assert room_of(other) not in TOP, f"{module} imports {other}"
            assert not is_room(other) or other.count(".") == 1, f"{module} imports {other}"


def test_rooms_do_not_look_into_each_other() -> None:
    """A room imports the ground and the faces of rooms, never another room's inside."""
    for module, imported in own_imports().items():
        if not is_room(module):
            continue
        for other in imported:
            assert room_of(other) not in TOP, f"{module} imports {other}"
            if is_room(other) and room_of(other) != room_of(module):
                assert other.count(".") == 1, f"{module} imports {other}"


def test_the_road_is_entered_by_its_face() -> None:
    """What is above the rooms looks into them, but not into the road: it is one way."""
    for module, imported in own_imports().items():
        if room_of(module) != "road":
            assert not [other for other in imported if other.startswith("paperlens.road.")], module


def test_imports_point_down_the_corridor() -> None:
    """Only the command line and its check-up know the context; nothing knows the command line."""
    for module, imported in own_imports().items():
        rooms = {room_of(other) for other in imported}
        if room_of(module) not in {"cli", "__main__"}:
            assert "cli" not in rooms, module
        if room_of(module) not in {"cli", "doctor"}:
            assert "context" not in rooms, module


def test_one_door_for_each_foreign_library() -> None:
    """Each library from outside is imported in one place only, and each is a known one."""
    for file in modules().values():
        for imported in imports_of(file, while_typing=True):
            package = imported.split(".")[0]
            if package in sys.stdlib_module_names or package == "paperlens":
                continue
            assert package in DOORS, f"{file} imports {imported}"
            inside = file.relative_to(HOUSE).as_posix()
            assert inside.startswith(DOORS[package]), f"{inside} imports {imported}"


def test_files_stay_small() -> None:
    """No module grows past what a reader takes in: 350 lines."""
    for file in modules().values():
        assert len(file.read_text().splitlines()) <= 350, file
