"""What a plan becomes when it is agreed: an item for each of its components."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from solde.domain.catalog import Plan
from solde.domain.custom_fields import Values
from solde.domain.errors import InvalidError
from solde.domain.subscriptions import Item

NewId = Callable[[str], str]
NO_FIELDS: Mapping[str, Values] = {}


def has_components(plan: Plan, given: Mapping[str, object], name: str = "quantities") -> None:
    """
    Prove that a plan has what something is given for.

    Raises:
        InvalidError: something is of a component that the plan has not.

    """
    known = {one.code for one in plan.components}
    for code in given:
        if code not in known:
            raise InvalidError(
                f"{name}: expected components {sorted(known)}, found {code!r}",
                pointer=f"/{name}/{code}",
            )


def items_of(
    plan: Plan,
    quantities: Mapping[str, Decimal],
    new_id: NewId,
    fields: Mapping[str, Values] = NO_FIELDS,
) -> tuple[Item, ...]:
    return tuple(
        Item(
            id=new_id("sit"),
            component=one.code,
            price_id=one.price_id,
            quantity=quantities.get(one.code, one.default_quantity),
            description=one.description,
            fields=fields.get(one.code, ()),
        )
        for one in plan.components
    )
