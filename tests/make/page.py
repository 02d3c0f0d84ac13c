"""Take the pictures of docs/: the page of the sample day, as Chromium shows it.

python -m tests.make.page               write docs/page.png and docs/page-phone.png

Fonts are those of the machine, so no test compares the pictures.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.chromium import Tab, installed, tab

DOCS = Path(__file__).parents[2] / "docs"
MOST_BYTES = 200_000


def pictures(program: str) -> dict[str, bytes]:
    """A desk by day, where somebody searches, and a phone at night."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        words = ["-m", "paperlens", "demo", "--quiet", "-o", str(file)]
        subprocess.run([sys.executable, *words], check=True)
        with tab(program) as page:
            return {
                "page.png": _seen(page, f"{file.as_uri()}#q=covering&query=diffusion", 1280, 1020),
                "page-phone.png": _seen(page, file.as_uri(), 390, 844, night=True),
            }


def _seen(page: Tab, address: str, width: int, height: int, *, night: bool = False) -> bytes:
    page.look(width, height, dark=night, scale=1.5 if width < 500 else 1)
    page.open(address)
    page.run("new Promise((done) => setTimeout(done, 300))")  # what was found is marked by then
    page.until("[...document.images].every((each) => each.complete || each.loading === 'lazy')")
    return page.picture()


def main() -> int:
    """Write the pictures, where there is a browser to take them."""
    program = installed()
    if program is None:
        print("there is no Chromium here (Debian: apt-get install chromium)")
        return 1
    for name, png in pictures(program).items():
        if len(png) > MOST_BYTES:
            print(f"{name} would have {len(png):,} bytes, more than {MOST_BYTES:,}")
            return 1
        (DOCS / name).write_bytes(png)
        print(f"wrote docs/{name}: {len(png):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
