"""`solde documents`: write the samples, read a structured invoice back."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(no_args_is_help=True, help="Documents in every form: write samples, read back.")
said = Console(highlight=False)


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
