"""Everything that has to hold before a change is taken: `python -m tests`.

Lint and format, types, the tests with the generated pages, then the README's first command and the
built wheel, each in an environment of its own.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOUSE = Path(__file__).parents[1]


def main() -> None:
    """Run each check; the first that fails ends it."""
    python = [sys.executable, "-m"]
    step("lint", [*python, "ruff", "check", "."])
    step("format", [*python, "ruff", "format", "--check", "."])
    step("types", [*python, "mypy"])
    with tempfile.TemporaryDirectory(prefix="paperlens-tests-") as folder:
        the_readme_command(Path(folder, "clone"))
        the_wheel(Path(folder, "wheel"))
    workers = ["-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal"]
    step("tests", [*python, "pytest", *workers, *sys.argv[1:]])


def step(name: str, command: list[str], *, cwd: Path = HOUSE) -> str:
    """Run a command and show what it prints; its failure is ours."""
    print(f"── {name}", flush=True)
    start = time.monotonic()
    done = subprocess.run(command, cwd=cwd, check=False, env=_bare_environment())
    print(f"   {name}: {time.monotonic() - start:.1f} s", flush=True)
    if done.returncode:
        sys.exit(f"{name} failed")
    return name


def the_readme_command(clone: Path) -> None:
    """The first command of the README, as it stands, in a copy of the sources."""
    readme = (HOUSE / "README.md").read_text("utf-8")
    found = re.search(r"<!-- try -->\n```sh\n(.+)\n```", readme)
    assert found, "README.md has no command to try"
    _copy_of_sources(clone)
    step("readme", ["sh", "-c", found[1]], cwd=clone)


def the_wheel(folder: Path) -> None:
    """The wheel, alone in a fresh environment, shows the demo."""
    folder.mkdir()
    step("build", [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder)])
    (wheel,) = folder.glob("*.whl")
    step("venv", [sys.executable, "-m", "venv", str(folder / "venv")])
    commands = folder / "venv" / "bin"
    step("install", [str(commands / "pip"), "install", "--quiet", str(wheel)])
    show = f"cd {folder} && {commands}/paperlens demo --json | {commands}/python -m json.tool"
    step("wheel", ["sh", "-c", f"{show} > demo.json && grep -c '\"id\":' demo.json"])


def _copy_of_sources(clone: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        target = clone / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOUSE / name, target)


def _bare_environment() -> dict[str, str]:
    """Nobody's settings, and no environment that is active around us."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PAPERLENS_", "VIRTUAL_ENV", "PYTHONPATH"))
    }


if __name__ == "__main__":
    main()
