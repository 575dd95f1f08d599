"""`solde documents`: write the samples, read a structured invoice back."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from local.places import Places

app = typer.Typer(no_args_is_help=True, help="Documents in every form: write samples, read back.")
said = Console(highlight=False)
HOME = Places().home


@app.command()
def write(
    out: Annotated[Path, typer.Option(help="The folder that they are written into.")],
) -> None:
    """Write samples of every kind of document, in every form that each can have."""
    from local.documents.write import write as written

    count = files = 0
    for one in written(out):
        count, files = count + 1, files + len(one.endings)
        said.print(f"{one.name}: {' '.join(one.endings)}", markup=False, soft_wrap=True)
        for ending, why in one.refused:
            said.print(f"  no {ending}: {why}", markup=False, soft_wrap=True)
    said.print(f"{files} files of {count} documents in {out}")


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A Factur-X PDF, a CII or a UBL.")],
    against: Annotated[
        Path | None, typer.Option(help="A closed document as JSON; else the stored one.")
    ] = None,
    home: Annotated[Path, typer.Option(help="Where the local cloud keeps its state.")] = HOME,
    *,
    terms: Annotated[
        bool, typer.Option(help="Print the business terms, and compare none.")
    ] = False,
) -> None:
    """Compare a structured invoice with what was issued; exit code 1 if a term differs."""
    from local.documents.reading.compare import differences
    from local.documents.reading.opened import opened
    from local.documents.reading.read import read as terms_of
    from local.documents.reading.stored import document_at

    found = terms_of(opened(file))
    if terms:
        for code, text in found.terms.items():
            said.print(f"{code}: {text}", markup=False, soft_wrap=True)
        return
    wrong = list(differences(found, document_at(found, against, home)))
    for one in wrong:
        said.print(str(one), markup=False, soft_wrap=True)
    if wrong:
        raise typer.Exit(1)
    said.print(f"{len(found.terms)} terms of {file.name} are as issued", markup=False)
