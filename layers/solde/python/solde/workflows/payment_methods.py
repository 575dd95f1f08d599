"""What a customer pays with: keep it, name it, remove it; what is kept last is the default."""

from datetime import UTC, datetime

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.identity import derived_id, no_id
from solde.ports.methods import Methods, PaymentMethod

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
DEFAULT = "default"


def keep_method(
    customer_id: str, provider: str, token: str, label: str, at: datetime, *, store: Methods
) -> PaymentMethod:
    """Keep a method under an id that follows from it: kept again, it is the same and the newest."""
    identity = derived_id("pmt", customer_id, provider, token, at=ALWAYS)
    made = PaymentMethod(identity, customer_id, provider, token, label, at)
    store.keep(made)
    return made


def remove_method(customer_id: str, identity: str, *, store: Methods) -> PaymentMethod:
    """
    Remove a method; attempts that were made with it stay as they are.

    Raises:
        NotFoundError: the customer has none of that id.

    """
    found = _named(customer_id, identity, store)
    if not found.removed:
        store.remove(found)
    return found


def method_named(customer_id: str, identity: str, *, store: Methods) -> PaymentMethod:
    """
    Return a method that can be charged: by its id, or the one that was kept last.

    Raises:
        NotFoundError: the customer has none of that id.
        StateConflictError: it was removed, or there is none.

    """
    if identity == DEFAULT:
        usable = [one for one in store.of(customer_id) if not one.removed]
        if not usable:
            raise StateConflictError("payment_method: expected one of the customer, found none")
        return usable[0]
    found = _named(customer_id, identity, store)
    if found.removed:
        raise StateConflictError(f"payment_method: expected one in use, found {identity}, removed")
    return found


def _named(customer_id: str, identity: str, store: Methods) -> PaymentMethod:
    found = next((one for one in store.of(customer_id) if one.id == identity), None)
    if found is None:
        raise NotFoundError(f"payment_method: {no_id('pmt', identity)}")
    return found
