"""The environment: read when it is asked for, and missed by name."""

import pytest

from solde.runtime.settings import SettingMissingError, Settings

VARIABLES = {
    "stage": "STAGE",
    "table": "TABLE_NAME",
    "archive": "ARCHIVE_BUCKET",
    "usage": "USAGE_BUCKET",
    "bus": "BUS_NAME",
    "bill_run": "BILL_RUN_ARN",
    "events_queue": "EVENTS_QUEUE_URL",
    "mail_from": "MAIL_FROM",
    "public_url": "PUBLIC_URL",
    "stripe_secret": "STRIPE_SECRET_ID",
    "templates": "TEMPLATES_DIR",
}
CHOICES = {
    "archive_lock": "ARCHIVE_LOCK",
    "drop_bucket": "DROP_BUCKET",
    "drop_key": "DROP_KEY",
    "paypal_api": "PAYPAL_API",
}


def test_every_setting_is_in_this_table() -> None:
    named = {name for name, found in vars(Settings).items() if isinstance(found, property)}
    assert named == {*VARIABLES, *CHOICES, "live", "stripe_api"}


@pytest.mark.parametrize(("name", "variable"), CHOICES.items())
def test_what_a_deployment_did_not_choose_is_empty(monkeypatch, name, variable) -> None:
    monkeypatch.delenv(variable, raising=False)
    assert getattr(Settings(), name) == ""
    monkeypatch.setenv(variable, "one")
    assert getattr(Settings(), name) == "one"


@pytest.mark.parametrize(("name", "variable"), VARIABLES.items())
def test_a_setting_is_read_from_its_variable_each_time(monkeypatch, name, variable) -> None:
    for value in ("one", "two"):
        monkeypatch.setenv(variable, value)
        assert getattr(Settings(), name) == value
    monkeypatch.delenv(variable)
    with pytest.raises(SettingMissingError, match=f"expected the variable {variable}"):
        getattr(Settings(), name)


def test_stripe_is_at_its_own_address_unless_another_is_named(monkeypatch) -> None:
    monkeypatch.delenv("STRIPE_API", raising=False)
    assert Settings().stripe_api == "https://api.stripe.com"
    monkeypatch.setenv("STRIPE_API", "http://127.0.0.1:1")
    assert Settings().stripe_api == "http://127.0.0.1:1"


@pytest.mark.parametrize(("stage", "live"), [("live", True), ("test", False), ("LIVE", False)])
def test_only_one_stage_is_live(monkeypatch, stage, live) -> None:
    monkeypatch.setenv("STAGE", stage)
    assert Settings().live is live
