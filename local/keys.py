"""The commands of `solde keys`; each imports what it needs when it runs."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from local.places import Places

HOME = Places().home

app = typer.Typer(no_args_is_help=True, help="API keys of the local cloud, or of one on AWS.")
out = Console(highlight=False, soft_wrap=True)

Home = Annotated[Path, typer.Option(help="Where the local cloud keeps its state.")]
OnAws = Annotated[str, typer.Option(help="A table on AWS instead, as the state stack puts it out.")]
Stage = Annotated[str, typer.Option(help="The stage of that table: live or test.")]


@app.command()
def create(
    name: Annotated[str, typer.Option(help="Who will use it.")],
    scope: Annotated[list[str], typer.Option(help="customers:read, events:write …, or *.")],
    home: Home = HOME,
    table: OnAws = "",
    stage: Stage = "live",
) -> None:
    """Make a key and show it, this once."""
    from local.keyring import keyring

    key = keyring(home, table, stage).create(name=name, scopes=scope, at=datetime.now(UTC))
    out.print(key, markup=False)


@app.command(name="list")
def every(home: Home = HOME, table: OnAws = "", stage: Stage = "live") -> None:
    """List the keys by their ids; what they are nobody knows."""
    from rich.table import Table

    from local.keyring import keyring

    shown = Table("id", "name", "scopes", "made", "state")
    for one in keyring(home, table, stage).every():
        state = "revoked" if one.revoked else "valid"
        shown.add_row(one.id, one.name, " ".join(one.scopes), f"{one.created_at:%Y-%m-%d}", state)
    out.print(shown)


@app.command()
def revoke(
    key_id: Annotated[str, typer.Argument(help="The id of the key, as it is listed.")],
    home: Home = HOME,
    table: OnAws = "",
    stage: Stage = "live",
) -> None:
    """Refuse a key from now on; it may still be good for a minute."""
    from local.keyring import keyring

    keyring(home, table, stage).revoke(key_id)
    out.print(f"{key_id} is revoked", markup=False)
