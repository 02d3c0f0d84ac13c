"""Make tests/typeset/: invented papers as PDFs, and the truth about each as JSON.

    python -m tests.make.typeset [NAME...] [--keep FOLDER]

TeX is needed only for this. Debian: texlive-latex-extra, texlive-publishers, texlive-science,
texlive-pictures, texlive-fonts-recommended, texlive-fonts-extra, texlive-plain-generic,
texlive-lang-chinese, texlive-xetex, lmodern, fonts-noto-cjk, ghostscript. The same TeX Live writes
the same bytes again. FOLDER gets TeX's files.
"""

import argparse
import sys
from pathlib import Path

from tests.make.typeset.paper import names
from tests.make.typeset.press import as_json, press

SET = Path(__file__).parents[2] / "typeset"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="*")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    SET.mkdir(exist_ok=True)
    for name in asked.name or names():
        keep = asked.keep
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
        pdf, truth = press(name, keep)
        (SET / f"{name}.pdf").write_bytes(pdf)
        (SET / f"{name}.json").write_text(as_json(truth), encoding="utf-8")
        print(f"{name}: {truth['pages']} pages, {len(pdf) // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
