"""Chase: the daily look at invoices past due, at money that expires, and at what runs low."""

from typing import Any

from solde.runtime import wiring
from solde.runtime.documents import chase_context
from solde.runtime.messages import as_of
from solde.runtime.observe import tell
from solde.storage.entities import EntitiesOnce
from solde.workflows.chase_overdue import chase_overdue
from solde.workflows.refill import RefillContext, refill
from solde.workflows.wallets import WalletContext, expire


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    at, entities = as_of(event), EntitiesOnce(wiring.entities())
    sent = chase_overdue(at, chase_context(entities))
    expired = expire(at, WalletContext(wiring.wallets(), entities))
    asked = refill(at, RefillContext(wiring.refills(), wiring.wallets(), entities))
    tell("overdue chased", reminders=sent, expired=expired, top_ups_asked=asked)
    return {"reminders": sent, "expired": expired, "top_ups_asked": asked}
