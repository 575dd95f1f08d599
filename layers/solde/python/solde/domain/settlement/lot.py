"""A lot of credit: what is left of a payment or a credit note, and what it was used for."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from solde.domain.errors import StateConflictError
from solde.domain.money import Money
from solde.domain.settlement.cover import Source
from solde.domain.settlement.funds import EVERYTHING, RANK, Funds


class Use(NamedTuple):
    """So many minor units of a source settle an invoice."""

    invoice_id: str
    minor: int


@dataclass(frozen=True, slots=True)
class Lot:
    """
    `id` is that of its source. `to_refund` waits to be paid back and settles no invoice.

    `entity` and `on` are empty in lots that were stored before they said so. What was paid in
    advance has `funds`; the rest of payments and credit notes has none.
    """

    id: str
    customer_id: str
    entity: str
    left: Money
    on: date | None = None
    uses: tuple[Use, ...] = ()
    to_refund: bool = False
    funds: Funds | None = None

    @property
    def used(self) -> int:
        return sum(one.minor for one in self.uses)

    @property
    def invoiced(self) -> bool:
        """Whether it was asked for by an invoice: a deposit, or a top-up that was sold."""
        return self.funds is not None and bool(self.funds.order or self.funds.request)

    @property
    def unused(self) -> int:
        """What of a deposit no invoice has used, paid for or not."""
        return self.left.minor + (self.funds.waits if self.funds else 0)

    @property
    def gone(self) -> int:
        """What of a lot paid in advance is used or lost."""
        held = self.funds
        return held.put - held.waits - held.back - self.left.minor if held else 0

    @property
    def tax_gone(self) -> int:
        """What of the tax inside a lot has gone with what is used or lost."""
        return self.funds.tax_of(self.gone) if self.funds else 0

    @property
    def tax_used(self) -> int:
        """What of that tax went with what was used, which is the first that went."""
        return self.funds.tax_of(self.gone - self.funds.lost) if self.funds else 0

    @property
    def tax_lost(self) -> int:
        """What of it went with what was lost."""
        return self.tax_gone - self.tax_used

    @property
    def booked(self) -> int:
        """What we owe the customer for it, on 4191: without the tax that was due at receipt."""
        held = self.funds
        if held is None:
            return self.left.minor
        return self.left.minor + held.waits - held.tax + held.tax_back + self.tax_gone

    @property
    def source(self) -> Source[int]:
        held = self.funds
        return Source(
            id=self.id,
            left=self.left.minor,
            rank=held.rank if held else RANK,
            until_on=held.until_on if held else None,
            since_on=self.on,
            scope=held.scope if held else EVERYTHING,
            order=held.order if held else "",
        )

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

    def taken_back(self, minor: int, tax: int) -> "Lot":
        """
        Return the lot when a credit note takes so much back: what is not paid for yet first.

        Raises:
            StateConflictError: more than is neither used nor lost.

        """
        if self.funds is None:
            return self
        waits = min(self.funds.waits, minor)
        held = replace(
            self.funds,
            waits=self.funds.waits - waits,
            back=self.funds.back + minor,
            tax_back=self.funds.tax_back + tax,
        )
        return replace(self, left=self._whole(self.left.minor - minor + waits), funds=held)

    def ended(self) -> "Lot":
        """Return the lot with all that is left lost: it has expired, or is given up."""
        if self.funds is None:
            return self
        held = replace(self.funds, lost=self.funds.lost + self.left.minor)
        return replace(self, left=Money(0, self.left.currency), funds=held)

    def _whole(self, minor: int) -> Money:
        if minor < 0:
            raise StateConflictError(f"credit {self.id}: expected 0 or more, found {minor}")
        return Money(minor, self.left.currency)
