"""Usage on documents: the months of a chart, the days of an annex, and nothing unless asked for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from local.documents.parties import BUSINESS, SELLER
from local.documents.samples import sample
from local.documents.samples.own import metered
from solde.domain.catalog import Aggregation
from solde.domain.invoicing.canonical import canonical
from solde.domain.invoicing.usage_shown import asked, measured_since
from solde.domain.pricing import Quantity
from solde.domain.templates import ANNEX, CHART, Choice
from solde.domain.usage.quantity import NegativeUsageError

ON = "2027-06-01"
DOCUMENT = sample("usage-annex")
BOTH = (CHART, ANNEX)


def test_a_chart_has_the_whole_months_before_the_day_of_billing() -> None:
    (row,) = DOCUMENT["usage_history"]
    assert (row["subscription"], row["meter"], row["name"]) == ("sub_1", "calls", "Appels d’API")
    assert row["months"][0] == ["2026-06", "812"]
    assert row["months"][5] == ["2026-11", "0"]
    assert row["months"][-1] == ["2027-05", "1377.75"]  # 1,377.5 + 0.25
    assert len(row["months"]) == 12
    assert measured_since(date(2027, 6, 30)) == date(2026, 6, 1)


def test_a_subscription_that_began_later_has_fewer_months() -> None:
    life = metered("2027-03-15", BOTH)
    life.uses("calls", "2027-04-02", 3)
    life.bills("2027-04-15")
    (document,) = life.bills("2027-06-15")
    assert document["usage_history"][0]["months"] == [
        ["2027-03", "0"],
        ["2027-04", "3"],
        ["2027-05", "0"],
    ]


def test_an_annex_has_devices_and_the_days_that_add_up() -> None:
    _, calls, *devices = DOCUMENT["lines"]
    assert calls["used"] == {
        "total": "1377.75",
        "days": [["2027-05-10", "1377.5"], ["2027-05-21", "0.25"]],
    }
    assert [one["device"] for one in devices] == ["TP-0417", "TP-0418"]
    assert "used" not in devices[0]


def test_days_that_do_not_add_up_are_left_out_and_what_is_below_nothing_is_unknown() -> None:
    life = metered("2027-05-01", BOTH)
    life.meters["calls"] = replace(life.meters["calls"], aggregation=Aggregation.MAX)
    life.uses("calls", "2027-05-10", 7)
    measured = life._measured

    def most(subscription, meter, period, whole=None, /):
        if period.days == 1 and period.start_on == date(2027, 5, 10):
            raise NegativeUsageError("below")
        if period == life.subscriptions["1"].period_on(date(2027, 5, 2)):
            return Quantity(Decimal(7), count=1), 1, "7"
        return measured(subscription, meter, period, whole)

    life._measured = most  # type: ignore[method-assign]
    (document,) = life.bills(ON)
    assert [one["used"] for one in document["lines"] if "used" in one] == [{"total": "7"}]
    assert document["usage_history"][0]["months"] == [["2027-05", "7"]]


def test_who_does_not_ask_has_the_same_bytes() -> None:
    def billed(parts: tuple[str, ...]) -> bytes:
        life = metered("2027-05-01", parts)
        life.uses("calls", "2027-05-10", 7)
        (document,) = life.bills(ON)
        document.pop("templates")
        return canonical(document)

    assert b"used" not in billed(())
    assert b"usage_history" not in billed((ANNEX,))
    asking = billed((CHART,))
    assert b"usage_history" in asking
    assert b"used" not in asking


def test_what_is_asked_is_what_a_template_of_the_customer_shows() -> None:
    known = (
        Choice("ars", 1, date(2027, 1, 1)),
        Choice("ars:retail", 1, date(2027, 1, 1), (CHART,)),
        Choice("ars::de", 1, date(2027, 1, 1), (ANNEX,)),
    )
    seller = replace(SELLER, templates=known)
    assert asked(seller, BUSINESS) == frozenset()
    assert asked(seller, replace(BUSINESS, group="retail")) == {CHART}
    assert asked(seller, replace(BUSINESS, group="retail", language="de")) == {CHART, ANNEX}
    assert asked(SELLER, BUSINESS) == frozenset()
