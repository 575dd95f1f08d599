"""Repair: each day open attempts are looked up, and providers' lists held to what was told."""

from typing import Any

from solde.runtime.collect import collect_context, compare_context, listing
from solde.runtime.debits import debit_context
from solde.runtime.messages import as_of
from solde.runtime.observe import alarm, tell
from solde.workflows.collect_payment import repair_attempts
from solde.workflows.compare_payments import compare_payments
from solde.workflows.write_debits import write_debits


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    at = as_of(event)
    written = write_debits(at, debit_context())
    if written.failed:
        alarm("debits not written", entities=list(written.failed))
    found = repair_attempts(at, collect_context())
    if found.failed:
        alarm("attempts not looked up", failed=found.failed)
    compared = compare_payments(at, listing(), compare_context())
    if compared.missed:
        alarm("deliveries never came", payments=list(compared.missed[:20]))
    if compared.foreign:
        alarm("fees in another currency", payments=list(compared.foreign[:20]))
    if compared.silent:
        alarm("a provider lists nothing", providers=list(compared.silent))
    counts = {"ended": found.ended, "open": found.open, "failed": found.failed}
    counts |= {"listed": compared.listed, "missed": len(compared.missed), "fees": compared.fees}
    counts |= {"debits": written.sent}
    tell("payments looked up", **counts)
    return counts
