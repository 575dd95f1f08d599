"""One quantity under a price model, in all the ways in which other systems ask for it."""

from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.blocks import Block, BlockMode, Blocks
from solde.domain.pricing.capacity import Capacity, CapacityTier
from solde.domain.pricing.model import PriceModel
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_group import PerGroup
from solde.domain.pricing.percentage import Percentage
from solde.domain.pricing.volume import Volume
from tests.conformance.asked import Asked
from tests.conformance.kinds.shared import model, rounded_if_asked, tiers

Answer = dict[str, Any]


def price(asked: Asked) -> Answer:
    asked.convention.accept(free_units="deducted before packaging", rounding="none at this stage")
    exact = exact_amount(model(asked), _quantity(asked, "quantity"))
    return {"amount": rounded_if_asked(asked, exact)}


def incremental(asked: Asked) -> Answer:
    what = model(asked)
    after, before = _quantity(asked, "quantity"), _quantity(asked, "already_rated_quantity")
    return {"amount": exact_amount(what, after) - exact_amount(what, before)}


def _quantity(asked: Asked, name: str) -> Quantity:
    return Quantity(asked.number(name)).less(asked.number("free_units", "0"))


def percentage(asked: Asked) -> Answer:
    asked.convention.accept(
        free_events="leading events",
        free_amount="when both limits are set the first one reached ends the free allowance",
    )
    what = Percentage(
        percent=asked.number("percent"),
        fixed_amount=asked.number("fixed_per_event", "0"),
        free_events=asked.get("free_events"),
        free_amount=_or_none(asked, "free_amount"),
        minimum=_or_none(asked, "min_per_event"),
        maximum=_or_none(asked, "max_per_event"),
    )
    values = tuple((Decimal(one),) for one in asked["events"])
    total = sum((one for (one,) in values), Decimal(0))
    used = Quantity(total, values=values, count=len(values))
    return {"amount": exact_amount(what, used)}


def _or_none(asked: Asked, name: str) -> Decimal | None:
    return None if asked.get(name) is None else asked.number(name)


def block_tiers(asked: Asked) -> Answer:
    asked.convention.accept(
        block="partial block rounded up",
        tier_size="max_blocks counts blocks inside the tier",
        top_tier="every block priced at the highest tier reached",
    )
    blocks = Blocks(
        tuple(tuple(_block(one) for one in tier) for tier in asked["tiers"]),
        BlockMode(asked["mode"]),
    )
    after = exact_amount(blocks, _units(asked["usage"]))
    before = exact_amount(blocks, _units(asked.get("already_billed_usage", {})))
    return {"amount": Fraction(asked.number("base_fee", "0")) + after - before}


def _block(one: dict[str, Any]) -> Block:
    most = None if one["max_blocks"] is None else int(one["max_blocks"])
    return Block(one["unit"], Decimal(one["block_size"]), Decimal(one["price"]), most)


def capacity(asked: Asked) -> Answer:
    asked.convention.accept(tier="lowest tier whose every limit holds")
    price = Capacity(
        tuple(
            CapacityTier(
                tuple((unit, Decimal(most)) for unit, most in one["limits"].items()),
                Decimal(one["price"]),
            )
            for one in asked["tiers"]
        )
    )
    found = exact_amount(price, _units(asked["usage"]))
    billed = Fraction(asked.number("already_billed_amount", "0"))
    return {"amount": Fraction(asked.number("base_fee", "0")) + found - billed}


def _units(usage: dict[str, Any]) -> Quantity:
    cells = tuple(((unit,), Decimal(str(used))) for unit, used in usage.items())
    return Quantity(sum((part for _, part in cells), Decimal(0)), cells)


def buckets(asked: Asked) -> Answer:
    asked.convention.accept(
        bucket=(
            "price each time bucket on its own, then add",
            "each group rated on its own tiers",
        ),
        partial_package="round_up",
    )
    free = asked.number("free_units", "0")
    parts = [Quantity(Decimal(one)).less(free).total for one in asked["bucket_quantities"]]
    return {"amount": _by_group(model(asked), [(str(n), one) for n, one in enumerate(parts)])}


def _by_group(each: Any, groups: list[tuple[str, Decimal]]) -> Fraction:
    cells = tuple(((name,), part) for name, part in groups)
    total = sum((part for _, part in cells), Decimal(0))
    what: PriceModel = PerGroup(("group",), each)
    return exact_amount(what, Quantity(total, cells))


def overage(asked: Asked) -> Answer:
    asked.convention.accept(block="partial block rounded up")
    size = asked.number("block_size")
    above = Quantity(asked.number("quantity")).less(asked.number("included"))
    return {"amount": exact_amount(Package(size, asked.number("unit_price") * size), above)}


def rating_groups(asked: Asked) -> Answer:
    names = {
        "record": lambda one: one["number"],
        "start_date": lambda one: one["date"],
        "upload_file_and_month": lambda one: one["file"],
    }
    asked.convention.accept(rating_group=tuple(names))
    group = names[asked["group_by"]]
    rows = [{**one, "number": str(n)} for n, one in enumerate(asked["usages"])]
    each = Volume(tiers(asked))
    found = {}
    for month, those in groupby(sorted(rows, key=lambda one: one["date"][:7]), _month):
        sums: dict[str, Decimal] = {}
        for one in those:
            sums[group(one)] = sums.get(group(one), Decimal(0)) + Decimal(one["quantity"])
        found[month] = _by_group(each, [*sums.items()])
    return {"by_month": found}


def _month(one: dict[str, Any]) -> str:
    return str(one["date"][:7])


KINDS = {
    "price": price,
    "price_incremental": incremental,
    "price_percentage": percentage,
    "price_block_tiers": block_tiers,
    "price_capacity": capacity,
    "price_buckets": buckets,
    "overage": overage,
    "usage_rating_groups": rating_groups,
}
