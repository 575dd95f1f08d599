"""Changes of how a subscription is billed: what documents name, and when they are collected."""

from datetime import date

from solde.domain.errors import InvalidError
from solde.domain.subscriptions import Change, CollectionHeld, ReferencesChanged
from solde.domain.subscriptions.effect import When, effective_day
from solde.domain.subscriptions.references import References
from solde.workflows.change_subscription import Entering, Make


def change_references(references: References | None, when: When) -> Make:
    """Let what is billed from a day on name other references of the buyer, or none."""

    def make(entering: Entering) -> Change:
        on = effective_day(when, entering.subscription, entering.today)
        return ReferencesChanged(on, entering.sequence, references)

    return make


def hold_collection(until: date | None, when: When) -> Make:
    """
    Hold the collection of what is billed from a day on until another; None ends a hold.

    Service and bills go on; what is held stands on documents of its own.
    """

    def make(entering: Entering) -> Change:
        on = effective_day(when, entering.subscription, entering.today)
        if until is not None and until <= on:
            raise InvalidError(f"until: expected a day after {on}, found {until}", pointer="/until")
        return CollectionHeld(on, entering.sequence, until)

    return make
