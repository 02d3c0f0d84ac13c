"""TeX at work: a manuscript becomes a PDF and its truth, in a folder that is thrown away."""

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pymupdf

from tests.make.typeset import rasters, record
from tests.make.typeset.dresses import DRESSES
from tests.make.typeset.manuscript import Manuscript
from tests.make.typeset.outline import body
from tests.make.typeset.paper import read

HERE = Path(__file__).parent
ENVIRONMENT = os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "FORCE_SOURCE_DATE": "1"}


class TypesettingFailed(Exception):
    """TeX stopped; its log says where."""


def press(name: str, keep: Path | None = None) -> tuple[bytes, dict[str, Any]]:
    """The PDF and the truth of one paper."""
    manuscript = _manuscript(name)
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        (folder / "truth.sty").write_bytes((HERE / "truth.sty").read_bytes())
        (folder / f"{name}.tex").write_text(_source(manuscript), encoding="utf-8")
        for kind, seed in manuscript.pictures:
            rasters.write(folder, kind, seed)
        for _ in range(manuscript.dress.passes):
            _run(manuscript.dress.engine, folder, name)
        if manuscript.paper.is_distilled:
            _distil(folder, name)
        pdf = (folder / f"{name}.pdf").read_bytes()
        written = (folder / f"{name}.truth").read_text(encoding="utf-8").splitlines()
    with pymupdf.open("pdf", pdf) as document:
        height, pages = document[0].rect.height, len(document)
    return pdf, record.truth(manuscript, record.read(written, height), pages)


def as_json(truth: dict[str, Any]) -> str:
    """A thing on a line, so that changes can be read."""
    parts = []
    for key, value in truth.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            inner = ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in value)
            parts.append(f"{json.dumps(key)}: [\n  {inner}]")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{" + ",\n ".join(parts) + "}\n"


def _manuscript(name: str) -> Manuscript:
    paper = read(name)
    return Manuscript(paper, DRESSES[paper.dress])


def _source(manuscript: Manuscript) -> str:
    dress = manuscript.dress
    front = dress.front(manuscript)
    text = body(manuscript)
    front = front.replace("TEASER", manuscript.teaser)
    return "\n".join(
        (
            dress.preamble, r"\usepackage{truth}", r"\begin{document}",
            front, text, dress.closing, r"\end{document}",
        )
    )  # fmt: skip


def _distil(folder: Path, name: str) -> None:
    """Through Ghostscript, and with an identifier that is the same each time."""
    told = "-q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=pdfwrite -dCompatibilityLevel=1.5"
    told += " -dAutoRotatePages=/None -dDownsampleColorImages=false"
    told += " -dAutoFilterColorImages=false -dColorImageFilter=/FlateEncode"
    made = folder / "distilled.pdf"
    command = ["gs", *told.split(), f"-sOutputFile={made.name}", f"{name}.pdf"]
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, timeout=300)
    whole = made.read_bytes()
    (folder / f"{name}.pdf").write_bytes(
        re.sub(
            rb"/ID \[<[0-9A-F]{32}><[0-9A-F]{32}>\]",
            b"/ID [<%b><%b>]" % (b"0" * 32, b"0" * 32),
            whole,
        )
    )


def _run(engine: str, folder: Path, name: str) -> None:
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"]
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, check=False, timeout=300
    )
    if done.returncode:
        told = done.stdout.decode("utf-8", "replace").splitlines()
        place = next((at for at, line in enumerate(told) if line.startswith("!")), 0)
        raise TypesettingFailed(f"{name}: " + " | ".join(told[place : place + 6]))
