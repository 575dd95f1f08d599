"""Usage in the table: written with its mark, once, and read by one query."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import Aggregation, Catalog, Meter
from solde.domain.errors import StoreUnavailableError
from solde.domain.periods import Period
from solde.domain.usage.additive import Count, Sum
from solde.domain.usage.day_state import DayState, day_state
from solde.domain.usage.gauge import Points
from solde.domain.usage.quantity import NegativeUsageError, quantity
from solde.ports.usage import CustomerUsage, MeteredMonth
from solde.storage import keys
from solde.storage.table import ConditionFailedError, Refused, Write
from solde.storage.usage import UsageTable
from tests.support.model_objects import ModelObjects
from tests.support.model_table import ModelTable
from tests.support.usage_world import UsageWorld

TODAY = date(2013, 2, 2)
JANUARY = Period(date(2013, 1, 1), date(2013, 2, 1))
JANUARY_AND_ON = Period(date(2013, 1, 1), date(2013, 4, 1))
CATALOG = Catalog(
    {},
    {
        "departures": Meter("departures", "t", Aggregation.COUNT),
        "held": Meter("held", "t", Aggregation.TIME_WEIGHTED, value="v"),
        "moved": Meter("moved", "t", Aggregation.SUM, value="v", signed=True),
        "sent": Meter("sent", "t", Aggregation.SUM, value="v"),
    },
    {},
    {},
)


def month(number: int = 0, count: int = 1, generation: int = 1, day: int = 31) -> MeteredMonth:
    state = day_state(generation, {(): Count(count)})
    days = {date(2013, 1, day): state}
    return MeteredMonth(f"sub_{number}", "departures", "Europe/Paris", "2013-01", days)


def usage(*months: MeteredMonth, customer: str = "cus_ua") -> CustomerUsage:
    return CustomerUsage(customer, "nyc", TODAY, months)


def test_days_and_mark_are_one_transaction():
    world = UsageWorld()
    before = world.table.writes
    world.usage.write([usage(month()), usage(month(), customer="cus_dl")], generation=1)
    assert world.table.writes == before + 1
    assert world.table.get(keys.billing_state("cus_ua", "nyc"))["rev"] == 1
    assert world.table.get(keys.billing_state("cus_dl", "nyc"))["rev"] == 1
    item = world.table.get(keys.usage_month("cus_ua", "2013-01", "sub_0", "departures"))
    assert item == {
        "pk": "A#cus_ua",
        "sk": "U#2013-01#sub_0#departures",
        "schema": 1,
        "zone": "Europe/Paris",
        "gen": 1,
        "days": '31 1 [[[],["count",1]]]',
    }


def test_writing_again_marks_nobody():
    world = UsageWorld()
    for _ in range(2):
        world.usage.write([usage(month())], generation=1)
    assert world.table.get(keys.billing_state("cus_ua", "nyc"))["rev"] == 1


def test_an_older_generation_comes_too_late():
    world = UsageWorld()
    world.usage.write([usage(month(count=5, generation=2))], generation=2)
    world.usage.write([usage(month(count=4))], generation=1)
    assert [one.days for one in world.usage.used("cus_ua", JANUARY)] == [
        {date(2013, 1, 31): day_state(2, {(): Count(5)})}
    ]


def test_a_customer_without_billing_state_gets_one():
    world = UsageWorld()
    world.usage.write([usage(month(), customer="cus_new")], generation=1)
    assert world.table.get(keys.billing_state("cus_new", "nyc"))["rev"] == 0


def test_what_is_more_than_a_transaction_is_cut():
    world = UsageWorld()
    before = world.table.writes
    world.usage.write([usage(*(month(number) for number in range(250)))], generation=1)
    assert world.table.writes == before + 3
    assert len(world.usage.used("cus_ua", JANUARY)) == 250


class Moving(ModelTable):
    """Refuses the first so many writes, as if billing states moved in between."""

    refusals = 0

    def write(self, *writes: Write) -> None:
        if self.refusals:
            self.refusals -= 1
            raise ConditionFailedError([Refused(0, None)])
        super().write(*writes)


@pytest.fixture
def moving() -> Moving:
    return Moving()


def test_a_billing_state_that_moves_is_read_again_customer_by_customer(moving):
    moving.refusals = 3
    store = UsageTable(moving, ModelObjects())
    store.write([usage(month()), usage(month(), customer="cus_dl")], generation=1)
    assert len(store.used("cus_ua", JANUARY)) == len(store.used("cus_dl", JANUARY)) == 1


def test_one_that_never_rests_is_a_fault_to_be_repeated(moving):
    moving.refusals = 1_000
    with pytest.raises(StoreUnavailableError, match="cus_ua"):
        UsageTable(moving, ModelObjects()).write([usage(month())], generation=1)


def test_a_measure_asks_by_subscription_meter_and_period():
    world = UsageWorld()
    world.usage.write([usage(month(day=30, count=2))], generation=1)
    world.usage.write([usage(month(day=31, count=3, generation=2))], generation=2)
    measure = world.usage.measure("cus_ua", JANUARY, CATALOG)
    subscription = world.subscription("cus_ua", "X")
    object.__setattr__(subscription, "id", "sub_0")
    quantity, count, digest = measure(subscription, "departures", JANUARY)
    assert (quantity.total, count) == (Decimal(5), 5)
    last = Period(date(2013, 1, 31), date(2013, 2, 1))
    quantity, count, other = measure(subscription, "departures", last)
    assert (quantity.total, count) == (Decimal(3), 3)
    assert digest != other
    object.__setattr__(subscription, "id", "sub_other")
    assert measure(subscription, "departures", JANUARY)[:2][0].total == 0
    assert measure(subscription, "held", JANUARY)[0].total == 0


def test_the_usage_of_one_subscription_is_read_without_that_of_others():
    world = UsageWorld()
    world.usage.write([usage(month(1, count=2), month(10, count=3))], generation=1)
    measure = world.usage.measure("cus_ua", JANUARY, CATALOG, only="sub_1")
    subscription = world.subscription("cus_ua", "X")
    object.__setattr__(subscription, "id", "sub_1")
    assert measure(subscription, "departures", JANUARY)[1] == 2
    object.__setattr__(subscription, "id", "sub_10")
    assert measure(subscription, "departures", JANUARY)[1] == 0


def test_a_gauge_is_carried_over_from_the_days_that_were_read_before_its_period():
    world = UsageWorld()
    # 10 from noon of 1 January 2013 in Paris
    points = Points(1, [(1_357_038_000_000_000, "a", Decimal(10))])
    state = day_state(1, {(): points})
    held = MeteredMonth("sub_0", "held", "Europe/Paris", "2013-01", {date(2013, 1, 1): state})
    world.usage.write([usage(held)], generation=1)
    subscription = world.subscription("cus_ua", "X")
    object.__setattr__(subscription, "id", "sub_0")
    measure = world.usage.measure("cus_ua", JANUARY, CATALOG)
    late = Period(date(2013, 1, 20), date(2013, 1, 25))
    assert measure(subscription, "held", late)[0].total == 10


MOVED = {
    date(2013, 1, 15): Sum(2, Decimal("7.5")),
    date(2013, 1, 31): Sum(3, Decimal("-10.25")),
    date(2013, 2, 1): Sum(4, Decimal(100)),
    date(2013, 2, 28): Sum(5, Decimal("0.0001")),
}
PERIODS = [
    ("all: 7.5 - 10.25 + 100 + 0.0001", (1, 1), (3, 1), "97.2501", 14),
    ("January: 7.5 - 10.25", (1, 1), (2, 1), "-2.7500", 5),
    (
        "from the 15th to the 15th: its first day counts, its end does not",
        (1, 15),
        (2, 15),
        "97.2500",
        9,
    ),
    ("to the 31st, which is not of it", (1, 1), (1, 31), "7.5000", 2),
    ("a month without usage", (3, 1), (4, 1), "0.0000", 0),
]


def moved(meter: str, days: dict[date, Sum]) -> UsageWorld:
    world = UsageWorld()
    months: dict[str, dict[date, DayState]] = {}
    for day, cell in days.items():
        months.setdefault(f"{day:%Y-%m}", {})[day] = day_state(1, {(): cell})
    told = [MeteredMonth("sub_0", meter, "Europe/Paris", one, of) for one, of in months.items()]
    world.usage.write([usage(*told)], generation=1)
    return world


@pytest.mark.parametrize(
    ("first", "end", "total", "count"),
    [case[1:] for case in PERIODS],
    ids=[case[0] for case in PERIODS],
)
def test_a_month_of_sums_is_measured_as_its_days_are(first, end, total, count):
    period = Period(date(2013, *first), date(2013, *end))
    world = moved("moved", MOVED)
    subscription = world.subscription("cus_ua", "X")
    object.__setattr__(subscription, "id", "sub_0")
    said = world.usage.measure("cus_ua", JANUARY_AND_ON, CATALOG)(subscription, "moved", period)
    alone = world.usage.measure("cus_ua", JANUARY_AND_ON, CATALOG, only="sub_0")
    assert alone(subscription, "moved", period) == said
    assert (str(said[0].total), said[0].count, said[1]) == (total, count, count)
    days = {
        day: state
        for one in world.usage.used("cus_ua", JANUARY_AND_ON)
        for day, state in one.days.items()
    }
    assert said == quantity(CATALOG.meter("moved"), days, period, zone_name="Europe/Paris")


def test_a_month_of_sums_below_zero_is_refused_by_a_meter_that_is_not_signed():
    world = moved("sent", MOVED)
    subscription = world.subscription("cus_ua", "X")
    object.__setattr__(subscription, "id", "sub_0")
    measure = world.usage.measure("cus_ua", JANUARY_AND_ON, CATALOG)
    with pytest.raises(NegativeUsageError, match="meter sent: expected usage >= 0"):
        measure(subscription, "sent", JANUARY)
    assert measure(subscription, "sent", JANUARY_AND_ON)[0].total == Decimal("97.2501")


def test_how_far_it_is_rated():
    world = UsageWorld()
    assert world.usage.rated_to_on("nyc") is None
