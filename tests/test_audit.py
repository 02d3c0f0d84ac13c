"""Our own exports of a day, looked over as strictly as other people's were."""

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
    assert not faults, audit.table(faults, len(sample.papers))
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


def _run(shell: Shell) -> audit.Run:
    def run(*words: str) -> str:
        ran = shell(*words)
        assert ran.code == 0, ran.err
        return ran.out

    return run
