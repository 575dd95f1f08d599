"""How subscriptions are billed on a day: what documents name, and what waits to be collected."""

from dataclasses import replace
from datetime import date

from solde.domain.subscriptions.changes import CollectionHeld, ReferencesChanged, in_order
from solde.domain.subscriptions.subscription import Subscription

SAID = ReferencesChanged | CollectionHeld


def billed_as(subscriptions: tuple[Subscription, ...], on: date) -> tuple[Subscription, ...]:
    """Return subscriptions as what is billed on a day is to name and collect them."""
    if not any(isinstance(each, SAID) for one in subscriptions for each in one.changes):
        return subscriptions
    return tuple([_on(one, on) for one in subscriptions])


def _on(one: Subscription, on: date) -> Subscription:
    references, until = one.references, None
    for change in in_order(one.changes):
        if change.effective_on > on:
            break
        if isinstance(change, ReferencesChanged):
            references = change.references
        elif isinstance(change, CollectionHeld):
            until = change.until
    held = until if until is not None and until > on else None
    return replace(one, references=references, held_until=held)
