from datetime import date
from decimal import Decimal

import pytest

from solde.domain.periods import Period
from solde.domain.usage.additive import Count, Sum
from solde.domain.usage.day_state import day_state
from solde.ports.usage import MeteredMonth
from solde.storage.reading import CorruptItemError
from solde.storage.table import Equals, NoItem
from solde.storage.usage_items import Kept, days_of, month_put, states_of, sums_of
from tests.support.model_objects import ModelObjects

SMALL = day_state(3, {(): Count(1)})
LARGE = day_state(3, {(f"region-{number}",): Count(number) for number in range(60)})
DAY = date(2013, 1, 31)


def put(state, stored=None, objects=None):
    found = MeteredMonth("sub_1", "calls", "Europe/Paris", "2013-01", {DAY: state})
    return month_put("cus_1", found, stored, 3, objects or ModelObjects())


def test_the_other_days_of_the_month_stay():
    stored = put(day_state(1, {(): Count(9)})).item | {"gen": 1}
    stored["days"] = '05 1 [[[],["count",9]]]'
    again = put(SMALL, stored)
    assert again.item["days"] == '05 1 [[[],["count",9]]]\n31 3 [[[],["count",1]]]'
    assert again.conditions == (Equals("gen", 1, guard="usage_gen"),)
    assert put(SMALL).conditions == (NoItem(guard="usage_gen"),)


def test_a_large_day_lies_in_an_object_under_its_digest():
    objects = ModelObjects()
    item = put(LARGE, objects=objects).item
    (key,) = objects.bodies
    assert item["days"] == f"31 3 sha256:{key.removeprefix('rating/days/')[:64]}"
    assert list(states_of(item, days_of(item), objects)) == [(DAY, LARGE)]


def test_an_object_that_is_gone_or_altered_is_no_usage():
    objects = ModelObjects()
    item = put(LARGE, objects=objects).item
    with pytest.raises(CorruptItemError, match="expected an object with digest"):
        list(states_of(item, days_of(item), ModelObjects()))
    (key,) = objects.bodies
    objects.bodies[key] = objects.bodies[key].replace(b"region-1", b"region-2")
    with pytest.raises(CorruptItemError):
        list(states_of(item, days_of(item), objects))


@pytest.mark.parametrize("text", ["", '[[[],["median",1]]]', "[[1,2,3]]", "[],[]"])
def test_a_day_that_cannot_be_read_names_its_item(text):
    item = put(SMALL).item
    with pytest.raises(CorruptItemError, match="A#cus_1 U#2013-01#sub_1#calls"):
        list(states_of(item, {DAY: Kept(1, text)}, ModelObjects()))


@pytest.mark.parametrize("days", ["31", "31 x []", "32 1 []", {}])
def test_days_that_cannot_be_told_apart_name_their_item(days):
    with pytest.raises(CorruptItemError, match="A#cus_1 U#2013-01#sub_1#calls"):
        days_of(put(SMALL).item | {"days": days})


def test_days_of_one_sum_and_others_are_read_in_their_order():
    sums = {
        number: day_state(number, {(): Sum(number, Decimal(f"-{number}.50"))}) for number in (1, 3)
    }
    days = {date(2013, 1, number): state for number, state in sums.items()}
    days |= {date(2013, 1, 2): SMALL, date(2013, 1, 4): day_state(4, {("a",): Sum(1, Decimal(7))})}
    kept = {day: Kept(days[day].generation, days[day].text) for day in sorted(days)}
    assert list(states_of(put(SMALL).item, kept, ModelObjects())) == sorted(days.items())


@pytest.mark.parametrize(
    "other", ['[[["a"],["sum",1,"7"]]]', '[[[],["count",1]]]', "sha256:0f", "[]"]
)
def test_a_month_with_a_day_that_is_no_sum_is_not_read_in_columns(other):
    item = put(SMALL).item | {"days": f'30 1 [[[],["sum",2,"7.5"]]]\n31 1 {other}'}
    assert sums_of(item, Period(date(2013, 1, 1), date(2013, 2, 1))) is None


def test_a_month_of_sums_that_cannot_be_read_names_its_item():
    with pytest.raises(CorruptItemError, match="A#cus_1 U#2013-01#sub_1#calls"):
        sums_of(put(SMALL).item | {"days": {}}, Period(date(2013, 1, 1), date(2013, 2, 1)))


@pytest.mark.parametrize("total", ["7", "-7.25", "0.000001", "1E+3", "1E-9"])
def test_a_sum_is_read_as_it_was_written(total):
    state = day_state(5, {(): Sum(2, Decimal(total))})
    read = states_of(put(SMALL).item, {DAY: Kept(5, state.text)}, ModelObjects())
    assert list(read) == [(DAY, state)]
