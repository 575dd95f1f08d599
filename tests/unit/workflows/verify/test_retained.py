"""How long objects are kept: what says less than the law, or is locked for less, is named."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from solde.ports.objects import Retained
from solde.storage.audit import AuditTable
from solde.workflows.verify.retained import retention_checked
from tests.support.seller import Seller

TODAY = date(2014, 1, 1)
LAST = date(2023, 12, 31)
"""What was issued in 2013 in France: ten years from the end of the year."""


@dataclass
class Objects:
    """All objects are kept alike, but those that are named."""

    kept: Retained | None
    locking: bool = False
    others: dict[str, Retained | None] = field(default_factory=dict)

    def locks(self) -> bool:
        return self.locking

    def retained(self, key: str) -> Retained | None:
        return self.others.get(key, self.kept)


def checked(seller: Seller, objects: Objects, today: date = TODAY) -> list[str]:
    stored = AuditTable(seller.table).stored()
    return list(retention_checked(stored, lambda _code: "FR", objects, today))


@pytest.mark.parametrize(
    ("kept", "locking", "today", "said"),
    [
        (Retained(LAST, None), False, TODAY, ""),
        (Retained(LAST, LAST), True, TODAY, ""),
        (Retained(None, None), False, TODAY, "kept until None: expected 2023-12-31"),
        (Retained(date(2023, 12, 30), None), False, TODAY, "kept until 2023-12-30: expected"),
        (Retained(LAST, None), True, TODAY, "locked until None: expected 2023-12-31"),
        (Retained(LAST, date(2023, 12, 30)), True, TODAY, "locked until 2023-12-30: expected"),
        (Retained(LAST, None), True, date(2024, 1, 1), ""),
    ],
)
def test_every_object_is_kept_to_the_day_of_the_law(seller, kept, locking, today, said) -> None:
    found = checked(seller, Objects(kept, locking), today)
    assert bool(found) is bool(said)
    assert all(said in one for one in found)


def test_an_object_that_is_gone_is_named_elsewhere(seller) -> None:
    assert checked(seller, Objects(None)) == []


def test_what_is_issued_says_how_long_it_is_kept(seller) -> None:
    written = seller.objects.kept_until
    packs = [key for key in seller.objects.bodies if key.startswith("packs/")]
    assert packs
    assert {written.get(key) for key in packs} == {LAST}
