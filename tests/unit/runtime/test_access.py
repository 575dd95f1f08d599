"""Who calls: keys with a check of their own, scopes, and how long a key is remembered."""

import pytest

from solde.runtime import access
from solde.runtime.access import (
    Caller,
    ForbiddenError,
    UnauthenticatedError,
    authorise,
    hash_of,
    make_key,
    well_formed,
)
from solde.storage import keys
from solde.storage.api_keys import put_api_key, revoke_api_key
from tests.support.deployment import deployed
from tests.support.seller import at

KEY = make_key("test", 123456789)
OTHER = make_key("test", 55)
NOW = at("2013-01-10T12:00:00")


@pytest.fixture
def table(monkeypatch):
    with deployed(monkeypatch) as made:
        scopes = ["customers:read", "invoices:write"]
        put_api_key(made.table, hash_of(KEY), name="shop", scopes=scopes, at=NOW)
        yield made.table


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def test_a_key_names_its_caller_and_opens_what_it_was_given(table) -> None:
    caller = authorise(bearer(KEY), "customers:read")
    assert (caller.name, caller.key_id) == ("shop", hash_of(KEY)[:16])
    with pytest.raises(ForbiddenError, match="scope: expected a key with customers:write"):
        authorise(bearer(KEY), "customers:write")


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({}, "found nothing"),
        ({"authorization": "Basic x"}, "found another form"),
        (bearer(KEY[:-1] + "z"), "found another form"),  # a typing error is seen
        (bearer(make_key("live", 123456789)), "found another form"),  # a key of another stage
        (bearer(OTHER), "expected a key that is known and not revoked"),
    ],
)
def test_whoever_is_not_known_is_told_what_was_expected(table, headers, said) -> None:
    with pytest.raises(UnauthenticatedError, match=said):
        authorise(headers, "customers:read")


def test_a_key_that_was_revoked_opens_for_a_minute_at_most(table, monkeypatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("solde.runtime.access.time.monotonic", lambda: clock[0])
    authorise(bearer(KEY), "customers:read")
    revoke_api_key(table, hash_of(KEY)[:16])
    clock[0] += 60
    authorise(bearer(KEY), "customers:read")
    clock[0] += 1
    with pytest.raises(UnauthenticatedError):
        authorise(bearer(KEY), "customers:read")
    assert hash_of(KEY) not in access._seen


def test_all_scopes_are_one_star() -> None:
    assert Caller("k", "n", frozenset("*")).may("anything:write")
    assert not Caller("k", "n", frozenset()).may("anything:read")


@pytest.mark.parametrize("secret", [0, 1, 2**130 - 1])
def test_a_key_that_was_made_is_well_formed_for_its_stage(secret) -> None:
    key = make_key("live", secret)
    assert len(key) == len("solde_live_") + 26 + 6
    assert well_formed(key, "live")
    assert not well_formed(key, "test")
    assert not well_formed(key + "0", "live")
    assert not well_formed(key[:-1] + "é", "live")


def test_only_the_hash_of_a_key_is_stored(table) -> None:
    assert table.get(keys.api_key(hash_of(KEY)))["name"] == "shop"
    assert KEY not in str(table.items)
