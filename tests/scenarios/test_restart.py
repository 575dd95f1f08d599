"""Stopped and started again, the local cloud has what it had."""

import json
import subprocess
import urllib.request
from datetime import UTC, datetime

import pytest

from local.demo import french
from local.demo.caller import keyed
from local.demo.catalog import entity
from local.demo.report import mails
from local.places import Places
from local.rest import wait_for_rest
from local.up import Cloud, attached
from solde.storage.marshal import marshal_item
from solde.storage.outbox import announcement
from tests.support.commands import solde, started, stopped

pytestmark = pytest.mark.cloud


def own_processes(places: Places) -> list[str]:
    """Name what still runs out of the home of a cloud: its environment names the home."""
    listed = subprocess.run(["ps", "axeww", "-o", "pid,command"], capture_output=True, check=True)
    return [line for line in listed.stdout.decode().splitlines() if str(places.state) in line]


def announced(cloud: Cloud) -> list[str]:
    """Announce something, and return what of it waits once the cloud is at rest: nothing."""
    put = announcement("test.told", {}, at=datetime(2013, 1, 2, 12, tzinfo=UTC))
    database = cloud.client("dynamodb")
    database.put_item(TableName=cloud.outputs.table, Item=marshal_item(put.item))
    wait_for_rest(cloud.places)
    key = {name: {"S": put.item[name]} for name in ("pk", "sk")}
    found = database.get_item(TableName=cloud.outputs.table, Key=key, ConsistentRead=True)
    return [found["Item"]["type"]["S"]] if "Item" in found else []


def test_a_customer_outlives_ctrl_c(tmp_path, port) -> None:
    places = Places(tmp_path, port)
    first, _ = started("up", places=places)
    cloud = attached(places.home)
    cloud.clock.start(datetime(2013, 1, 1, tzinfo=UTC))
    caller = keyed(cloud, name="test", at=datetime(2013, 1, 1, tzinfo=UTC))
    caller.send(entity(french.SELLER))
    wanted = next(one for one in french.set_up() if one.path == "/v1/customers")
    made = caller.send(wanted)
    cloud.client("sesv2").send_email(
        FromEmailAddress="billing@solde.example",
        Destination={"ToAddresses": ["somebody@example.test"]},
        Content={"Simple": {"Subject": {"Data": "s"}, "Body": {"Text": {"Data": "kept"}}}},
    )
    moved = solde("clock", "advance", "--to", "2013-01-02T12:00", "--home", str(tmp_path))
    assert moved.returncode == 0
    assert "2013-01-02 12:00:00 UTC" in moved.stdout
    assert stopped(first) == 0
    assert own_processes(places) == []

    second, _ = started("up", places=places)
    read = caller.read("customers", made["id"])
    kept = json.dumps(mails(attached(places.home)))
    left = announced(attached(places.home))
    with urllib.request.urlopen(f"{cloud.url}/health") as answer:  # noqa: S310 - our own address
        health = json.load(answer)
    assert stopped(second) == 0
    assert read == made
    assert health["clock"] == "2013-01-02T12:00:00+00:00"
    assert "kept" in kept
    assert left == []
