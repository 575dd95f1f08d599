"""The proof of every night: silent where all is well, an alarm for each violation."""

import json

import pytest

from functions.verify import nightly
from solde.storage import keys
from solde.storage.table import Put
from tests.support.deployment import Deployment
from tests.support.seller import Seller

EVENT = {"as_of": "2013-06-02T03:00:00+00:00"}


@pytest.fixture
def invoice(cloud: Deployment, seller: Seller):
    """The seller's one invoice, mailed."""
    (header,) = seller.documents("acme")
    key = keys.mail_job("acme", header.id)
    cloud.table.write(Put({"pk": key.pk, "sk": key.sk, "schema": 1, "state": "sent"}))
    return cloud.table.items[keys.invoice("acme", header.id)]


def told(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_sound_deployment_is_told_and_measured(cloud: Deployment, invoice, capsys) -> None:
    found = nightly.lambda_handler(EVENT, None)
    assert (found["violations"], len(found["findings"])) == (0, len(found["findings"]))
    assert {one["code"]: one["counted"] for one in found["findings"]}["I3"] == 1
    lines = told(capsys)
    assert [one["Violations"] for one in lines if "Violations" in one] == [0]
    assert not any("ALARM" in one.get("fact", "") for one in lines)


def test_a_violation_is_named_and_counted(cloud: Deployment, invoice, capsys) -> None:
    invoice["jrn"]["706"] += 1
    found = nightly.lambda_handler(EVENT, None)
    assert found["violations"] > 0
    lines = told(capsys)
    alarms = [one for one in lines if one.get("fact") == "ALARM invariant violated"]
    assert "I2" in {one["code"] for one in alarms}
    assert [one["Violations"] for one in lines if "Violations" in one] == [found["violations"]]


def test_nothing_is_written(cloud: Deployment, invoice) -> None:
    before = cloud.table.writes
    nightly.lambda_handler(EVENT, None)
    assert cloud.table.writes == before


def test_a_table_that_has_not_changed_is_known_until_somebody_asks_for_the_whole(
    cloud: Deployment, invoice, capsys
) -> None:
    """Of its six findings that take objects, none reads one again; a changed row is proved."""
    first = nightly.lambda_handler(EVENT, None)
    copy = next(key for key in cloud.objects.bodies if key.startswith("register/"))
    cloud.objects.bodies[copy] = b"{}"
    assert nightly.lambda_handler(EVENT, None) == first
    assert [one["known"] for one in told(capsys) if one.get("fact") == "verified"] == [0, 6]
    assert nightly.lambda_handler({**EVENT, "whole": True}, None)["violations"] > 0
    monday = {"as_of": "2013-06-03T03:00:00+00:00"}
    assert nightly.lambda_handler(monday, None)["violations"] > 0
    invoice["jrn"]["706"] += 1
    found = nightly.lambda_handler(EVENT, None)
    assert {"I2", "I7"} <= {one["code"] for one in found["findings"] if one["violations"]}


def test_without_an_instant_there_is_no_proof(cloud: Deployment) -> None:
    with pytest.raises(KeyError):
        nightly.lambda_handler({}, None)
