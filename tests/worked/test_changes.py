"""Changes of a subscription: June has 30 days, and on the 15th 16 are left."""

from decimal import Decimal

from solde.domain.billing_days import anniversary_cycle
from solde.domain.catalog import ChargeKind
from solde.domain.periods import Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import PlanChanged, QuantityChanged, Withdrawn
from solde.domain.trials import Trial, trial_end
from tests.support.story import Story, day, item

D = Decimal


def seats() -> Story:
    """Three seats at 9.99 a month, paid for June: 29.97."""
    story = Story()
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")))
    story.subscribes("s", "2027-06-01", {"seat": 3})
    assert story.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 29.97"]
    return story


def to(quantity: int, on: str, sequence: int) -> QuantityChanged:
    return QuantityChanged(day(on), sequence, "sit_seat", D(quantity))


def test_02_more_seats_at_once_and_fewer_at_the_end_of_the_period() -> None:
    story = seats()
    story.changes("s", to(5, "2027-06-15", 1))
    story.changes("s", to(3, "2027-07-01", 2))  # asked for at 15:00, effective at period end
    # 2 × 9.99 × 16/30 = 10.656
    assert story.bills("2027-06-15") == ["seat 2027-06-15..2027-06-30 10.66"]
    assert story.bills("2027-07-01") == ["seat 2027-07-01..2027-07-31 29.97"]  # 3 × 9.99


def test_02_the_last_state_of_a_day_is_billed() -> None:
    story = seats()
    story.changes("s", to(5, "2027-06-15", 1))
    story.changes("s", to(3, "2027-06-15", 2))
    assert story.bills("2027-06-15") == []


def dearer(kind: ChargeKind) -> Story:
    story = Story()
    story.sells("old", kind, Flat(D("100.00")))
    story.sells("new", kind, Flat(D("110.00")))
    story.subscribes("s", "2027-06-01", {"old": 1})
    return story


def dearer_from_the_15th(story: Story) -> None:
    change = PlanChanged(day("2027-06-15"), 1, "p", ("sit_old",), (item("new"),))
    story.changes("s", change)


def test_22_a_dearer_price_when_the_first_part_is_invoiced() -> None:
    story = dearer(ChargeKind.ADVANCE)
    assert story.bills("2027-06-01") == ["old 2027-06-01..2027-06-30 100.00"]
    dearer_from_the_15th(story)
    assert story.bills("2027-06-15") == [
        "old 2027-06-15..2027-06-30 -53.33",  # 100.00 × 16/30 = 53.333…
        "new 2027-06-15..2027-06-30 58.67",  # 110.00 × 16/30 = 58.666…
    ]
    assert story.last_totals() == [("invoice", 5_34, 0, 5_34)]


def test_22_a_dearer_price_in_arrears() -> None:
    story = dearer(ChargeKind.ARREARS)
    dearer_from_the_15th(story)
    assert story.bills("2027-07-01") == [
        "old 2027-06-01..2027-06-14 46.67",  # 100.00 × 14/30 = 46.666…
        "new 2027-06-15..2027-06-30 58.67",
    ]
    assert story.last_totals() == [("invoice", 105_34, 0, 105_34)]  # 100.00 + 5.34


def test_25_half_a_period_is_given_back_by_days() -> None:
    story = dearer(ChargeKind.ADVANCE)
    story.bills("2027-06-01")
    dearer_from_the_15th(story)
    story.bills("2027-06-15")
    lines = {line["component"]: line["expression"] for line in story.documents[-1]["lines"]}
    # −16 × 100.00 ÷ 30 = −53.33 and 16 × 110.00 ÷ 30 = 58.67
    days = {"unit": "DAY", "base_quantity": 30}
    assert lines["old"] == {"quantity": "-16", "price": "100", **days}
    assert lines["new"] == {"quantity": "16", "price": "110", **days}


def test_02_a_change_that_is_withdrawn_before_issue() -> None:
    story = seats()
    story.changes("s", to(5, "2027-06-15", 1))
    story.changes("s", Withdrawn(day("2027-06-15"), 2, of=1))
    assert story.bills("2027-06-15") == []


def test_07_a_trial_of_thirty_days_sets_the_anchor_to_its_end() -> None:
    start_on = day("2028-01-30")
    ends_on = trial_end(start_on, Unit.DAY, 30)
    assert ends_on == day("2028-02-29")
    for unit, count, issued in (
        (Unit.MONTH, 1, ["2028-02-29", "2028-03-29", "2028-04-29"]),
        (Unit.YEAR, 1, ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
    ):
        story = Story()
        story.sells("basic", ChargeKind.ADVANCE, Flat(D("10.00")))
        cycle = anniversary_cycle(start_on, ends_on, unit, count, keeps_day=False)
        anchor = cycle.anchor_on.isoformat()
        story.subscribes(
            "s", "2028-01-30", {"basic": 1}, unit=unit, anchor=anchor, trial=Trial(ends_on)
        )
        story.bills(issued[-1])
        starts = [line["service"]["start_on"] for line in story.documents[-1]["lines"]]
        assert starts == issued


def test_07_a_trial_of_a_month_keeps_the_anchor_of_the_start() -> None:
    start_on = day("2027-01-31")
    ends_on = trial_end(start_on, Unit.MONTH, 1)
    cycle = anniversary_cycle(start_on, ends_on, Unit.MONTH, 1, keeps_day=True)
    days = [cycle.period(cycle.number_at(ends_on) + number).start_on for number in range(3)]
    assert days == [day("2027-02-28"), day("2027-03-31"), day("2027-04-30")]
