"""What the books of a life over HTTP come to, and the proof of all that it has stored."""

from solde.runtime import bill_run
from solde.storage.audit import AuditTable
from solde.workflows.verify.verify import verify
from tests.support.lived import Lived


def proved(shop: Lived) -> None:
    """Hold what is stored to every invariant but that of mails, which nobody sends here."""
    wrong = verify(shop.now, AuditTable(shop.call.model), bill_run.context())
    assert {one.code: one.violations for one in wrong if one.violations}.keys() <= {"I22"}


def balances(shop: Lived) -> dict[str, int]:
    """Return what stands on each account, in minor units; what is even is left out."""
    found: dict[str, int] = {}
    for item in shop.call.model.items.values():
        for account, minor in item.get("jrn", {}).items():
            found[account] = found.get(account, 0) + minor
    return {account: minor for account, minor in sorted(found.items()) if minor}
