"""The rows of a price walk as a tree says them."""

from collections.abc import Iterable

from solde.domain.invoicing.texts import exact_text, plain
from solde.domain.pricing import Step


def rows(steps: Iterable[Step]) -> list[list[str]]:
    """Give quantity and amount of a unit, and an outcome where it is not their product."""
    return [_row(step) for step in steps]


def _row(step: Step) -> list[str]:
    row = [plain(step.quantity), plain(step.unit_amount)]
    return row if step.outcome is None else [*row, exact_text(step.outcome)]
