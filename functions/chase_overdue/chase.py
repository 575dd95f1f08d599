"""Chase: the daily look at invoices past due."""

from typing import Any

from solde.runtime.documents import chase_context
from solde.runtime.messages import as_of
from solde.runtime.observe import tell
from solde.workflows.chase_overdue import chase_overdue


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    sent = chase_overdue(as_of(event), chase_context())
    tell("overdue chased", reminders=sent)
    return {"reminders": sent}
