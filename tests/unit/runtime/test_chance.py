"""Chance: enough of it, and ids that carry the business instant."""

from solde.domain.identity import instant_of, is_id
from solde.runtime import clock
from solde.runtime.chance import fresh_id, key_secret
from tests.support.deployment import deployed
from tests.support.seller import at

NOW = at("2013-01-10T12:00:00")


def test_an_id_is_new_and_carries_business_time(monkeypatch) -> None:
    with deployed(monkeypatch):
        monkeypatch.setattr(clock, "_seen", (float("inf"), NOW))
        made = {fresh_id("cus") for _ in range(1000)}
    assert len(made) == 1000
    assert all(is_id("cus", one) and instant_of(one) == NOW for one in made)


def test_secrets_have_130_bits() -> None:
    drawn = {key_secret() for _ in range(1000)}
    assert len(drawn) == 1000
    assert 2**120 < max(drawn) < 2**130  # once in 2^10000 not
