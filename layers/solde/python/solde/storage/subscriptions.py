"""A subscription as stored: what was agreed, and each later change as an item of its own."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from solde.domain.periods import Unit
from solde.domain.subscriptions import Contract, Early, Subscription
from solde.domain.trials import AfterTrial, Trial
from solde.storage import index_keys, keys
from solde.storage.reading import present, reading
from solde.storage.subscription_changes import (
    change_from_item,
    cycle_from_stored,
    cycle_to_stored,
    item_from_stored,
    item_to_stored,
    references_from_stored,
    references_to_stored,
)
from solde.storage.table import Item as Stored

SCHEMA = 1


def subscription_to_item(one: Subscription, *, created_at: str) -> Stored:
    key = keys.subscription(one.customer_id, one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "list_pk": index_keys.listing("sub", one.id),
        "list_sk": f"{created_at}#{one.id}",
        **present(
            id=one.id,
            external_id=one.external_id,
            subscriber_id=one.subscriber_id,
            entity=one.entity,
            plan_id=one.plan_id,
            currency=one.currency,
            start_on=one.start_on.isoformat(),
            cycle=cycle_to_stored(one.cycle),
            items=[item_to_stored(item) for item in one.items],
            name=one.name,
            terms_days=one.terms_days,
            collection=one.collection,
            group=one.group,
            references=references_to_stored(one.references) if one.references else None,
            subscriber=one.subscriber_name,
            contract=_contract_to_stored(one.contract) if one.contract else None,
            trial=[one.trial.ends_on.isoformat(), one.trial.then.value] if one.trial else None,
            created_at=created_at,
        ),
    }


def subscriptions_from_items(items: Iterable[Stored]) -> list[Subscription]:
    """Read subscriptions and their changes, which lie right behind them in the partition."""
    found: list[Subscription] = []
    for item in items:
        with reading(item):
            if "#chg#" in item["sk"]:
                found[-1] = found[-1].with_change(change_from_item(item))
            else:
                found.append(_subscription_from_item(item))
    return found


def _subscription_from_item(item: Stored) -> Subscription:
    return Subscription(
        id=item["id"],
        external_id=item.get("external_id", ""),
        customer_id=item["pk"].removeprefix("A#"),
        subscriber_id=item["subscriber_id"],
        entity=item["entity"],
        plan_id=item["plan_id"],
        currency=item["currency"],
        start_on=date.fromisoformat(item["start_on"]),
        cycle=cycle_from_stored(item["cycle"]),
        items=tuple(item_from_stored(one) for one in item["items"]),
        name=item.get("name", ""),
        terms_days=item.get("terms_days"),
        trial=_trial(item["trial"]) if "trial" in item else None,
        collection=item.get("collection", ""),
        group=item.get("group", ""),
        references=references_from_stored(item["references"]) if "references" in item else None,
        subscriber_name=item.get("subscriber", ""),
        contract=_contract(item["contract"]) if "contract" in item else None,
    )


def _trial(stored: Sequence[str]) -> Trial:
    ends_on, then = stored
    return Trial(date.fromisoformat(ends_on), AfterTrial(then))


def _contract_to_stored(one: Contract) -> list[Any]:
    start_on, unit = one.start_on.isoformat(), one.unit.value
    return [start_on, unit, one.count, one.renews, one.notice_days, one.early.value]


def _contract(stored: Sequence[Any]) -> Contract:
    start_on, unit, count, renews, notice_days, early = stored
    return Contract(
        date.fromisoformat(start_on), Unit(unit), count, renews, notice_days, Early(early)
    )
