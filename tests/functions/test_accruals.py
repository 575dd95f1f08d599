"""Accruals over HTTP: what was used in a month and billed after it; who has no amount yet."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.usage.additive import Sum
from solde.domain.usage.day_state import day_state
from solde.ports.usage import CustomerUsage, MeteredMonth
from solde.storage import keys
from solde.storage.table import Delete, Update
from solde.storage.usage import UsageTable

METER = {"code": "calls", "event_type": "call", "aggregation": "sum", "value": "n"}


@pytest.fixture
def metered(lived):
    """Calls at 0.10, counted in months from the 16th; 62 of them are used in two months."""
    lived.call.made("POST", "/v1/meters", METER)
    lived.sells("calls", "0.10", kind="usage", price={"meter": "calls"})
    order = lived.subscribes(plan="calls", start_on="2013-06-16", anchor_on="2013-06-16")
    uses(lived, order, ("2013-06-20", 30), ("2013-07-10", 12), ("2013-07-20", 20))
    return lived


def uses(lived, order, *found: tuple[str, int], generation: int = 1) -> None:
    """Have events counted, as a rating stores them."""
    by_month = defaultdict(dict)
    for day, total in found:
        cells = {(): Sum(1, Decimal(total))}
        by_month[day[:7]][date.fromisoformat(day)] = day_state(generation, cells)
    months = tuple(
        MeteredMonth(order["id"], "calls", "UTC", month, days) for month, days in by_month.items()
    )
    usage = CustomerUsage(order["customer"], "fr", lived.now.date(), months)
    UsageTable(lived.call.model, lived.call.objects).write([usage], generation=generation)


def closed(lived, month: str) -> dict[str, tuple[int, int, int]]:
    """Close a month; return opening, debit and credit of each account."""
    lived.close = lived.call.closes(month)
    assert lived.close["status"] == "closed"
    rows = lived.close["balances"]
    return {row["account"]: (row["opening"], row["debit"], row["credit"]) for row in rows}


def test_usage_is_accrued_and_taken_back_when_it_is_billed(metered) -> None:
    """June: 30 calls, 3.00. July: 42 billed on the 16th, 4.20; 20 more to its end, 2.00."""
    metered.at("2013-07-02")
    assert closed(metered, "2013-06") == {"4181": (0, 3_00, 0), "706": (0, 0, 3_00)}
    assert metered.bills("2013-07-16") == ["06-16..07-15 420"]
    metered.at("2013-08-02")
    july = closed(metered, "2013-07")
    assert july == {
        "411": (0, 4_20, 0),
        "4181": (3_00, 2_00, 3_00),
        "706": (-3_00, 3_00, 4_20 + 2_00),
    }
    assert metered.bills("2013-08-16") == ["07-16..08-15 200"]
    metered.at("2013-09-02")
    assert closed(metered, "2013-08") == {
        "411": (4_20, 2_00, 0),
        "4181": (2_00, 0, 2_00),
        "706": (-6_20, 2_00, 2_00),
    }


def test_what_was_billed_after_the_month_counts_as_not_billed_in_it(metered) -> None:
    """July is closed on 17 August, when the bill of the 16th is there: 2.00 all the same."""
    assert metered.bills("2013-07-16") == ["06-16..07-15 420"]
    assert metered.bills("2013-08-16") == ["07-16..08-15 200"]
    metered.at("2013-08-17")
    assert closed(metered, "2013-07")["4181"] == (0, 2_00, 0)


def test_a_close_that_is_cut_off_accrues_once(metered) -> None:
    """What is used meanwhile is of the next close: the accruals of a month are complete once."""
    metered.at("2013-07-02")
    closed(metered, "2013-06")
    month = keys.closed_month("fr", "2013-06")
    metered.call.model.write(Update(month, set={"status": "asked", "chain": "", "balances": []}))
    uses(metered, metered.shown(), ("2013-06-21", 5), generation=2)
    assert closed(metered, "2013-06")["4181"] == (0, 3_00, 0)


def test_who_has_no_amount_is_named(metered) -> None:
    """Less than nothing was used: a run would park him."""
    uses(metered, metered.shown(), ("2013-06-22", -90), generation=2)
    metered.at("2013-07-02")
    assert closed(metered, "2013-06") == {}
    assert metered.close["not_accrued"] == [metered.shown()["customer"]]


def test_a_month_that_is_not_rated_is_not_closed(metered) -> None:
    metered.call.model.write(Update(keys.rated("fr"), set={"to_on": "2013-06-30"}))
    metered.at("2013-07-02")
    status, found, _ = metered.call("POST", "/v1/closes", {"entity": "fr", "month": "2013-06"})
    assert (status, found["code"]) == (409, "not_rated")


def test_verify_misses_a_reversal(metered) -> None:
    from functions.verify import nightly  # noqa: PLC0415 - once the stage is set

    metered.at("2013-07-02")
    closed(metered, "2013-06")

    def violations() -> list[str]:
        said = nightly.lambda_handler({"as_of": "2013-07-02T12:00:00+00:00"}, None)
        by_code = {one["code"]: one["violations"] for one in said["findings"]}
        return [*by_code["I2"], *by_code["I37"]]

    assert violations() == []
    customer = metered.shown()["customer"]
    metered.call.model.write(Delete(keys.reversal("fr", "2013-06", customer, "EUR")))
    assert violations() == ["4181 of fr in EUR after reversals: expected 0, found 300"]
