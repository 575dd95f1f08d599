"""From what a request says to what is made of it: the same for a preview and for the real thing."""

from collections.abc import Iterator
from typing import assert_never

from functions.subscriptions.changes import (
    AnchorChange,
    AnyChange,
    Cancellation,
    CollectionHold,
    Marking,
    NewItem,
    Pause,
    PlanChange,
    PriceChoice,
    QuantityChange,
    Reactivation,
    Resumption,
    Serving,
    TrialConversion,
    Withdrawal,
)
from functions.subscriptions.models import NewSubscription
from solde.domain.catalog import Plan
from solde.domain.custom_fields import Values
from solde.domain.discounts import Grant
from solde.domain.errors import NotFoundError, within
from solde.domain.invoicing.parties import Customer
from solde.domain.money import currency
from solde.domain.subscriptions.references import References
from solde.ports.customers import Located
from solde.runtime import wiring
from solde.runtime.chance import fresh_id
from solde.runtime.custom_fields import given as given_fields
from solde.runtime.grants import given, slots_of
from solde.runtime.offers import GrantEnd, GrantModel
from solde.workflows.billing_marks import change_references, hold_collection
from solde.workflows.change_plan import Switch, change_plan
from solde.workflows.change_subscription import Make
from solde.workflows.changes import Added, Which, add_item, change_quantity
from solde.workflows.choose_price import choose_price
from solde.workflows.grant_discount import end_discount, grant_discount
from solde.workflows.life_changes import (
    cancel,
    change_anchor,
    convert_trial,
    pause,
    reactivate,
    resume,
    withdraw,
)
from solde.workflows.subscribe import Order

Discounting = GrantModel | GrantEnd


def made(body: AnyChange | Discounting, where: Located) -> Make:
    """Return how the change is made: the same for a preview and for the real thing."""
    if isinstance(body, Discounting):
        return _discounted(body, where)
    if isinstance(body, Marking):
        return _marked(body, where.entity)
    return _of_items(body, where.entity)


def _marked(body: Marking, entity: str) -> Make:
    if isinstance(body, CollectionHold):
        return hold_collection(body.until, body.effective_on)
    return change_references(body.references(entity), body.effective_on)


def _of_items(body: Serving, entity: str) -> Make:
    match body:
        case QuantityChange():
            which = Which(body.component or "", body.item or "")
            return change_quantity(which, body.quantity, body.effective_on)
        case PlanChange():
            switch = Switch(_plan(body.plan), body.quantities, body.anchor)
            return change_plan(switch, body.effective_on, fresh_id)
        case PriceChoice():
            return choose_price(body.price, body.version, body.effective_on)
        case NewItem():
            return add_item(_added(body, entity), body.effective_on, fresh_id)
        case _:
            return _of_the_whole(body)


def _added(body: NewItem, entity: str) -> Added:
    return Added(
        component=body.component,
        quantity=body.quantity,
        description=body.description,
        price_id=body.price or "",
        reference=body.external_id or "",
        fields=given_fields(entity, "line", body.custom_fields),
    )


def _of_the_whole(
    body: Cancellation
    | Pause
    | Resumption
    | TrialConversion
    | AnchorChange
    | Withdrawal
    | Reactivation,
) -> Make:
    match body:
        case Cancellation():
            return cancel(body.effective_on, body.credit)
        case Pause():
            return pause(body.effective_on)
        case Resumption():
            return resume(body.effective_on)
        case TrialConversion():
            return convert_trial(body.effective_on)
        case AnchorChange():
            return change_anchor(body.anchor_on, body.effective_on)
        case Withdrawal():
            return withdraw(body.number)
        case Reactivation():
            return reactivate()
        case _:
            assert_never(body)


def _discounted(body: Discounting, where: Located) -> Make:
    if isinstance(body, GrantEnd):
        return end_discount(body.discount, body.effective_on)
    slots_of(body, where.customer_id)  # a preview refuses what has been redeemed too often, too
    return grant_discount(given(body, where.entity), fresh_id)


def ordered(body: NewSubscription) -> Order:
    customer = _customer(body.customer, "/customer")
    trial = body.trial.trial(body.start_on) if body.trial else None
    paid_from = trial.ends_on if trial else body.start_on
    return Order(
        customer_id=customer.id,
        entity=customer.entity,
        plan=_plan(body.plan),
        start_on=body.start_on,
        quantities=body.quantities,
        external_id=body.external_id or "",
        currency=currency(body.currency) if body.currency else "",
        name=body.name,
        anchor_on=body.anchor_on,
        billing=body.billing,
        terms_days=body.terms_days,
        trial=trial,
        trial_of_months=body.trial is not None and body.trial.unit == "month",
        group=body.group,
        references=_references(body, customer.entity),
        subscriber=_customer(body.subscriber, "/subscriber") if body.subscriber else None,
        contract=body.contract.contract(paid_from) if body.contract else None,
        grants=tuple(_granted(body, customer.entity)),
        metadata=body.metadata,
        item_fields=_item_fields(body, customer.entity),
    )


def _references(body: NewSubscription, entity: str) -> References | None:
    if body.references is None:
        return None
    with within("/references"):
        return body.references.references(entity)


def _item_fields(body: NewSubscription, entity: str) -> dict[str, Values]:
    found = {}
    for component, values in body.item_fields.items():
        with within(f"/item_fields/{component}"):
            found[component] = given_fields(entity, "line", values)
    return found


def slots_of_new(body: NewSubscription) -> list[str]:
    """Return the slots of coupons that a new subscription takes."""
    customer_id = wiring.customers().locate(body.customer)
    slots: list[str] = []
    for place, one in enumerate(body.grants()):
        with within(f"/discounts/{place}"):
            slots += slots_of(one, customer_id)
    return slots


def _granted(body: NewSubscription, entity: str) -> Iterator[Grant]:
    for place, one in enumerate(body.grants()):
        with within(f"/discounts/{place}"):
            yield given(one, entity).grant(fresh_id)


def _customer(reference: str, pointer: str) -> Customer:
    with within(pointer):
        return wiring.customers().customer(wiring.customers().locate(reference))


def _plan(code: str) -> Plan:
    with within("/plan"):
        found = wiring.catalogs().get("plan", code)
    if not isinstance(found, Plan):
        raise NotFoundError(f"plan: expected one of the catalog, found {code!r}")
    return found
