"""Write-offs over HTTP: doubtful, lost, with or without relief of the tax; and found again."""

from datetime import date

import pytest

from solde.storage.rating_book import RatingBookTable
from tests.functions.test_settlement import Bank
from tests.support.http_api import CUSTOMER, ENTITY
from tests.support.lived import Lived
from tests.support.proved import balances, proved


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """100.00 and 20.00 of tax are billed for June."""
    call = lived.call
    lived.at("2027-06-01")
    RatingBookTable(call.model).rated("fra", date(2040, 1, 1), at=lived.now)
    call.made("POST", "/v1/entities", {**ENTITY, "code": "fra", "number_prefix": "FRA"})
    call.made("POST", "/v1/customers", {**CUSTOMER, "entity": "fra", "external_id": "M2"})
    lived.sells("team", "100.00")
    lived.subscribes(customer="ext:M2", start_on="2027-06-01")
    lived.call.bills(lived.now)
    return lived


def bought(shop: Lived) -> dict:
    rows = shop.call("GET", "/v1/invoices")[1]["data"]
    (row,) = [one for one in rows if one["number"] == "FRA-2027-000001"]
    return shop.call("GET", f"/v1/invoices/{row['id']}")[1]


def gives_up(shop: Lived, stage: str, key: str, **more) -> dict:
    path = f"/v1/invoices/{bought(shop)['id']}/write-off"
    return shop.call.made("POST", path, {"stage": stage, **more}, idempotency_key=key)


def test_doubtful_then_lost_with_the_tax_relieved_then_half_is_paid(shop) -> None:
    made = gives_up(shop, "doubtful", "a", reason="No answer")
    assert (made["status"], made["doubtful"], made["lost"]) == ("open", 120_00, 0)
    assert balances(shop) == {"416": 120_00, "4457": -20_00, "706": -100_00}
    proved(shop)
    shop.at("2027-12-01")
    made = gives_up(shop, "lost", "b", duplicate_sent_on="2027-11-30")
    assert (made["status"], made["doubtful"], made["lost"]) == ("uncollectible", 0, 120_00)
    assert balances(shop) == {"654": 100_00, "706": -100_00}
    proved(shop)
    Bank(shop, made["id"]).paid("evt_1", 60_00)
    after = bought(shop)
    assert (after["status"], after["paid"], after["lost"]) == ("uncollectible", 60_00, 60_00)
    assert balances(shop) == {"4457": -10_00, "512": 60_00, "654": 50_00, "706": -100_00}
    proved(shop)
    Bank(shop, made["id"]).paid("evt_2", 70_00, intent="pi_2")
    assert (bought(shop)["status"], bought(shop)["lost"]) == ("paid", 0)
    assert balances(shop) == {"4191": -10_00, "4457": -20_00, "512": 130_00, "706": -100_00}
    proved(shop)


def test_without_a_duplicate_the_tax_is_an_expense(shop) -> None:
    assert gives_up(shop, "lost", "a")["lost"] == 120_00
    assert balances(shop) == {"4457": -20_00, "654": 120_00, "706": -100_00}
    assert "due_pk" not in item_of(shop)  # nobody is reminded
    proved(shop)


def item_of(shop: Lived) -> dict:
    identity = bought(shop)["id"]
    return next(one for key, one in shop.call.model.items.items() if key.sk == f"I#{identity}")


def test_a_note_of_a_lost_invoice_takes_the_loss_back_first_nothing_is_credit(shop) -> None:
    gives_up(shop, "lost", "a")
    body = {"invoice": bought(shop)["id"]}
    note = shop.call.made("POST", "/v1/credit-notes", body, idempotency_key="n")
    assert (note["total"], note["credit"]) == (120_00, 0)
    assert balances(shop) == {}
    assert (bought(shop)["status"], bought(shop)["lost"]) == ("paid", 0)
    proved(shop)


def test_what_is_paid_in_part_is_written_off_in_part_and_a_dispute_opens_the_rest(shop) -> None:
    bank = Bank(shop, bought(shop)["id"])
    bank.paid("evt_1", 90_00)
    made = gives_up(shop, "lost", "a", duplicate_sent_on="2027-06-01")
    assert (made["status"], made["lost"]) == ("uncollectible", 30_00)
    assert balances(shop)["654"] == 25_00  # 30.00 × 100/120
    bank.disputed("evt_2", 90_00)
    assert (bought(shop)["status"], bought(shop)["paid"]) == ("open", 0)
    assert "due_pk" in item_of(shop)
    proved(shop)


def test_a_request_that_is_sent_again_changes_nothing(shop) -> None:
    made = gives_up(shop, "lost", "a")
    for key in [key for key in shop.call.model.items if key.pk.startswith("ID#")]:
        del shop.call.model.items[key]
    assert gives_up(shop, "lost", "a") == made
    path = f"/v1/invoices/{made['id']}/write-off"
    status, found, _ = shop.call("POST", path, {"stage": "lost"}, idempotency_key="b")
    assert (status, found["code"]) == (409, "state_conflict")
    assert shop.call("POST", path, {"stage": "lost"})[0] == 400


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"stage": "gone"}, "/stage"),
        ({"stage": "doubtful", "duplicate_sent_on": "2027-06-01"}, "/duplicate_sent_on"),
        ({"stage": "lost", "duplicate_sent_on": "2027-06-02"}, "/duplicate_sent_on"),
        ({"stage": "lost", "duplicate_sent_on": "2027-05-31"}, "/duplicate_sent_on"),
        ({"stage": "lost", "amount": 5}, "/amount"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(shop, body, pointer) -> None:
    path = f"/v1/invoices/{bought(shop)['id']}/write-off"
    status, found, _ = shop.call("POST", path, body, idempotency_key="k")
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)


def test_a_credit_note_is_not_written_off(shop) -> None:
    body = {"invoice": bought(shop)["id"], "amount": 1_00}
    note = shop.call.made("POST", "/v1/credit-notes", body, idempotency_key="n")
    path = f"/v1/invoices/{note['id']}/write-off"
    assert shop.call("POST", path, {"stage": "lost"}, idempotency_key="k")[0] == 422
