"""Who a customer is for tax must be proved; what is proved holds from its day on."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.errors import InvalidError
from solde.domain.periods import Period
from solde.domain.pricing.flat import Flat
from solde.domain.subscriptions import Cancelled
from solde.domain.tax import SHIPPED
from solde.domain.tax.standing import (
    REASONS,
    Evidence,
    Standing,
    Vies,
    standing_on,
    standings_within,
)
from tests.support.story import Story, day

D = Decimal
ASKED = datetime(2027, 6, 1, 9, tzinfo=UTC)
CONFIRMED = Evidence(vat_id="DE123456788", vies=Vies(True, ASKED, "WAPI1"))
DENIED = Evidence(vat_id="DE123456788", vies=Vies(False, ASKED))
PAPER = Evidence(document="certificate 12-34")
ABROAD = Standing(date(2027, 6, 16), True, "AE", "VATEX-EU-AE", CONFIRMED)


@pytest.mark.parametrize(
    ("business", "category", "reason", "evidence", "said"),
    [
        (True, "S", "", Evidence(), "expected a SIREN, a VAT id that VIES has confirmed"),
        (True, "S", "", DENIED, "expected a SIREN, a VAT id that VIES has confirmed"),
        (True, "S", "", Evidence(vat_id="DE123456788"), "expected a SIREN, a VAT id"),
        (True, "S", "", Evidence(siren="732829321"), "9 digits with their check digit"),
        (True, "S", "", Evidence(siren="73282932"), "9 digits with their check digit"),
        (False, "AE", "VATEX-EU-AE", CONFIRMED, "expected a business with a VAT id"),
        (True, "AE", "VATEX-EU-AE", Evidence(siren="732829320"), "business with a VAT id"),
        (True, "K", "VATEX-EU-IC", DENIED, "expected"),
        (False, "E", "VATEX-EU-132-1I", Evidence(), "document that proves category E"),
        (False, "G", "VATEX-EU-G", Evidence(), "document that proves category G"),
        (False, "O", "VATEX-EU-O", Evidence(), "document that proves category O"),
        (False, "E", "", PAPER, "expected a VATEX code where no tax is due"),
        (False, "E", "art. 261", PAPER, "expected a VATEX code where no tax is due"),
        (False, "S", "VATEX-EU-O", PAPER, "expected a VATEX code where no tax is due and none"),
    ],
)
def test_what_is_not_proved_is_refused(business, category, reason, evidence, said: str) -> None:
    with pytest.raises(InvalidError, match=said):
        Standing(date(2027, 1, 1), business, category, reason, evidence)


@pytest.mark.parametrize(
    "evidence",
    [Evidence(siren="732829320"), CONFIRMED, Evidence(public_body="Ville de Lyon")],
)
def test_each_proof_makes_a_business(evidence: Evidence) -> None:
    assert Standing(date(2027, 1, 1), True, evidence=evidence).business


def test_the_latest_day_counts_and_of_one_day_the_latest_entry() -> None:
    consumer, again = Standing(date(2027, 1, 1)), Standing(date(2027, 6, 16))
    known = (ABROAD, consumer)
    assert standing_on(known, date(2026, 12, 31)) is None
    assert standing_on(known, date(2027, 6, 15)) is consumer
    assert standing_on(known, date(2027, 6, 16)) is ABROAD
    assert standing_on((*known, again), date(2027, 6, 16)) is again


def abroad() -> Story:
    story = Story(regime=SHIPPED["FR"].known((ABROAD,)))
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("30.00")))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    return story


def test_reverse_charge_begins_on_its_day_and_has_its_reason() -> None:
    """30.00 in June: 15.00 at 20 %, and 15.00 that the customer accounts for himself."""
    story = abroad()
    assert story.bills("2027-06-01") == [
        "fee 2027-06-01..2027-06-15 15.00",
        "fee 2027-06-16..2027-06-30 15.00",
    ]
    assert story.documents[0]["taxes"] == [
        {"category": "AE", "rate": "0", "base": 15_00, "tax": 0, "reason": "VATEX-EU-AE"},
        {"category": "S", "rate": "20", "base": 15_00, "tax": 3_00},
    ]
    assert story.documents[0]["lines"][1]["tax"]["reason"] == "VATEX-EU-AE"
    assert {"code": "reverse_charge"} in story.documents[0]["mentions"]


def test_a_correction_follows_what_was_issued() -> None:
    story = abroad()
    story.bills("2027-06-01")
    story.regime = "FR"  # the fact was an error, and is gone
    story.changes("s", Cancelled(day("2027-06-26"), 1))
    assert story.bills("2027-06-20") == ["CN fee 2027-06-26..2027-06-30 5.00"]
    assert story.documents[-1]["taxes"] == [
        {"category": "AE", "rate": "0", "base": 5_00, "tax": 0, "reason": "VATEX-EU-AE"}
    ]


def test_a_seller_outside_the_scope_of_tax_stays_there() -> None:
    story = abroad()
    story.regime = SHIPPED["none"].known((ABROAD,))
    story.bills("2027-06-01")
    assert [one["category"] for one in story.documents[0]["taxes"]] == ["O"]


def test_the_reason_of_a_category_where_none_is_given() -> None:
    assert REASONS == {
        "AE": "VATEX-EU-AE",
        "K": "VATEX-EU-IC",
        "G": "VATEX-EU-G",
        "O": "VATEX-EU-O",
    }


@pytest.mark.parametrize(
    ("siren", "good"),
    [
        ("732829320", True),
        ("552100554", True),
        ("000000000", True),
        ("732829330", False),  # a digit that is doubled is another
        ("732829230", False),  # two digits changed places
        ("7328293200", False),
        ("73282932O", False),
    ],
)
def test_a_siren_has_its_check_digit(siren: str, good: bool) -> None:
    if good:
        assert Standing(date(2027, 1, 1), True, evidence=Evidence(siren=siren)).business
        return
    with pytest.raises(InvalidError, match="siren: expected 9 digits") as refused:
        Standing(date(2027, 1, 1), True, evidence=Evidence(siren=siren))
    assert refused.value.pointer == "/evidence/siren"


def test_days_are_cut_where_what_is_known_changes() -> None:
    june = Period(date(2027, 6, 1), date(2027, 7, 1))
    on = [Standing(date(2027, 6, day)) for day in (1, 16)]
    late = Standing(date(2027, 7, 1))
    found = list(standings_within((*on, late), june))
    assert found == [
        (Period(date(2027, 6, 1), date(2027, 6, 16)), on[0]),
        (Period(date(2027, 6, 16), date(2027, 7, 1)), on[1]),
    ]
    assert list(standings_within((late,), june)) == [(june, None)]


def test_what_is_not_said_is_empty() -> None:
    assert Vies(True, ASKED).reference == ""
    nothing = Evidence()
    assert (nothing.siren, nothing.vat_id, nothing.public_body, nothing.document) == ("",) * 4
    one = Standing(date(2027, 1, 1))
    assert (one.business, one.category, one.reason, one.evidence) == (False, "S", "", nothing)


@pytest.mark.parametrize("siren", ["73282932", "7328293200", "73282932A"])
def test_a_siren_has_nine_digits(siren: str) -> None:
    with pytest.raises(InvalidError, match=f"check digit, found '{siren}'"):
        Standing(date(2027, 1, 1), evidence=Evidence(siren=siren))
