"""A lot of credit: what is left of a payment or a credit note, and what it was used for."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from solde.domain.errors import StateConflictError
from solde.domain.money import Money


class Use(NamedTuple):
    """So many minor units of a source settle an invoice."""

    invoice_id: str
    minor: int


@dataclass(frozen=True, slots=True)
class Lot:
    """
    `id` is that of its source. `to_refund` waits to be paid back and settles no invoice.

    `entity` and `on` are empty in lots that were stored before they said so.
    """

    id: str
    customer_id: str
    entity: str
    left: Money
    on: date | None = None
    uses: tuple[Use, ...] = ()
    to_refund: bool = False

    @property
    def used(self) -> int:
        return sum(one.minor for one in self.uses)

    def moved(self, minor: int, invoice_id: str = "") -> "Lot":
        """
        Return the lot with more of its rest, or of what has settled an invoice; or with less.

        Raises:
            StateConflictError: less than nothing would be left, or used.

        """
        if not invoice_id:
            return replace(self, left=self._whole(self.left.minor + minor))
        by_invoice = {one.invoice_id: one.minor for one in self.uses}
        found = self._whole(by_invoice.get(invoice_id, 0) + minor)
        by_invoice[invoice_id] = found.minor
        uses = tuple(Use(*one) for one in by_invoice.items() if one[1])
        return replace(self, uses=uses)

    def _whole(self, minor: int) -> Money:
        if minor < 0:
            raise StateConflictError(f"credit {self.id}: expected 0 or more, found {minor}")
        return Money(minor, self.left.currency)
