"""`solde dunning preview`: who would be asked for what on a day, and why, or why not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from local.errors import LocalCloudError
from local.explained import money
from local.places import Places
from solde.domain.invoicing.parties import Entity
from solde.storage.contacts import ContactTable
from solde.storage.dunning import DunningTable
from solde.storage.dunning_policies import PolicyTable
from solde.storage.entities import EntityTable
from solde.storage.table import Table as Stored
from solde.workflows.chase_overdue import Decided, Deciding, decided, select_overdue

app = typer.Typer(no_args_is_help=True, help="Dunning: who is asked for what is overdue.")
said = Console(highlight=False)
HOME = Places().home
LOOKED_AT = time(10)
COLUMNS = ("invoice", "customer", "open", "due", "policy", "step", "decision", "on")


class NoDayError(LocalCloudError):
    """The day is none."""


@app.callback()
def dunning() -> None:
    """Keep `preview` a command of its own, though it is the only one."""


@app.command()
def preview(
    on: Annotated[str, typer.Option(help="The day, at ten in the seller's morning.")],
    home: Annotated[Path, typer.Option(help="Where the local cloud keeps its state.")] = HOME,
) -> None:
    """Decide about every overdue invoice by the code that chases; nothing is sent or written."""
    from local.stores import stores_of  # noqa: PLC0415 - the SDK is wanted here only
    from local.up import attached  # noqa: PLC0415

    table = stores_of(attached(home)).table
    for entity in EntityTable(table).all():
        found = list(decisions(table, entity, _day(on)))
        said.print(shown(entity, found))


def decisions(table: Stored, entity: Entity, on: date) -> Iterator[Decided]:
    """Yield what is decided about the invoices of an entity that are looked at until a day."""
    at = datetime.combine(on, LOOKED_AT, ZoneInfo(entity.time_zone)).astimezone(UTC)
    context = Deciding(DunningTable(table), ContactTable(table), PolicyTable(table))
    for candidate in select_overdue(entity.code, on, context.store):
        found = None if candidate.restricted else decided(candidate, entity, at, context)
        if found:
            yield found


def shown(entity: Entity, found: list[Decided]) -> Table:
    table = Table(*COLUMNS, title=f"{entity.name}: {len(found)} overdue")
    for one in found:
        header, decision = one.overdue.header, one.decision
        table.add_row(
            header.number,
            one.overdue.customer.name,
            f"{money(header.open_minor, header.currency)} {header.currency}",
            header.due_on.isoformat(),
            f"{one.policy.code} {one.policy.version}",
            f"{decision.number} of {len(one.policy.levels)}" if decision.number else "",
            f"{decision.act.value}: {decision.reason.value.replace('_', ' ')}",
            decision.on.isoformat() if decision.on else "",
        )
    return table


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise NoDayError(f"--on: expected a day such as 2013-03-20, found {text!r}") from wrong
