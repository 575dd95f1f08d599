"""Bounds that take in what they should; the keys themselves are frozen in tests/golden."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.storage import index_keys, keys


@given(identity=st.text(max_size=40))
def test_a_shard_is_one_of_those_that_are_read(identity) -> None:
    assert index_keys.due_bill("fr", identity) in index_keys.due_bill_shards("fr")
    assert index_keys.due_dun("fr", identity) in index_keys.due_dun_shards("fr")
    assert index_keys.listing("cus", identity) in index_keys.listing_shards("cus")
    assert index_keys.due_event(identity) in index_keys.due_event_shards()


def test_shards_are_filled_alike() -> None:
    counted = Counter(keys.shard(f"cus_{number:026d}") for number in range(16_000))
    assert len(counted) == 16
    assert max(counted.values()) < 1_200


days = st.dates(date(2000, 1, 1), date(2199, 12, 31))
ids = st.text(alphabet="abc019_", min_size=1, max_size=9)


@given(day=days, identity=ids, after=st.integers(1, 400))
def test_a_bound_takes_in_its_day_and_no_later_one(day, identity, after) -> None:
    later = day + timedelta(days=after)
    assert index_keys.due_day(day, identity) <= index_keys.due_until(day)
    assert index_keys.due_day(later, identity) > index_keys.due_until(day)


@given(month=st.sampled_from(("2027-01", "2027-06")), subject=ids, meter=ids)
def test_usage_of_its_months_and_of_no_other(month, subject, meter) -> None:
    first, last = keys.usage_months("2027-01", "2027-06")
    assert first <= keys.usage_month("cus_1", month, subject, meter, 3).sk <= last
    for other in ("2026-12", "2027-07"):
        assert not first <= keys.usage_month("cus_1", other, subject, meter).sk <= last


def test_changes_lie_behind_their_subscription_in_order() -> None:
    agreed = keys.subscription("c", "sub_1").sk
    facts = [(date(2027, 6, 9), 12), (date(2027, 6, 10), 2), (date(2027, 6, 10), 11)]
    found = [keys.change("c", "sub_1", day, sequence).sk for day, sequence in facts]
    assert [agreed, *found] == sorted([*found, agreed])
    assert found[-1] < keys.subscription("c", "sub_2").sk


@pytest.mark.parametrize("minute", [0, 59])
def test_an_announcement_lies_in_a_shard_of_its_hour(minute) -> None:
    at = datetime(2027, 1, 31, 5, minute, tzinfo=UTC)
    assert keys.outbox(at, "out_1").pk in keys.outbox_shards(at)
    assert keys.outbox(at, "out_1").pk not in keys.outbox_shards(at + timedelta(hours=1))
