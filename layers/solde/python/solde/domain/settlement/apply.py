"""Credit that settles an invoice which is open already: so much of each lot, in turn."""

from collections.abc import Sequence
from dataclasses import dataclass

from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.money import Money
from solde.domain.settlement.lot import Lot
from solde.domain.settlement.prepaid import for_any_invoice


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """An invoice as far as this needs it: what of it may still be settled."""

    id: str
    entity: str
    left: Money


@dataclass(frozen=True, slots=True)
class Applied:
    """Minor units of a lot that settle the invoice, and the lot after it."""

    minor: int
    before: Lot
    after: Lot


def apply_credit(
    invoice: OpenDocument, lots: Sequence[Lot], wanted: int | None = None
) -> tuple[Applied, ...]:
    """
    Return what is taken of which lots: so much as is wanted, or all that is open and there.

    What waits to be paid back, or is of another currency or seller, settles nothing.

    Raises:
        InvalidError: more is wanted than is open, or than there is credit.
        StateConflictError: nothing is open, or there is no credit.

    """
    fitting = [
        one
        for one in for_any_invoice(lots)
        if one.left.currency == invoice.left.currency and one.entity in ("", invoice.entity)
    ]
    open_, credit = invoice.left.minor, sum(one.left.minor for one in fitting)
    for what, minor in (("open", open_), ("credit", credit)):
        if minor <= 0:
            raise StateConflictError(f"{what}: expected more than 0, found {minor}")
        if wanted is not None and wanted > minor:
            raise InvalidError(
                f"amount: expected at most {minor}, which is {what}, found {wanted}, "
                f"a difference of {wanted - minor}",
                pointer="/amount",
            )
    rest = min(open_, credit) if wanted is None else wanted
    found = []
    for lot in fitting:
        minor = min(rest, lot.left.minor)
        if minor > 0:
            found.append(Applied(minor, lot, lot.moved(-minor).moved(minor, invoice.id)))
            rest -= minor
    return tuple(found)
