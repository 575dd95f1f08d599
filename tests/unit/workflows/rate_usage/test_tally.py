"""The tally of one bucket: identities, days, cells, and what is refused."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solde.domain.catalog import Aggregation, Meter
from solde.domain.periods import day_of
from solde.domain.usage.event import EPOCH, MICROSECOND
from solde.domain.usage.metering import by_event_type
from solde.ports.usage import Payer, Unpaid
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.rate_usage.rejects import rejects_in
from solde.workflows.rate_usage.tally import Tally
from tests.support.usage_world import at

PARIS = Payer("cus_1", "sub_1", "fra", "Europe/Paris")
PAYERS: Mapping[str, Payer | Unpaid] = {
    "a": PARIS,
    "b": PARIS,
    "nobody": Unpaid("unknown_subject", "somebody"),
}
METERS = by_event_type([Meter("calls", "call", Aggregation.COUNT)])
MANIFEST = Manifest(3, at("2026-05-02T06:00:00"), at("2026-05-02T06:00:00"), "", 1, (), ())
NOON = 1_777_723_200_000_000  # 2026-05-02T12:00:00Z


def row(identity: str, digest: str = "d" * 16, subject: str = "a", **other: Any) -> list[Any]:
    whole = identity + "0" * (32 - len(identity))
    at_us, kind = other.get("at_us", NOON), other.get("kind", "call")
    return [whole, digest, at_us, 1_777_723_200_000, "urn:s", identity, kind, subject, {}]


def tally(known: Mapping[str, str] | None = None) -> Tally:
    return Tally(MANIFEST, METERS, known or {})


def test_subjects_of_one_payer_share_a_cell():
    found = tally()
    found.take([row("01"), row("02", subject="b")], PAYERS, 0)
    ((payer, used),) = found.used().items()
    assert payer == PARIS
    ((key, cells),) = used.items()
    assert key == (date(2026, 5, 2), "calls")
    assert cells[()].to_json() == ["count", 2]
    assert found.metered == {"calls": 2}


def test_an_identity_counts_once_and_keeps_its_place():
    found = tally()
    found.take([row("01")], PAYERS, 5)
    found.take([row("01"), row("02")], PAYERS, 6)
    assert found.counts == {"duplicates": 1}
    assert list(found.index.places) == [5, 6]


def test_identities_that_begin_alike_are_two():
    found = tally()
    first, twin = "ab" * 8, "ab" * 8 + "01"
    found.take([row(first), row(twin), row(twin), row(first)], PAYERS, 0)
    found.take([row(twin, digest="e" * 16)], PAYERS, 0)
    assert found.counts == {"duplicates": 2, "final.conflict": 1}
    assert found.metered == {"calls": 2}


def test_what_earlier_executions_have_rated_is_known():
    found = tally({"01" + "0" * 30: "d" * 16})
    found.take([row("01"), row("01", digest="e" * 16)], PAYERS, 0)
    assert found.counts == {"duplicates": 1, "final.conflict": 1}
    assert len(found.index.prefixes) == 0


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"subject": "nobody"}, "unknown_subject", "/subject"),
        ({"kind": "sms"}, "unknown_meter", "/type"),
    ],
)
def test_what_can_be_repaired_stays_open(change, code, pointer):
    found = tally()
    found.take([row("01", **change)], PAYERS, 0)
    (one,) = rejects_in(found.open.body())
    assert (one.code, one.pointer, one.since) == (code, pointer, 3)
    assert found.final.count == 0


def test_a_carried_one_keeps_the_number_that_refused_it_first():
    found = tally()
    found.take([row("01", subject="nobody")], PAYERS, 0, since=1)
    (one,) = rejects_in(found.open.body())
    assert one.since == 1


def test_a_refused_event_sent_again_is_a_duplicate_and_corrected_it_counts():
    found = tally()
    bad = row("01", subject="nobody")
    found.take([bad, bad, row("01", digest="e" * 16)], PAYERS, 0)
    assert found.open.count == 1
    assert found.counts == {"duplicates": 1}
    assert found.metered == {"calls": 1}


def test_a_day_behind_the_horizon_is_final():
    found = tally()
    earliest_us = 1_743_544_800_000_000  # 2025-04-02 00:00 in Paris, 13 months before
    found.take([row("01", at_us=earliest_us), row("02", at_us=earliest_us - 1)], PAYERS, 0)
    assert found.counts == {"final.beyond_horizon": 1}
    (one,) = rejects_in(found.final.body())
    assert one.detail == "expected a day from 2025-04-02 on, found 2025-04-01"


ZONES = (
    "Europe/Paris",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Cairo",
)


@settings(max_examples=300)
@given(
    zone=st.sampled_from(ZONES),
    minutes=st.lists(st.integers(0, 14_000_000), min_size=1, max_size=5),
    micro=st.integers(0, 59_999_999),
)
def test_the_day_of_a_minute_is_the_day_of_its_events(zone, minutes, micro):
    payer = Payer("c", "s", "e", zone)
    found = Tally(MANIFEST, METERS, {})
    account = found._account(payer, "x")
    for minute in minutes:
        at_us = 946_684_800_000_000 + minute * 60_000_000
        assert not isinstance(account, Unpaid)
        for moment in (at_us, at_us + micro):
            cached = account.days.get(moment // 60_000_000) or found._day(account, moment)
            assert cached == (
                day_of(EPOCH + moment * MICROSECOND, zone) - date(1970, 1, 1)
            ).days  # fmt: skip
