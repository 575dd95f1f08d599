"""So much for each unit, by the values of dimensions; a default for values not listed."""

from dataclasses import dataclass
from decimal import Decimal

from solde.domain.errors import InvalidError
from solde.domain.pricing.quantity import Priced, Quantity, priced, step


@dataclass(frozen=True, slots=True)
class Cell:
    """`values` in the order of the matrix's dimensions."""

    values: tuple[str, ...]
    unit_amount: Decimal


@dataclass(frozen=True, slots=True)
class Matrix:
    """`dimensions` names what the meter tells apart; `default` prices every other combination."""

    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]
    default: Decimal

    def __post_init__(self) -> None:
        for number, cell in enumerate(self.cells):
            if len(cell.values) != len(self.dimensions):
                raise InvalidError(
                    f"cells: expected {len(self.dimensions)} values, found {len(cell.values)}",
                    pointer=f"/cells/{number}/values",
                )
        seen: set[tuple[str, ...]] = set()
        for number, cell in enumerate(self.cells):
            if cell.values in seen:
                raise InvalidError(
                    f"cells: expected each combination once, found {list(cell.values)} again",
                    pointer=f"/cells/{number}/values",
                )
            seen.add(cell.values)


def price_matrix(price: Matrix, quantity: Quantity) -> Priced:
    amounts = {cell.values: cell.unit_amount for cell in price.cells}
    return priced(
        *(
            step(part, amounts.get(values, price.default), label="/".join(values))
            for values, part in quantity.cells
        )
    )
