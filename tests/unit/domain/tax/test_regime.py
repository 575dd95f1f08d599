"""A regime has rates in order of their days, and never rewrites what has begun."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.tax import Regime
from solde.domain.tax.rates import Mode, Rate
from solde.domain.tax.standing import Standing

D = Decimal


def rate(since: str, percent: str, **more) -> Rate:
    return Rate(date.fromisoformat(since), D(percent), "law", **more)


@pytest.mark.parametrize("days", [(), ("2027-01-01", "2026-01-01"), ("2027-01-01", "2027-01-01")])
def test_rates_follow_each_other(days) -> None:
    with pytest.raises(InvalidError, match="standard: expected rates in order of their days"):
        Regime("X", 1, {"standard": tuple(rate(day, "20") for day in days)})


BEFORE = Regime("X", 1, {"standard": (rate("2020-01-01", "20"), rate("2027-01-01", "21"))})


@pytest.mark.parametrize(
    "rates",
    [
        (rate("2020-01-01", "20"),),  # the change of 2027 has not begun, and may be taken back
        (rate("2020-01-01", "20"), rate("2027-01-01", "22")),
        (rate("2020-01-01", "20"), rate("2026-12-01", "21")),  # a law that came late
    ],
)
def test_what_has_not_begun_may_change(rates) -> None:
    Regime("X", 2, {"standard": rates}).must_keep(BEFORE, date(2026, 12, 31))


@pytest.mark.parametrize(
    "classes",
    [
        {"standard": (rate("2020-01-01", "20"),)},
        {"standard": (rate("2020-01-01", "19"), rate("2027-01-01", "21"))},
        {"other": (rate("2020-01-01", "20"), rate("2027-01-01", "21"))},
    ],
)
def test_what_has_begun_is_not_rewritten(classes) -> None:
    with pytest.raises(InvalidError, match=r"standard: expected 2[01] % since .* to stay as it"):
        Regime("X", 2, classes).must_keep(BEFORE, date(2027, 1, 1))


def test_a_class_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidError, match="expected one of regime X, found 'magic'"):
        BEFORE.rates("magic")


def test_no_class_begins_at_payment() -> None:
    with pytest.raises(InvalidError, match="expected a rate before the one of 2020-01-01"):
        Regime("X", 1, {"standard": (rate("2020-01-01", "20", mode=Mode.AT_PAYMENT),)})


def test_a_rate_at_payment_waits_for_its_day_and_then_stands_for_all_before_it() -> None:
    rows = (
        rate("2020-01-01", "20"),
        rate("2027-01-01", "21", mode=Mode.AT_PAYMENT),
        rate("2027-06-01", "22"),
    )
    other = (rate("2020-01-01", "5"),)
    regime = Regime("X", 1, {"standard": rows, "other": other})
    assert regime.billed_on(date(2026, 12, 31)).classes == {
        "standard": (rows[0], rows[2]),
        "other": other,
    }
    assert regime.billed_on(date(2027, 1, 1)).classes == {
        "standard": (rate("2020-01-01", "21"), rows[2]),
        "other": other,
    }
    assert BEFORE.billed_on(date(2027, 1, 1)) is BEFORE


def test_what_is_known_of_a_customer_goes_with_his_regime() -> None:
    fact = Standing(date(2027, 1, 1))
    known = BEFORE.known((fact,))
    assert (known.standings, known.classes) == ((fact,), BEFORE.classes)
    assert BEFORE.known(()) is BEFORE


def test_days_out_of_order_are_told() -> None:
    rows = (rate("2027-01-01", "20"), rate("2026-01-01", "20"))
    with pytest.raises(InvalidError, match=r"found 2027-01-01, 2026-01-01$"):
        Regime("X", 1, {"standard": rows})


def test_rates_of_a_class_come_in_their_order() -> None:
    rows = (rate("2020-01-01", "20"), rate("2027-01-01", "21"))
    assert BEFORE.rates("standard") == rows
