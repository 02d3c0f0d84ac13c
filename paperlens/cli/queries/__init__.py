"""`paperlens query`: what the reader looks for each morning."""

import typer

from paperlens.cli.queries import adding, kept, trying

app = typer.Typer(
    help="What you look for: saved queries in arXiv's own language.", no_args_is_help=True
)
app.command("add")(adding.add)
app.command("list")(kept.list_queries)
app.command("show")(kept.show)
app.command("edit")(kept.edit)
app.command("rename")(kept.rename)
app.command("rm")(kept.remove)
app.command("test")(trying.test)
