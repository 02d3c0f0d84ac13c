"""Real papers that Debian packages carry under free licences, fetched by apt and never committed.

Each is known by its digest: a package that has changed since its papers were looked at does not
count.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

TRUTH = Path(__file__).parent.parent / "real_papers.json"

Truths = dict[str, dict[str, Any]]


class NotFetched(Exception):
    """Why there is nothing to read, as a sentence."""


def known_papers() -> Truths:
    """What eyes saw of each paper, by its name."""
    papers: Truths = json.loads(TRUTH.read_text("utf-8"))
    return papers


def fetch(papers: Truths, folder: Path) -> dict[str, Path]:
    """The files of the papers, by name; packages are asked for only where a file is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / f"{name}.pdf" for name in papers}
    missing = [name for name, file in files.items() if not file.exists()]
    for package in sorted({papers[name]["package"] for name in missing}):
        members = {
            papers[name]["path"]: files[name]
            for name in missing
            if papers[name]["package"] == package
        }
        _unpack(_downloaded(package, folder), members)
    return {name: file for name, file in files.items() if _is_known(file, papers[name])}


def _downloaded(package: str, folder: Path) -> Path:
    if not all(map(shutil.which, ("apt-get", "dpkg-deb"))):
        raise NotFetched("real papers come from Debian packages, and here is no apt-get")
    if not _archives(package, folder):
        command = ["apt-get", "download", package]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotFetched(f"apt-get refuses {package}: {_last_line(done.stderr)}")
    return _archives(package, folder)[0]


def _archives(package: str, folder: Path) -> Sequence[Path]:
    return sorted(folder.glob(f"{package}_*.deb"))


def _unpack(archive: Path, members: Mapping[str, Path]) -> None:
    command = ["dpkg-deb", "--fsys-tarfile", str(archive)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as process,
        tarfile.open(fileobj=process.stdout, mode="r|") as tar,
    ):
        for member in tar:
            target = members.get(member.name.removeprefix("./"))
            content = tar.extractfile(member) if target else None
            if target and content:
                target.write_bytes(content.read())


def _is_known(file: Path, paper: Mapping[str, Any]) -> bool:
    return file.exists() and digest(file) == paper["sha256"]


def digest(file: Path) -> str:
    """Of the file's content."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _last_line(text: str) -> str:
    lines: Iterable[str] = text.strip().splitlines()
    return (list(lines) or ["it does not say why"])[-1]
