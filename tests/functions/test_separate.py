"""What keeps a customer's documents apart: from a day on, previewed, taken back; all over HTTP."""

import pytest

from solde.runtime import bill_run
from solde.runtime.replay import opening
from solde.storage.runs import RunTable
from solde.workflows.replay import replay_batch
from tests.support.lived import Lived

PATH = "/v1/customers/ext:M1"
APART = {"separate": ["purchase_order"]}


@pytest.fixture
def shop(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> Lived:
    monkeypatch.setattr(bill_run, "context", bill_run.planning)  # runs keep what they read
    lived.sells("team", "30.00")
    for number, order in enumerate(("PO-1", "PO-2")):
        lived.at(f"2013-06-01T0{number}:00:00")  # ids sort by their instant
        name = f"S{number + 1}"
        lived.subscribes(external_id=name, references={"purchase_order": order})
    return lived


def separate(shop: Lived, act: str = "", **body) -> dict:
    return shop.call.made("POST", f"{PATH}/separate{act}", body)


def previewed(shop: Lived, act: str, **body) -> list[str | None]:
    """Return what keeps each document apart that would be issued, after and before it."""
    before = dict(shop.call.model.items)
    shown = separate(shop, f"{act}/preview", **body)
    assert shop.call.model.items == before
    assert shown["total"] == shown["total_without"]
    return [one["apart"] for one in shown["documents"]]


def documents(shop: Lived) -> dict[str, int]:
    """Return how many invoices there are of each day."""
    rows = shop.call("GET", "/v1/invoices", query={"customer": "ext:M1"})[1]["data"]
    days = [row["issued_on"] for row in rows]
    return {day: days.count(day) for day in sorted(set(days))}


def replays(shop: Lived) -> list[tuple[int, bool]]:
    """Plan each run again: how many documents it had, and whether they came out to the byte."""
    runs, objects = RunTable(shop.call.model), shop.call.objects
    rows = shop.call("GET", "/v1/bill-runs")[1]["data"]
    every = [runs.run(row["id"]) for row in reversed(rows)]
    return [
        (one.documents, one.same)
        for run in every
        for record in runs.batches(run.id)
        for one in replay_batch(run, record, objects, opening(objects, objects))
    ]


def test_from_its_day_on_until_the_next(shop) -> None:
    shop.bills("2013-06-01")
    shop.at("2013-06-10")
    found = separate(shop, **APART, effective_on="2013-07-01")
    assert (found["separate"], found["version"]) == (None, 2)
    found = separate(shop, separate=None, effective_on="2013-08-01")
    fact = {"number": 1, "effective_on": "2013-07-01", "separate": ["purchase_order"]}
    assert found["separations"][0] == {**fact, "withdrawn": False}
    assert found["separations"][1]["separate"] is None
    for day in ("2013-07-01", "2013-08-01"):
        shop.bills(day)
    assert documents(shop) == {"2013-06-01": 1, "2013-07-01": 2, "2013-08-01": 1}
    shop.at("2013-07-31")
    assert shop.call("GET", PATH)[1]["separate"] == ["purchase_order"]
    shop.at("2013-08-01")
    assert shop.call("GET", "/v1/customers")[1]["data"][0]["separate"] is None


def test_it_is_previewed_and_taken_back(shop) -> None:
    shop.bills("2013-06-01")
    shop.at("2013-06-10")
    july = {"effective_on": "2013-07-01", "on": "2013-07-01"}
    assert previewed(shop, "", **APART, **july) == [None, "purchase_order"]
    assert previewed(shop, "", **APART, effective_on="2013-07-02", on="2013-07-01") == [None]
    separate(shop, **APART)
    assert previewed(shop, "/withdraw", number=1, on="2013-07-01") == [None]
    shop.bills("2013-07-01")
    found = separate(shop, "/withdraw", number=1)
    assert (found["separate"], found["separations"][0]["withdrawn"]) == (None, True)
    assert len(found["separations"]) == 1
    shop.bills("2013-08-01")
    assert documents(shop) == {"2013-06-01": 1, "2013-07-01": 2, "2013-08-01": 1}
    assert replays(shop) == [(1, True), (2, True), (1, True)]
    status, found, _ = shop.call("POST", f"{PATH}/separate/withdraw", {"number": 1})
    assert (status, found["code"]) == (409, "state_conflict")


@pytest.mark.parametrize(
    ("act", "body", "status", "pointer"),
    [
        ("", {}, 422, "/separate"),
        ("", {"separate": ["colour"]}, 422, "/separate/0"),
        ("", {**APART, "effective_on": "soon"}, 422, "/effective_on"),
        ("", {**APART, "effective_on": "2012-04-30"}, 422, "/effective_on"),  # over 13 months ago
        ("", {**APART, "version": 7}, 412, None),
        ("/preview", {**APART, "on": "2020-01-01"}, 422, "/on"),
        ("/withdraw", {}, 422, "/number"),
        ("/withdraw", {"number": 0}, 422, "/number"),
        ("/withdraw", {"number": 1}, 409, "/number"),
        ("/withdraw/preview", {"number": 1}, 409, "/number"),
    ],
)
def test_what_makes_no_sense_is_refused(shop, act, body, status, pointer) -> None:
    before = dict(shop.call.model.items)
    found = shop.call("POST", f"{PATH}/separate{act}", body)
    told = next((one["pointer"] for one in found[1]["errors"]), None)
    assert (found[0], told) == (status, pointer)
    assert shop.call.model.items == before
