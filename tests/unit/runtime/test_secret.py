"""Secrets: one or several, remembered for five minutes."""

import pytest

from solde.domain.errors import StateConflictError
from solde.runtime import secret
from tests.support.answering import answering


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("solde.runtime.secret.time.monotonic", lambda: now[0])
    monkeypatch.setattr(secret, "_kept", {})
    monkeypatch.setenv("STRIPE_SECRET_ID", "stripe")
    return now


def told(monkeypatch, *texts: str) -> list[dict]:
    answers = [{"SecretString": text} for text in texts]
    client, calls = answering("secretsmanager", get_secret_value=answers)
    monkeypatch.setattr(secret, "client", lambda _service: client)
    return calls


@pytest.mark.parametrize(
    ("text", "values"),
    [("whsec_1", ("whsec_1",)), ('["whsec_2","whsec_1"]', ("whsec_2", "whsec_1"))],
)
def test_one_secret_or_a_list_while_it_rolls_over(monkeypatch, clock, text, values) -> None:
    calls = told(monkeypatch, text)
    assert secret.stripe_secrets() == values
    assert calls == [{"SecretId": "stripe"}]


def test_paypal_beside_stripe(monkeypatch, clock) -> None:
    told(
        monkeypatch,
        '{"signing": "whsec_1", "paypal": {"client_id": "i", "secret": "s", "webhook_id": "W"}}',
    )
    assert secret.stripe_secrets() == ("whsec_1",)
    assert secret.has_paypal()
    assert secret.paypal_secret() == secret.Paypal("i", "s", "W")


def test_who_has_no_paypal_is_asked_for_nothing_of_it(monkeypatch, clock) -> None:
    told(monkeypatch, "whsec_1")
    with pytest.raises(StateConflictError, match="paypal: expected its member"):
        secret.paypal_secret()


def test_a_rotation_is_seen_after_five_minutes(monkeypatch, clock) -> None:
    told(monkeypatch, "old", "new")
    found = []
    for later in (0, 300, 1):
        clock[0] += later
        found.append(secret.stripe_secrets())
    assert found == [("old",), ("old",), ("new",)]
