"""What takes a while and is done for one paper while the reader goes on with others."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from paperlens import opening
from paperlens.models import Known
from paperlens.reports.layout import fit
from paperlens.reports.text import address, readable
from paperlens.triage.beginning import Beginning
from paperlens.triage.sheets import Sheet
from paperlens.unseen import one_line

if TYPE_CHECKING:
    from paperlens.triage.app import Triage

_NAMED = 48
_GALLERY = 92
_SENTENCES = {
    "deep": "A deep summary is being made…",
    "figures": "The figures are being cut out…",
    "pdf": "The PDF is being fetched…",
    "browse": "The browser is being started…",
}


class Errands:
    """`under_way` says of each paper what is being done about it."""

    def __init__(self, app: "Triage", begins: Beginning) -> None:
        self._app, self._begins, self._desk = app, begins, begins.desk
        self._ways = {
            "deep": self._deep, "figures": self._figures, "pdf": self._pdf, "browse": self._browse,
        }  # fmt: skip
        self.under_way: dict[str, str] = {}

    def begin(self, name: str, known: Known) -> None:
        """One at a time for each paper."""
        if known.paper.id in self.under_way:
            self._app.notify("Something is being done about this paper already.", markup=False)
            return
        self.under_way[known.paper.id] = _SENTENCES[name]
        self._app.show_card()
        self._app.later(partial(self._done, name, known))

    async def _done(self, name: str, known: Known) -> None:
        with self._app.trouble_told(_named(known)):
            try:
                await self._ways[name](known)
            finally:
                del self.under_way[known.paper.id]
                self._app.show_card()

    async def _deep(self, known: Known) -> None:
        depth = await self._app.hands.work(lambda: self._desk.in_depth(known.paper))
        self._app.told(depth.entry)
        for told in (*(notice.text for notice in depth.notices), depth.entry.error):
            if told:
                self._app.complain(f"{_named(known)}: {told}")

    async def _figures(self, known: Known) -> None:
        from paperlens.triage.gallery import gallery

        width = min(_GALLERY, self._app.size.width)
        opened = await self._app.hands.work(lambda: self._desk.figures(known.paper))
        if opened.error or not opened.figures:
            self._app.complain(f"{_named(known)}: {opened.error or 'no figures were found'}")
            return
        has_pictures, words = self._begins.has_pictures, self._begins.words
        shown = await self._app.hands.work(
            lambda: gallery(opened.figures, has_pictures, width - 5, words)
        )

        def view(file: Path) -> None:
            self._app.later(partial(self._view, file))

        self._app.push_screen(
            Sheet(_named(known), lambda _: shown.lines, width, shown.file_at, view)
        )

    async def _pdf(self, known: Known) -> None:
        await self._view(await self._app.hands.work(lambda: self._desk.pdf(known.paper)))

    async def _browse(self, known: Known) -> None:
        if url := address(known.paper.url or ""):
            await self._show_page(url)
        else:
            self._app.complain(f"{_named(known)}: no address is known of it")

    async def _view(self, file: Path) -> None:
        if opening.viewer() is None:
            await self._show_page(file.as_uri())
        else:
            await self._outside(lambda: opening.open_file(file))

    async def _show_page(self, url: str) -> None:
        if opening.needs_the_terminal():
            with self._app.suspend(), self._app.trouble_told():
                opening.open_here(url)
        else:
            await self._outside(lambda: opening.open_apart(url))

    async def _outside(self, work: Callable[[], None]) -> None:
        with self._app.trouble_told():
            await self._app.hands.work(work)


def _named(known: Known) -> str:
    return fit(readable(known.paper.title) or one_line(known.paper.id), _NAMED)
