"""Another zone counts from the next billing period on, as it was read or not at all."""

from dataclasses import replace

import pytest

from solde.domain.errors import InvalidError, StoreUnavailableError
from solde.workflows.change_zone import change_zone
from tests.support.desk import Desk, noon


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def where(desk: Desk):
    return desk.located(desk.subscribes("2013-06-01"))


def test_the_next_period_is_the_new_zones(desk: Desk, where) -> None:
    found = change_zone(where, "Asia/Tokyo", noon("2013-06-15"), desk.context)
    assert found == "Europe/Paris 2013-07-01 Asia/Tokyo"
    assert desk.context.subscriptions.zone(where.subscription_id) == found
    again = change_zone(where, "UTC", noon("2013-07-15"), desk.context)
    assert again == f"{found} 2013-08-01 UTC"


def test_one_turn_a_period(desk: Desk, where) -> None:
    change_zone(where, "Asia/Tokyo", noon("2013-06-15"), desk.context)
    with pytest.raises(InvalidError, match="a day after the last turn, found 'UTC' on 2013-07-01"):
        change_zone(where, "UTC", noon("2013-06-16"), desk.context)


def test_who_is_slower_again_and_again_gives_up(desk: Desk, where, monkeypatch) -> None:
    store = desk.context.subscriptions
    monkeypatch.setattr(type(store), "set_zone", lambda *_, **__: False)
    with pytest.raises(StoreUnavailableError, match="changed 6 times meanwhile"):
        change_zone(where, "UTC", noon("2013-06-16"), replace(desk.context))
