"""Rates of a plan are told so that those of another day can be compared with them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from solde.domain.tax import Regime
from solde.domain.tax.rates import Mode, Rate
from solde.workflows.bill_run.rates import converted, taxes_digest, together
from tests.support.seller import ENTITY


def invoice(currency: str, rate: str, on: str) -> dict:
    return {"currency": currency, "accounting": {"currency": "EUR", "rate": rate, "on": on}}


def test_what_invoices_are_converted_at_is_told_by_currency() -> None:
    note = {"currency": "GBP", "accounting": {"currency": "EUR", "tax": 1}}
    documents = [invoice("USD", "1.3", "2013-06-01"), note, {"currency": "CHF"}]
    assert converted(documents) == {"USD": "1.3 of 2013-06-01"}


def test_several_rates_of_a_currency_are_none_that_could_be_right() -> None:
    assert together([{"USD": "1.3"}, {"USD": "1.3", "GBP": "0.8"}, {}]) == {
        "USD": "1.3",
        "GBP": "0.8",
    }
    assert together([{"USD": "1.3"}, {"USD": "1.4"}, {"USD": "1.3"}]) == {"USD": "several rates"}


def test_the_rates_of_tax_are_those_of_what_is_billed_on_a_day() -> None:
    rows = (
        Rate(date(2010, 1, 1), Decimal(20), "law"),
        Rate(date(2014, 1, 1), Decimal(21), "law"),
        Rate(date(2015, 1, 1), Decimal(22), "law", Mode.AT_PAYMENT),
    )
    entity = replace(ENTITY, taxes=Regime("FR", 1, {"standard": rows}))
    of = [taxes_digest(entity, date(year, 1, 1)) for year in (2013, 2014, 2015)]
    assert of[0] == of[1] != of[2]
    # The source of a law changes no amount
    same = tuple(replace(one, source="other") for one in rows)
    entity = replace(ENTITY, taxes=Regime("FR", 2, {"standard": same}))
    assert taxes_digest(entity, date(2013, 1, 1)) == of[0]
