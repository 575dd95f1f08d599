"""Credits by hand in a tree: what each stands for, what was billed of it, what it is rounded on."""

from collections.abc import Iterable, Sequence
from typing import Any

from solde.domain.invoicing.texts import exact_text, plain
from solde.domain.rating import BilledLine, Charge, Given, Stand


def credit(
    one: Given,
    lines: Sequence[BilledLine],
    elsewhere: Iterable[Charge],
    untold: Iterable[Charge],
) -> dict[str, Any]:
    """Give a credit with its arithmetic; `lines` are those billed of its key."""
    fact = one.stand.credit
    said: dict[str, Any] = {
        "id": fact.id,
        "invoice": fact.invoice_id,
        "start_on": fact.days.start_on.isoformat(),
        "end_on": fact.days.end_on.isoformat(),
        "amount": fact.amount.minor,
        "held": str(fact.held),
        "stands": str(one.stand.share),
        "billed": [
            [line.invoice_id, exact_text(part.exact), part.net]
            for line in lines
            for part in line.credited
            if part.id == fact.id
        ],
        "elsewhere": _parts(fact.id, elsewhere),
        "untold": _parts(fact.id, untold),
    }
    if one.stand.served:
        said |= _counted(one.stand)
    if fact.withdrawn:
        said["withdrawn"] = True
    if one.part:
        said["before"] = {"exact": exact_text(one.before), "gross": one.gross}
    return said


def _parts(identity: str, charges: Iterable[Charge]) -> list[list[Any]]:
    return [
        [exact_text(part.exact), part.net]
        for one in charges
        for part in one.credited
        if part.id == identity
    ]


def _counted(one: Stand) -> dict[str, Any]:
    return {
        "served": [[each.days, plain(each.units)] for each in one.served],
        "of": [one.credit.days.days, plain(one.original.units)],
    }
