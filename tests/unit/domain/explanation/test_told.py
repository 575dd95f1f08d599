"""Price versions and commitments of a document have numbers: each is told once."""

from decimal import Decimal

from solde.domain.catalog import ChargeKind, Price
from solde.domain.explanation.told import Told
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from tests.support.story import Story

D = Decimal


def test_each_price_is_told_once_and_has_a_number() -> None:
    told = Told()
    first, second = (Price(name, 1, "p", "EUR", ChargeKind.ADVANCE, Flat(D(1))) for name in "ab")
    assert [told.tariff(one) for one in (first, second, first)] == [0, 1, 0]
    assert [one["price"] for one in told.tariffs] == ["a", "b"]


def test_each_commitment_is_told_once_and_has_a_number() -> None:
    story = Story()
    story.sells("least", ChargeKind.COMMITMENT, Flat(D("300.00")))
    story.subscribes("s", "2027-06-01", {"least": 1})
    story.bills("2027-07-01")
    (proposal,) = story.plans[-1].reasons.proposals
    told = Told()
    assert [told.commitment(proposal) for _ in range(2)] == [0, 0]
    assert [one["floor"] for one in told.commitments] == [300_00]
    assert told.limits == {"commitments": told.commitments}


def test_each_cap_of_a_charge_is_told_once_and_has_a_number() -> None:
    story = Story()
    story.sells("calls", ChargeKind.USAGE, PerUnit(D(1)))
    story.sells("most", ChargeKind.CAP, Flat(D("50.00")))
    story.subscribes("s", "2027-06-01", {"calls": 1, "most": 1})
    story.uses("calls", "2027-06-20", 60)
    story.bills("2027-07-01")
    (proposal,) = story.plans[-1].reasons.proposals
    (above,) = proposal.caps
    told = Told()
    assert told.limits == {}
    assert [told.cap(proposal.key, above) for _ in range(2)] == [0, 0]
    assert [one["most"] for one in told.limits["caps"]] == [50_00]
    assert [one["price"] for one in told.tariffs] == ["most"]
