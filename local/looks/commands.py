"""`solde templates preview`: a sample document, dressed by templates that are not saved yet."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from local.places import Places

app = typer.Typer(no_args_is_help=True, help="Templates of documents: look at them.")
said = Console(highlight=False)
HOME = Places().home


@app.callback()
def templates() -> None:
    """Keep `preview` a command of its own, though it is the only one."""


@app.command()
def preview(
    out: Annotated[Path, typer.Option(help="The folder for the page and the PDF.")],
    template: Annotated[
        list[Path] | None,
        typer.Option(help="A body of POST /v1/templates as JSON; the most specific first."),
    ] = None,
    language: Annotated[str, typer.Option(help="Of the sample: de, en, es, fr, it, nl.")] = "en",
    entity: Annotated[
        str, typer.Option(help="An entity of the local cloud, with what it has now.")
    ] = "",
    logo: Annotated[Path | None, typer.Option(help="A PNG or JPEG in the place of theirs.")] = None,
    home: Annotated[Path, typer.Option(help="Where the local cloud keeps its state.")] = HOME,
) -> None:
    """Set a sample as page and PDF; what a text would lack is marked."""
    from local.looks.preview import Wanted, previewed, stored

    found = stored(entity, language, home) if entity else ()
    wanted = Wanted(language, template or (), logo, *found)
    for path in previewed(wanted, out):
        said.print(str(path), markup=False, soft_wrap=True)
