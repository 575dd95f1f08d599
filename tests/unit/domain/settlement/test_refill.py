"""A wallet that runs low asks for a top-up, once for each fall."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.errors import InvalidError
from solde.domain.identity import is_id
from solde.domain.money import Money
from solde.domain.settlement import (
    Purpose,
    Refill,
    RequestStatus,
    TopUpRequest,
    Wallet,
    followed,
)

AT, DAY = datetime(2027, 6, 1, 7, tzinfo=UTC), date(2027, 6, 1)
WALLET = Wallet(
    "wal", "cus", "fr", "EUR", "Calls", Purpose.MULTI, refill=Refill(below=10_00, amount=50_00)
)
OPEN, PAID, NOT_NEEDED = RequestStatus


def request(number: int, status: RequestStatus) -> TopUpRequest:
    return TopUpRequest("tur", "wal", "cus", "fr", number, Money(50_00, "EUR"), 9_99, DAY, status)


@pytest.mark.parametrize(
    ("latest", "balance", "expected"),
    [
        (None, 10_00, None),
        (None, 9_99, (1, OPEN)),
        (None, 0, (1, OPEN)),
        (request(1, OPEN), 9_99, None),  # it stands
        (request(1, OPEN), 10_00, (1, NOT_NEEDED)),  # there is enough by other means
        (request(1, PAID), 59_99, None),
        (request(1, PAID), 9_99, (2, OPEN)),  # the next fall
        (request(1, NOT_NEEDED), 10_00, None),
        (request(7, NOT_NEEDED), 9_99, (8, OPEN)),
    ],
)
def test_each_fall_is_asked_for_once(latest, balance, expected) -> None:
    found = followed(WALLET, latest, balance, AT, DAY)
    assert (found and (found.number, found.status)) == expected


def test_a_request_says_what_is_wanted_and_why() -> None:
    found = followed(WALLET, None, 9_99, AT, DAY)
    assert found is not None
    assert is_id("tur", found.id)
    assert found == TopUpRequest(
        found.id, "wal", "cus", "fr", 1, Money(50_00, "EUR"), 9_99, DAY, OPEN
    )
    closed = followed(WALLET, found, 10_00, AT, DAY)
    assert closed == replace(found, status=NOT_NEEDED)


def test_another_request_has_another_id_and_the_same_the_same() -> None:
    """Whoever asks at one instant asks for the same; another wallet or number is another."""
    first = followed(WALLET, None, 0, AT, DAY)
    assert followed(WALLET, None, 0, AT, DAY) == first
    other = followed(replace(WALLET, id="wal_2"), None, 0, AT, DAY)
    second = followed(WALLET, request(1, PAID), 0, AT, DAY)
    assert len({one.id for one in (first, other, second) if one}) == 3


def test_who_wants_nothing_asks_for_nothing() -> None:
    assert followed(replace(WALLET, refill=None), None, 0, AT, DAY) is None


def test_what_pays_it_is_one_top_up() -> None:
    found = followed(WALLET, None, 0, AT, DAY)
    assert found is not None
    assert is_id("lot", found.lot_id)
    assert found.lot_id == replace(found, status=PAID).lot_id
    second = followed(WALLET, replace(found, status=PAID), 0, AT, DAY)
    assert second is not None
    assert second.lot_id != found.lot_id


def test_it_is_paid_as_it_was_asked_for() -> None:
    request(1, OPEN).must_be(Money(50_00, "EUR"))
    for wrong in (Money(49_99, "EUR"), Money(50_00, "USD")):
        said = f"^amount: expected 5000 EUR, which was asked for, found {wrong.minor}"
        with pytest.raises(InvalidError, match=said) as refused:
            request(1, OPEN).must_be(wrong)
        assert refused.value.pointer == "/amount"


def test_states_are_stored_by_these_words() -> None:
    assert [one.value for one in RequestStatus] == ["open", "paid", "not_needed"]
