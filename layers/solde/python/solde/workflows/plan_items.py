"""What a plan becomes when it is agreed: an item for each of its components."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from solde.domain.catalog import Plan
from solde.domain.errors import InvalidError
from solde.domain.subscriptions import Item

NewId = Callable[[str], str]


def has_components(plan: Plan, quantities: Mapping[str, Decimal]) -> None:
    """
    Prove that a plan has what quantities are given for.

    Raises:
        InvalidError: a quantity is of a component that the plan has not.

    """
    known = {one.code for one in plan.components}
    for code in quantities:
        if code not in known:
            raise InvalidError(
                f"quantities: expected components {sorted(known)}, found {code!r}",
                pointer=f"/quantities/{code}",
            )


def items_of(plan: Plan, quantities: Mapping[str, Decimal], new_id: NewId) -> tuple[Item, ...]:
    return tuple(
        Item(
            id=new_id("sit"),
            component=one.code,
            price_id=one.price_id,
            quantity=quantities.get(one.code, one.default_quantity),
            description=one.description,
        )
        for one in plan.components
    )
