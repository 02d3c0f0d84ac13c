"""What `paperlens doctor` looks at: each finding says how it is and, if not well, what to do."""

import os
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from paperlens import __version__, arxiv_week
from paperlens.errors import ModelRefused, PaperlensError, SettingError, UserError
from paperlens.ids import ArxivId
from paperlens.models import SavedQuery
from paperlens.taxonomy import unknown

if TYPE_CHECKING:
    from paperlens.context import Context
    from paperlens.settings import Llm
    from paperlens.summaries.asking.providers import Key

ANY_CATEGORY = frozenset({"cs.AI"})
ANY_PAPER = ArxivId("1706.03762")
_UNUSABLE_KEY = "holds a space, a line break or a letter that no key has"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    area: str
    kind: Literal["good", "note", "problem"]
    text: str
    remedy: str | None = None
    exit_code: int = 0


def examine(world: "Context") -> Iterator[Finding]:
    """Everything in turn, from what is nearest to what is farthest away."""
    yield from _versions()
    yield from _places(world)
    yield from _settings(world)
    yield from _library(world)
    yield from _queries(world)
    try:
        settings = world.settings
    except SettingError:
        yield Finding("arXiv", "note", "not asked: the settings have to be mended first")
        return
    yield from _templates(settings.today.template, world)
    yield from _arxiv(world)
    yield from _models(settings.llm, world)


def _problem(area: str, error: PaperlensError, remedy: str | None = None) -> Finding:
    return Finding(area, "problem", error.sentence, error.hint or remedy, error.exit_code)


def _versions() -> Iterator[Finding]:
    yield Finding(
        "paperlens",
        "good",
        f"{__version__} on Python {platform.python_version()}, {platform.system()}",
    )
    found = []
    for package in _required():
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            remedy = "install paperlens again: pipx reinstall paperlens"
            yield _problem("paperlens", UserError(f"the package {package} is missing", remedy))
    yield Finding("paperlens", "good", ", ".join(found))


def _required() -> list[str]:
    """The packages that paperlens depends on, as its own metadata names them."""
    told = requires("paperlens") or []
    return [re.split(r"[^\w-]", line)[0] for line in told if "extra ==" not in line]


def _places(world: "Context") -> Iterator[Finding]:
    places = world.places
    for name, folder in (
        ("settings", places.config.parent),
        ("data", places.data),
        ("cache", places.cache),
    ):
        obstacle = _obstacle(folder)
        if obstacle:
            sentence = f"{name}: {folder} cannot be written: {obstacle}"
            remedy = "change its rights, or set PAPERLENS_HOME to another folder"
            yield _problem("places", UserError(sentence, remedy))
        else:
            missing = "" if folder.exists() else " (not there yet)"
            yield Finding("places", "good", f"{name}: {folder}{missing}")


