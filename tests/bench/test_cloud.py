"""The stub is the cloud: one run, here and there, leaves the same items and the same objects."""

import json
import socket
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bench import billrun, carry
from bench.account import ARCHIVE, USAGE, Account, account
from bench.deliver import delivered
from bench.seeding import due_customers, seed_seller, write_all
from functions.send_mail import send
from local.places import Places
from local.rest import wait_for_rest
from local.up import Cloud, running
from solde.adapters.objects_s3 import S3Objects
from solde.storage.dynamo import DynamoTable
from tests.support.model_objects import ModelObjects

pytestmark = pytest.mark.cloud

N, SEED = 20, 11
MAIL_BATCH = 5

Items = dict[tuple[str, str], dict[str, Any]]
Objects = dict[str, dict[str, bytes]]


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with running(Places(tmp_path_factory.mktemp("cloud"), port), lambda _line: None) as cloud:
        yield cloud


def of_the_cloud(cloud: Cloud) -> tuple[Items, Objects]:
    """Store what the bench stores, fire the daily schedule's target, and wait until all rests."""
    numbers = iter(range(1_000))
    table = DynamoTable(
        cloud.client("dynamodb"),
        cloud.outputs.table,
        pause=lambda _attempt: None,
        token=lambda: f"seed-{next(numbers)}",
    )
    cloud.clock.start(billrun.AT)
    seed_seller(table)
    write_all(table, due_customers(N, SEED, ModelObjects()))
    started = cloud.client("lambda").invoke(
        FunctionName=cloud.outputs.functions["bill_run.start"],
        Payload=json.dumps({"as_of": billrun.AT.isoformat()}),
    )
    assert "FunctionError" not in started
    wait_for_rest(cloud.places)
    pages = cloud.client("dynamodb").get_paginator("scan")
    found = pages.paginate(TableName=cloud.outputs.table, ConsistentRead=True)
    items = {_key(item): item for page in found for item in page["Items"]}
    buckets = {ARCHIVE: cloud.outputs.archive, USAGE: cloud.outputs.usage}
    return items, {name: _bucket(cloud, real) for name, real in buckets.items()}


def of_the_stub() -> tuple[Items, Objects]:
    with account(billrun.AT) as held:
        billrun.seeded(held, N, SEED)
        billrun.billed(held)
        delivered(held)
        _mail(held)
        items = dict(held.cloud.dynamo.table.items)
        buckets = {name: dict(bodies) for name, bodies in held.cloud.s3.buckets.items()}
        return items, {USAGE: {}, **buckets}


def _mail(held: Account) -> None:
    for one in carry.queued(held, "documents.stored", MAIL_BATCH):
        assert send.lambda_handler(one, None) == {"batchItemFailures": []}
    carry.announce(held, "O#")


def _bucket(cloud: Cloud, name: str) -> dict[str, bytes]:
    objects = S3Objects(cloud.client("s3"), name)
    return {key: objects.get(key) or b"" for key in objects.list_keys("")}


def _key(item: Mapping[str, Any]) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


def comparable(items: Items) -> Items:
    """
    Call by their invoices what is chance: tokens of links, and the mail provider's message ids.

    The clock is the harness's own item, and links are forgotten by the wall clock. Nothing else may
    differ: all times are business times.
    """
    invoices = {
        item["token"]["S"]: sk.removeprefix("M#")
        for (_, sk), item in items.items()
        if sk.startswith("M#")
    }
    found: Items = {}
    for (pk, sk), item in items.items():
        kind, _, name = pk.partition("#")
        known = dict(item)
        if kind == "TOK":
            known["pk"] = {"S": f"TOK#{invoices[name]}"}
            assert int(known.pop("expires_at")["N"])
        if sk.startswith("M#"):
            known["token"] = {"S": invoices[item["token"]["S"]]}
            assert known.pop("message")["S"]
        if kind != "CLOCK":
            found[_key(known)] = known
    return found


def test_contents_are_equal_after_the_same_run(cloud) -> None:
    """Twenty invoices, from the daily schedule to the sent mail."""
    items, objects = of_the_cloud(cloud)
    stub_items, stub_objects = of_the_stub()
    expected, found = comparable(items), comparable(stub_items)
    assert sum(sk.startswith("I#inv_") for _, sk in expected) == N
    assert sum(sk.startswith("M#") for _, sk in expected) == N
    assert found.keys() == expected.keys()
    assert found == expected
    assert {name: sorted(bodies) for name, bodies in stub_objects.items()} == {
        name: sorted(bodies) for name, bodies in objects.items()
    }
    assert stub_objects == objects
