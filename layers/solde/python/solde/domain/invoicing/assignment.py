"""Assignment rules: the accounts that an entity books a line on, where not the product's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Assignment:
    """
    A rule: what it is for (nothing said: everything), and the accounts it gives.

    With a `deferred_account` the line waits there and is released by the days of its service
    (R26). An empty `revenue_account` leaves the product's own.
    """

    product: str = ""
    tax_class: str = ""
    customer: str = ""
    revenue_account: str = ""
    deferred_account: str = ""

    def fits(self, line: dict[str, Any], customer_id: str) -> bool:
        """Tell whether the rule is for a line of a customer's document."""
        return (
            self.product in ("", line["product"]["id"])
            and self.tax_class in ("", line["tax"]["class"])
            and self.customer in ("", customer_id)
        )


def assign(
    lines: Iterable[dict[str, Any]], rules: tuple[Assignment, ...], customer_id: str
) -> None:
    """Write the accounts of the first rule that fits into each line of a document being made."""
    for line in lines:
        rule = next((one for one in rules if one.fits(line, customer_id)), None)
        if rule is None:
            continue
        if rule.revenue_account:
            line["account"] = rule.revenue_account
        if rule.deferred_account:
            line["deferred"] = rule.deferred_account