def _obstacle(folder: Path) -> str | None:
    """Why nothing could be written there, without writing anything."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if not nearest.is_dir():
        return f"{nearest} is a file"
    return None if os.access(nearest, os.W_OK | os.X_OK) else f"no right to write in {nearest}"


def _settings(world: "Context") -> Iterator[Finding]:
    try:
        resolved = world.configured
    except SettingError as error:
        yield _problem("settings", error, "paperlens config edit")
        return
    count = len(resolved.origins)
    yield Finding("settings", "good", f"{count} of your own" if count else "all at their defaults")
    for code, meant in unknown(resolved.settings.arxiv.categories).items():
        sentence = f"arxiv.categories: arXiv has no category {code}"
        remedy = f"paperlens config set arxiv.categories …{f'; {meant}' if meant else ''}"
        yield _problem("settings", SettingError(sentence, remedy))


def _library(world: "Context") -> Iterator[Finding]:
    troubles = [_problem("library", error) for error in world.library.troubles()]
    yield from troubles or [Finding("library", "good", "every file can be read")]
    for file in world.library.set_aside():
        yield Finding(
            "library",
            "note",
            f"{file} was damaged and is kept as it was",
            "look in it for what you miss; then delete it",
        )


def _queries(world: "Context") -> Iterator[Finding]:
    try:
        queries = world.library.queries()
    except PaperlensError as error:
        yield _problem("queries", error)
        return
    if not queries:
        yield Finding(
            "queries", "note", "none saved yet", "paperlens query add NAME EXPR, or paperlens today"
        )
    else:
        names = ", ".join(query.name for query in queries)
        yield Finding("queries", "good", f"{len(queries)} saved: {names}")
    for query in queries:
        yield from _query(query, world)


def _query(saved: SavedQuery, world: "Context") -> Iterator[Finding]:
    from paperlens.query import parse

    edit = f"paperlens query edit {saved.name} EXPR"
    try:
        query = parse(saved.expr, saved.name)
    except UserError as error:
        yield _problem("queries", error, edit)
        return
    for code in unknown(query.categories):
        problem = UserError(f"{saved.name}: arXiv has no category {code}", edit)
        yield _problem("queries", problem)
    if not query.names_categories and not _configured_categories(world):
        yield Finding(
            "queries",
            "note",
            f"{saved.name} names no category",
            "add cat:… to it, or set arxiv.categories",
        )


def _configured_categories(world: "Context") -> tuple[str, ...]:
    try:
        return world.settings.arxiv.categories
    except SettingError:
        return ()


def _arxiv(world: "Context") -> Iterator[Finding]:
    try:
        announced = world.source.announcements(ANY_CATEGORY)
        day = arxiv_week.spelled(announced.day) if announced.day else "no day named"
        yield Finding("arXiv", "good", f"the feed answers ({day}, cs.AI: {len(announced.papers)})")
    except PaperlensError as error:
        yield _problem("arXiv", error, "check the network, the proxy and arxiv.feed_url")
    try:
        world.source.details([ANY_PAPER])
        yield Finding("arXiv", "good", "the API answers")
    except PaperlensError as error:
        yield _problem(
            "arXiv", error, "reports go on without comments and exact dates; try again later"
        )


def _templates(chosen: str, world: "Context") -> Iterator[Finding]:
    from paperlens.summaries.templates import load, names

    folders = world.places.templates
    known, problems = names(folders), []
    for name in dict.fromkeys((chosen, *known)):
        try:
            load(name, folders)
        except PaperlensError as error:
            remedy = "mend the file, or delete it" if name in known else "paperlens templates list"
            problems.append(_problem("templates", error, remedy))
    yield from problems or [Finding("templates", "good", f"{chosen}, of {len(known)}")]


def _models(llm: "Llm", world: "Context") -> Iterator[Finding]:
    from paperlens.summaries.asking.keys import kept
    from paperlens.summaries.asking.providers import key_of

    if not llm.model:
        yield Finding(
            "model",
            "note",
            "none: summaries are the built-in extractive ones",
            "paperlens config set llm.model MODEL, if you want a model to write them",
        )
        return
    yield _key(llm.model, key_of(llm.model, llm.api_base, world.environ, kept))
    yield _server(llm.model, llm.api_base, world)
    for fallback in llm.fallbacks:
        yield _key(f"fallback {fallback}", key_of(fallback, "", world.environ, kept))


def _key(model: str, key: "Key") -> Finding:
    from paperlens.summaries.asking.providers import KeyState

    match key.state:
        case KeyState.UNCHECKED:
            return Finding("model", "note", f"{model}: its key was not checked")
        case KeyState.NEEDLESS:
            return Finding("model", "good", f"{model}: it may need no key")
        case KeyState.AT_HAND:
            told = f"its key is in {key.where}" if key.is_kept else f"{key.where} is set"
            return Finding("model", "good", f"{model}: {told}")
    missing = key.state is KeyState.MISSING
    fault = f"needs a key: set {key.where}" if missing else f"{key.where} {_UNUSABLE_KEY}"
    return _problem("model", ModelRefused(f"{model}: {fault}", key.remedy))


def _server(model: str, api_base: str, world: "Context") -> Finding:
    from paperlens.summaries.asking.providers import server_of, silence_of

    silence = silence_of(model, api_base, world.environ)
    if silence:
        remedy = "start the server, or check the network and llm.api_base"
        return _problem("model", ModelRefused(silence, remedy))
    if server_of(model, api_base, world.environ):
        return Finding("model", "good", "its server answers")
    return Finding("model", "note", "its server was not asked: paperlens does not know where")
