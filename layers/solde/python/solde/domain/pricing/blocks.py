"""Tiers counted in blocks, for one or several units; a block that is begun counts whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from solde.domain.errors import InvalidError
from solde.domain.money import Rounding, rounded
from solde.domain.pricing.quantity import Priced, Quantity, Step, mirrored, priced, ratio, step


class BlockMode(Enum):
    """Each block at the price of its own tier, or every block at that of the highest reached."""

    ALL_TIERS = "all_tiers"
    TOP_TIER = "top_tier"


@dataclass(frozen=True, slots=True)
class Block:
    """`amount` for each `size` of `unit`; a tier holds `most` blocks, the last tier any number."""

    unit: str
    size: Decimal
    amount: Decimal
    most: int | None = None

    def __post_init__(self) -> None:
        if self.size <= 0:
            raise InvalidError(f"size: expected above 0, found {self.size}", pointer="/size")
        if self.amount < 0 or (self.most is not None and self.most < 1):
            raise InvalidError(f"block: expected an amount >= 0 and a most >= 1, found {self}")


@dataclass(frozen=True, slots=True)
class Blocks:
    """`tiers` from the lowest up, each with a block for the units that it prices."""

    tiers: tuple[tuple[Block, ...], ...]
    mode: BlockMode = BlockMode.ALL_TIERS

    def __post_init__(self) -> None:
        if not self.tiers:
            raise InvalidError("tiers: expected at least one", pointer="/tiers")

    def of(self, unit: str) -> list[Block]:
        """
        Return the tiers of a unit.

        Raises:
            InvalidError: no tier prices it.

        """
        found = [block for tier in self.tiers for block in tier if block.unit == unit]
        if not found:
            raise InvalidError(f"unit: expected one with a price, found {unit!r}")
        return found


def price_blocks(price: Blocks, quantity: Quantity) -> Priced:
    walk = _all_tiers if price.mode is BlockMode.ALL_TIERS else _top_tier
    steps: list[Step] = []
    for values, part in quantity.cells:
        if part:
            found = walk(price.of(values[0]), abs(part))
            steps += found if part > 0 else (mirrored(one) for one in found)
    return priced(*steps)


def _all_tiers(blocks: list[Block], quantity: Decimal) -> Iterator[Step]:
    left = quantity
    for place, block in enumerate(blocks):
        wanted, is_last = _begun(left, block.size), place == len(blocks) - 1
        taken = wanted if block.most is None or is_last else min(wanted, block.most)
        yield step(Decimal(taken), block.amount, label=block.unit)
        left -= taken * block.size
        if left <= 0:
            return


def _top_tier(blocks: list[Block], quantity: Decimal) -> Iterator[Step]:
    block = reached(blocks, quantity)
    yield step(Decimal(_begun(quantity, block.size)), block.amount, label=block.unit)


def reached(blocks: list[Block], quantity: Decimal) -> Block:
    """Return the tier in which the last block of a quantity above zero lies."""
    left = quantity
    for block in blocks[:-1]:
        if block.most is None or _begun(left, block.size) <= block.most:
            return block
        left -= block.most * block.size
    return blocks[-1]


def _begun(quantity: Decimal, size: Decimal) -> int:
    return rounded(ratio(quantity, size), Rounding.UP)
