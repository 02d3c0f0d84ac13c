"""`paperlens show`: everything known about papers that the user names."""

from paperlens.cli import options
from paperlens.context import context


def show(
    ids: options.Ids,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    markdown: options.Markdown = False,
    output: options.Output = None,
    figures: options.Figures = False,
    checks: options.Checks = False,
    pager: options.Pager = False,
    quiet: options.Quiet = False,
) -> None:
    """Everything known about papers.

    What the library does not hold is asked of arXiv, once.

    \b
    Examples:
      paperlens show 1                   the first paper of the last report
      paperlens show 2404.05674 hep-th/9901001
      paperlens show https://arxiv.org/abs/2404.05674v2 --json
      paperlens show 1 --figures         its first figure too, where the terminal shows pictures
      cut -f1 reading-list.tsv | paperlens show -
    """
    from dataclasses import replace

    from paperlens.cli.ids import ids_of
    from paperlens.cli.output import Delivery, deliver, name_what_is_missing
    from paperlens.document import FIGURE
    from paperlens.grounds import with_scores
    from paperlens.lookup import ABSENCES, about

    world = context()
    how = Delivery.chosen(
        json=json,
        jsonl=jsonl,
        markdown=markdown,
        output=output,
        pager=pager,
        quiet=quiet,
        figures=figures,
        checks=checks,
    )
    found = about(ids_of(ids, world), "show", world, (FIGURE,) if figures else ())
    report = with_scores(found, world)
    # Only a JSON document has a place for absences; everyone else reads them on standard error.
    others = tuple(notice for notice in report.notices if notice.code not in ABSENCES)
    deliver(report if how.form == "json" else replace(report, notices=others), how, world)
    name_what_is_missing(report, world)
