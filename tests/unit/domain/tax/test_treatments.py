"""Days of a supply are cut where the rate changes, or the period that is billed keeps its rate."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.errors import InvalidError
from solde.domain.periods import Period
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled
from solde.domain.tax import SHIPPED, Regime, Treatment, treatments
from solde.domain.tax.rates import Mode, Rate
from solde.domain.tax.standing import Evidence, Standing, Vies
from tests.support.story import Story, day

D = Decimal
FRANCE, NONE = SHIPPED["FR"], SHIPPED["none"]


def days(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def parts(regime: Regime, tax_class: str, start: str, end: str):
    within = days(start, end)
    return treatments(regime, tax_class, within, within)


def test_a_change_of_rate_splits_by_days() -> None:
    found = parts(FRANCE, "standard", "2013-12-15", "2014-01-15")
    assert [(part.days, how.category, how.percent) for part, how in found] == [
        (17, "S", D("19.6")),
        (14, "S", D(20)),
    ]


def test_a_rate_holds_from_its_first_day() -> None:
    ((part, how),) = parts(FRANCE, "intermediate", "2014-01-01", "2014-02-01")
    assert (part.days, how) == (31, Treatment("S", D(10), "intermediate"))


def test_outside_the_scope_of_vat() -> None:
    ((_, how),) = parts(NONE, "anything", "2027-01-01", "2027-02-01")
    assert how == Treatment("O", D(0), "anything")


def test_what_no_rate_covers_is_refused() -> None:
    with pytest.raises(InvalidError, match="expected one of regime FR, found 'magic'"):
        parts(FRANCE, "magic", "2027-01-01", "2027-02-01")
    with pytest.raises(InvalidError, match="expected days from 2000-04-01 on, found 1999-01-01"):
        parts(FRANCE, "standard", "1999-01-01", "1999-02-01")


def rising(mode: Mode) -> Regime:
    """20 % until the end of 2027, then 21 %."""
    law = (
        Rate(date(2020, 1, 1), D(20), "law of 2019"),
        Rate(date(2028, 1, 1), D(21), "law of 2027", mode),
    )
    return Regime("X", 1, {"standard": law})


def test_a_rate_that_begins_at_a_periods_end_leaves_the_period_alone() -> None:
    regime = rising(Mode.AT_PERIOD_END)
    december, january = days("2027-12-15", "2028-01-15"), days("2028-01-15", "2028-02-15")
    rest = days("2028-01-10", "2028-01-15")
    rates = [
        [how.percent for _, how in treatments(regime, "standard", within, billed)]
        for within, billed in ((december, december), (rest, december), (january, january))
    ]
    assert rates == [[20], [20], [21]]


def billed(mode: Mode, *, kind: ChargeKind = ChargeKind.ADVANCE) -> Story:
    story = Story(regime=rising(mode))
    story.sells("fee", kind, Flat(D("31.00")))
    story.subscribes("s", "2027-12-15", {"fee": 1})
    return story


def test_backdated_over_a_change_of_rate_it_is_two_lines() -> None:
    """31.00 from 15 December, entered in January: 17 days at 20 %, 14 days at 21 %."""
    story = billed(Mode.BY_DAYS)
    assert story.bills("2028-01-10") == [
        "fee 2027-12-15..2027-12-31 17.00",
        "fee 2028-01-01..2028-01-14 14.00",
    ]
    (document,) = story.documents
    assert [(one["base"], one["tax"]) for one in document["taxes"]] == [
        (17_00, 3_40),
        (14_00, 2_94),
    ]
    assert story.last_totals() == [("invoice", 31_00, 6_34, 37_34)]


def test_what_is_issued_is_not_reopened_by_a_change_of_rate() -> None:
    """Billed in advance before the law came: nothing; what is given back keeps its 20 %."""
    story = billed(Mode.BY_DAYS)
    story.regime = Regime("X", 0, {"standard": (Rate(date(2020, 1, 1), D(20), "law of 2019"),)})
    assert story.bills("2027-12-15") == ["fee 2027-12-15..2028-01-14 31.00"]
    story.regime, story.dirty_from = rising(Mode.BY_DAYS), day("2027-12-15")
    assert story.bills("2027-12-20") == []
    story.changes("s", Cancelled(day("2028-01-08"), 1))
    assert story.bills("2027-12-21") == ["CN fee 2028-01-08..2028-01-14 7.00"]
    assert story.last_totals() == [("credit_note", 7_00, 1_40, 8_40)]


def test_usage_that_is_billed_is_not_reopened_by_a_change_of_rate() -> None:
    """10 calls of the year before and 4 of the new one were billed at 20 %; so is the late one."""
    story = Story(regime=Regime("X", 0, {"standard": (Rate(date(2020, 1, 1), D(20), "law"),)}))
    story.sells("calls", ChargeKind.USAGE, PerUnit(D("1.00")))
    story.subscribes("s", "2027-12-15", {"calls": 1})
    story.uses("calls", "2027-12-20", 10)
    story.uses("calls", "2028-01-05", 4)
    assert story.bills("2028-01-15") == ["calls 2027-12-15..2028-01-14 14.00"]
    story.regime, story.dirty_from = rising(Mode.BY_DAYS), day("2027-12-15")
    assert story.bills("2028-01-16") == []
    story.uses("calls", "2028-01-06", 1)
    assert story.bills("2028-01-17") == ["calls 2027-12-15..2028-01-14 1.00"]
    assert story.last_totals() == [("invoice", 1_00, 20, 1_20)]


def test_at_a_periods_end_the_period_has_one_line_at_the_old_rate() -> None:
    story = billed(Mode.AT_PERIOD_END)
    assert story.bills("2028-01-15") == [
        "fee 2027-12-15..2028-01-14 31.00",
        "fee 2028-01-15..2028-02-14 31.00",
    ]
    rates = [line["tax"]["rate"] for line in story.documents[0]["lines"]]
    assert rates == ["20", "21"]


def test_at_payment_all_that_is_billed_from_its_day_on_has_the_rate() -> None:
    """What could be paid before 2028 alone keeps 20 %: nobody pays before he is billed."""
    story = billed(Mode.AT_PAYMENT)
    assert story.bills("2028-01-10") == ["fee 2027-12-15..2028-01-14 31.00"]
    assert story.last_totals() == [("invoice", 31_00, 6_51, 37_51)]  # 31.00 × 0.21


def test_at_payment_what_is_billed_before_its_day_keeps_its_rate_for_good() -> None:
    """31.00 × 0.2 = 6.20, though 14 days of service come after; a credit of them is at 20 %."""
    story = billed(Mode.AT_PAYMENT)
    assert story.bills("2027-12-15") == ["fee 2027-12-15..2028-01-14 31.00"]
    assert story.last_totals() == [("invoice", 31_00, 6_20, 37_20)]
    assert story.bills("2028-01-02") == []
    story.changes("s", Cancelled(day("2028-01-08"), 1))
    assert story.bills("2028-01-08") == ["CN fee 2028-01-08..2028-01-14 7.00"]
    assert story.last_totals() == [("credit_note", 7_00, 1_40, 8_40)]


def test_at_payment_in_arrears_the_day_of_billing_decides() -> None:
    story = billed(Mode.AT_PAYMENT, kind=ChargeKind.ARREARS)
    assert story.bills("2028-01-15") == ["fee 2027-12-15..2028-01-14 31.00"]
    assert story.last_totals() == [("invoice", 31_00, 6_51, 37_51)]


ABROAD = Standing(
    date(2027, 6, 16),
    True,
    "AE",
    "VATEX-EU-AE",
    Evidence(vat_id="DE123456788", vies=Vies(True, datetime(2027, 6, 1, 9, tzinfo=UTC))),
)
AT_HOME = Standing(date(2027, 6, 21), True, evidence=Evidence(siren="732829320"))
JUNE = days("2027-06-01", "2027-07-01")


def told(regime: Regime) -> list[tuple[str, int, Treatment]]:
    found = treatments(regime, "standard", JUNE, JUNE)
    return [(part.start_on.isoformat(), part.days, how) for part, how in found]


def test_what_is_known_of_a_customer_taxes_his_days() -> None:
    """A consumer for 15 days, abroad for 5, at home for the last 10."""
    at_20 = Treatment("S", D(20))
    assert told(FRANCE.known((ABROAD, AT_HOME))) == [
        ("2027-06-01", 15, at_20),
        ("2027-06-16", 5, Treatment("AE", D(0), "standard", "VATEX-EU-AE")),
        ("2027-06-21", 10, at_20),
    ]


def test_a_seller_outside_the_scope_of_vat_has_no_reverse_charge() -> None:
    outside = Treatment("O", D(0))
    assert told(NONE.known((ABROAD,))) == [("2027-06-01", 15, outside), ("2027-06-16", 15, outside)]


def test_the_first_day_of_a_rate_is_one_of_its_days() -> None:
    (one,) = parts(FRANCE, "standard", "2000-04-01", "2000-04-02")
    assert one == (days("2000-04-01", "2000-04-02"), Treatment("S", D("19.6")))


def test_a_period_that_begins_with_a_rate_has_it() -> None:
    january = days("2028-01-01", "2028-02-01")
    ((_, how),) = treatments(rising(Mode.AT_PERIOD_END), "standard", january, january)
    assert how.percent == 21
