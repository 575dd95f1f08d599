"""What a preview works with in a function, and how it is told: no id, no number, a day to pay."""

import json
from dataclasses import replace
from datetime import date

import pytest

from solde.runtime import bill_run, clock, preview, wiring
from solde.workflows.preview import preview_invoice
from tests.support.deployment import deployed
from tests.support.desk import ENTITY, Desk, noon


@pytest.fixture
def desk(monkeypatch):
    """Three seats at 9.99 from 1 June, not billed yet."""
    desk = Desk()
    desk.subscribes("2013-06-01")
    with deployed(monkeypatch, table=desk.seller.table, objects=desk.seller.objects):
        monkeypatch.setattr(clock, "_seen", (float("inf"), noon("2013-06-01")))
        yield desk


def shown(desk: Desk) -> dict:
    found = preview_invoice("acme", ENTITY, None, noon("2013-06-01"), bill_run.context())
    return preview.preview_shown(found, livemode=False)


def test_it_works_with_the_stores_that_bill(desk: Desk) -> None:
    context = preview.preview_context()
    assert context.run is bill_run.context()
    assert context.subscribe.billing is wiring.billing()
    assert context.subscribe.catalogs is wiring.catalogs()
    assert context.subscribe.subscriptions is wiring.subscriptions()
    assert context.subscribe.entities is wiring.entities()
    assert context.subscribe.new_id("sub").startswith("sub_")


def test_a_document_to_come_has_neither_id_nor_number_and_a_day_to_pay(desk: Desk) -> None:
    found = shown(desk)
    assert (found["object"], found["billed_on"]) == ("preview", "2013-06-01")
    assert (found["total"], found["total_without"]) == (35_84, None)  # 29.97 and 5.87
    (one,) = found["documents"]
    assert (one["object"], one["id"], one["number"]) == ("invoice", None, None)
    assert (one["status"], one["total"], one["currency"]) == ("preview", 35_84, "EUR")
    assert (one["issued_on"], one["due_on"]) == ("2013-06-01", "2013-07-01")  # 30 days
    assert (one["customer"], one["entity"], one["livemode"]) == ("acme", ENTITY, False)
    json.dumps(found["documents"][0]["document"]["lines"])


def test_what_would_be_without_it_is_a_total_beside_it(desk: Desk) -> None:
    found = preview_invoice("acme", ENTITY, None, noon("2013-06-01"), bill_run.context())
    nothing = preview_invoice(
        "acme", ENTITY, date(2013, 6, 1), noon("2013-06-01"), bill_run.context()
    )
    both = preview.preview_shown(replace(found, without=nothing.plan), livemode=True)
    assert (both["total_without"], both["livemode"]) == (35_84, True)
