"""When the tax of lines becomes chargeable, and what of a group that keeps apart (R14, R18)."""

from collections.abc import Iterator

from solde.domain.invoicing.consolidate import Group
from solde.domain.rating import Charge
from solde.domain.tax.chargeability import AT_PAYMENT, DELIVERY, SUPPLY, due_at

CHARGEABILITY = "chargeability"


def by_due(group: Group, option: str) -> Iterator[Group]:
    """Yield a group with its option, what waits for payment apart from all that does not."""
    parts: dict[bool, list[Charge]] = {}
    for one in group.charges:
        parts.setdefault(due_of(one, option) == AT_PAYMENT, []).append(one)
    for number, charges in enumerate(parts.values()):
        said = CHARGEABILITY if number else group.apart
        yield group._replace(charges=tuple(charges), due=option, apart=said)


def due_of(charge: Charge, option: str) -> str:
    """Return when the tax of a charge becomes chargeable; a correction follows its original."""
    if charge.corrects:
        return charge.corrects.due
    return due_at(charge.product.nature, charge.treatment.category, option)


def said_of_due(charge: Charge, option: str) -> dict[str, dict[str, str]]:
    """Say it on a line, with its day unless that is the day of issue or of payment."""
    at = due_of(charge, option)
    if not at:
        return {}
    dated = at in (DELIVERY, SUPPLY)
    return {"due": {"at": at, **({"on": charge.service.last_on.isoformat()} if dated else {})}}
