"""Verify finds each violation that is planted in what is stored, and nothing where all is well."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.discounts import Discount, Grant, Level, Offer
from solde.domain.money import Money
from solde.domain.subscriptions import (
    Cancelled,
    DiscountEnded,
    DiscountGranted,
    QuantityChanged,
)
from solde.storage.audit import AuditTable
from solde.storage.table import Key
from solde.workflows.verify.verify import verify
from tests.support.seller import Seller, at


def violated(seller: Seller) -> dict[str, tuple[str, ...]]:
    findings = verify(at("2013-07-01T12:00:00"), AuditTable(seller.table), seller.context)
    return {one.code: one.violations for one in findings if one.violations}


def item(seller: Seller, prefix: str, place: int = 0) -> dict:
    keys = sorted(key for key in seller.table.items if f"{key.pk}|{key.sk}".startswith(prefix))
    return seller.table.items[keys[place]]


def test_a_sound_deployment_has_no_violation_and_counts_what_it_saw(seller: Seller) -> None:
    findings = verify(at("2013-07-01T12:00:00"), AuditTable(seller.table), seller.context)
    assert {one.code: one.violations for one in findings if one.violations} == {}
    counted = {one.code: one.counted for one in findings}
    assert counted["I1"] == 2
    assert counted["I3"] == 5  # acme: June, 15 June, July; bolt: 10 June, July
    assert counted["I2"] == 7  # five documents, one payment, one refund


def test_discounts_of_every_kind_are_proved_too(seller: Seller) -> None:
    """A tenth of each line, a percentage and an amount off the document, ended in mid-month."""
    seller.customer("cork")
    one = seller.subscribes("cork", "2013-06-01", ("seat", "3"))
    kinds = (
        (Level.LINE, Discount(percent=Decimal(10))),
        (Level.DOCUMENT, Discount(percent=Decimal(15))),
        (Level.DOCUMENT, Discount(amount=Money(2_00, "EUR"))),
    )
    for number, (level, discount) in enumerate(kinds, 1):
        grant = Grant(f"g{number}", Offer(f"g{number}", discount, level), date(2013, 6, 1))
        seller.changes(one, DiscountGranted(date(2013, 6, 1), number, grant))
    seller.runs_billing("2013-07-02")
    seller.changes(one, QuantityChanged(date(2013, 6, 15), 4, one.items[0].id, Decimal(1)))
    seller.changes(one, DiscountEnded(date(2013, 6, 20), 5, "g1"))
    seller.runs_billing("2013-07-03")
    seller.changes(one, Cancelled(date(2013, 7, 10), 6))
    seller.runs_billing("2013-07-10")
    assert len(seller.documents("cork")) == 4
    assert violated(seller).keys() <= {"I22"}  # no mail was asked for


def change(prefix: str, **fields: object) -> Callable[[Seller], None]:
    return lambda seller: item(seller, prefix).update(fields)


def unbalance(seller: Seller) -> None:
    item(seller, "A#acme|I#")["jrn"]["706"] += 1


def both_sides(seller: Seller) -> None:
    jrn = item(seller, "A#acme|I#")["jrn"]
    jrn["411"] += 1
    jrn["706"] -= 1


def edit_document(seller: Seller) -> None:
    pack = item(seller, "A#acme|I#")["pack"]
    seller.objects.bodies[pack] = seller.objects.bodies[pack].replace(b"9.99", b"9.98", 1)


def lose_header(seller: Seller) -> None:
    keys = sorted(key for key in seller.table.items if key.sk.startswith("I#"))
    del seller.table.items[keys[0]]


def lose_change(seller: Seller) -> None:
    key = next(key for key in seller.table.items if "#chg#" in key.sk)
    del seller.table.items[key]


def lose_copy(seller: Seller) -> None:
    key = next(key for key in seller.objects.bodies if key.startswith("register/"))
    del seller.objects.bodies[key]


def book_twice(seller: Seller) -> None:
    payment = dict(item(seller, "A#acme|P#pay"))
    payment["sk"] = "P#pay_00000000000000000000000000"
    seller.table.items[Key(payment["pk"], payment["sk"])] = payment


def first_after_second(seller: Seller) -> None:
    """The first document says that it was computed from what the last one was computed from."""
    first, *_, last = seller.documents("acme")
    assert first.snapshot < last.snapshot
    key = next(key for key in seller.table.items if key.sk == f"I#{first.id}")
    seller.table.items[key]["rev"] = last.snapshot
    key = next(key for key in seller.table.items if key.sk == f"I#{last.id}")
    seller.table.items[key]["rev"] = first.snapshot


def unexplained(seller: Seller) -> None:
    batch = next(
        item
        for key, item in seller.table.items.items()
        if key.pk.startswith("RUN#") and key.sk.startswith("B#")
    )
    batch["parked"] = [["bolt", "", ""]]


def hold(seller: Seller) -> None:
    run = item(seller, "RUN#")["pk"].removeprefix("RUN#")
    item(seller, "A#acme|B#0")["resv"] = {
        "run": run,
        "digest": "d",
        "rev": 1,
        "pack": "p",
        "at": 0,
        "len": 0,
        "total": 0,
        "thru": "2013-07-01",
    }


@pytest.mark.parametrize(
    ("plant", "code"),
    [
        (lose_change, "I1"),
        (unbalance, "I2"),
        (both_sides, "I2"),
        (edit_document, "I3"),
        (change("A#acme|I#", draft="0" * 64), "I3"),
        (change("A#acme|I#", total=1), "I4"),
        (lose_header, "I7"),
        (lose_copy, "I7"),
        (change("R#FRA-2013|S#", last=7), "I7"),
        (change("R#FRA-2013|S#000000000003", issued_on="2013-05-01"), "I7"),
        (change("R#FRA-2013|S#", totals={"minor": 1}), "I7"),
        (change("R#FRA-2013|HEAD", n=9), "I7"),
        (book_twice, "I8"),
        (change("A#acme|P#pay", allocated=1), "I9"),
        (change("A#acme|I#", status="paid", paid=1), "I9"),
        (change("A#acme|X#", left=1), "I9"),
        (change("EV#stripe#0#evt_1", status="open"), "I12"),
        (change("RUN#", status="sealed"), "I17"),
        (change("RUN#", due=9), "I18"),
        (hold, "I20"),
        (change("A#acme|I#", rev=0), "I20"),
        (change("A#acme|I#", rev=99), "I20"),
        (first_after_second, "I20"),
        (unexplained, "I21"),
        (change("A#acme|M#", state="sending"), "I22"),
        (change("A#acme|B#0", ver="x", rev=None, through=5), "I0"),
    ],
)
def test_a_planted_violation_is_found(seller: Seller, plant, code: str) -> None:
    plant(seller)
    assert code in violated(seller)
