"""Our own exports of a day, looked over as strictly as other people's were."""

import json

import pytest

from paperlens.demo import Sample
from tests.benchmarks import audit
from tests.conftest import Shell


@pytest.mark.parametrize("template", ["brief", "deep", "notes"])
def test_every_paper_of_a_day_is_all_there(reader: Shell, sample: Sample, template: str) -> None:
    """Authors, ids, links, dates, summaries and pictures are right in every preset."""
    assert reader("today").code == 0
    read = [id for id in sample.pdfs if id in reader("export", "--to", "json").out]
    assert reader("figures", *read).code == 0
    assert reader("summarize", *read, "--full-text", "--template", template).code == 0
    assert reader("today", "--all").code == 0
    folder = reader.home / "audited"
    faults = list(audit.audited(_run(reader), folder))
    assert not faults, audit.table(faults, len(sample.papers)) + f"\n{faults}"
    for preset in ("hexo", "dendron", "obsidian"):
        assert len(list((folder / preset).rglob("*.png"))) >= len(read)


def test_the_audit_sees_faults(reader: Shell) -> None:
    """A paper without its authors, a placeholder, foreign HTML: each is named."""
    assert reader("today").code == 0
    templates = reader.home / "paperlens" / "templates"
    templates.mkdir(parents=True)
    line = "## {{ paper.title | linked(paper.url) }}\n\n{{ paper.abstract }}\n\n<b>N/A</b>\n"
    text = f"{{% for paper in papers %}}\n{line}\n{{% endfor %}}\n"
    (templates / "dendron.md.j2").write_text(text)
    faults = list(audit.audited(_run(reader), reader.home / "audited"))
    told = {what for preset, _, what in faults if preset == "dendron"}
    assert {"authors", "day", "HTML <b>", "placeholder N/A"} <= told
    assert not [fault for fault in faults if fault[0] != "dendron"]


def test_the_audit_reads_every_preset(reader: Shell) -> None:
    """Whatever the form, an author who is not there, or another title, is seen."""
    assert reader("today").code == 0
    paper = json.loads(reader("export", "--to", "json").out)["papers"][0]
    author, title = (_longest(text) for text in (" ".join(paper["authors"]), paper["title"]))

    def run(*words: str) -> str:
        out = _run(reader)(*words)
        for file in (reader.home / "audited").rglob("*.*"):
            if file.is_file() and file.suffix != ".png":
                text = file.read_text("utf-8").replace(author, "Nobody")
                file.write_text(text.replace(title, "Nothing"), "utf-8")
        return out

    found = set(audit.audited(run, reader.home / "audited"))
    for part in ("authors", "title"):
        assert {name for name, *what in found if what == [paper["id"], part]} == {*audit.PRESETS}


def _longest(text: str) -> str:
    """Of its words, one that every format spells as it is."""
    return max((word for word in text.split() if word.isalpha() and word.isascii()), key=len)


def _run(shell: Shell) -> audit.Run:
    def run(*words: str) -> str:
        ran = shell(*words)
        assert ran.code == 0, ran.err
        return ran.out

    return run
