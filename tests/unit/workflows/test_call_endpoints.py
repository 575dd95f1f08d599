"""Calls of the seller's own systems: signed, each object's in order, until they are taken."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from standardwebhooks import Webhook

from solde.adapters.webhook_signature import signed_headers
from solde.domain.endpoints import Endpoint
from solde.ports.endpoints import FAILED, SENT, WAITING
from solde.ports.outbound import OutboundRefusedError, OutboundUnavailableError
from solde.ports.records import first
from solde.storage import index_keys
from solde.storage.endpoints import EndpointTable
from solde.storage.messages import MessageTable
from solde.storage.table import Key
from solde.workflows.call_endpoints import (
    CallContext,
    call_again,
    call_endpoints,
    due_endpoints,
    kept_until,
    trial_message,
)
from tests.support.model_table import ModelTable
from tests.support.seller import at

NOW = at("2013-01-10T08:00:00")
MINUTE = timedelta(minutes=1)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - that of a specification
URL = "https://erp.example.com/hooks"
DOWN = OutboundUnavailableError("erp.example.com: ConnectionRefusedError")


class Receiver:
    """A system of the seller: answers by kind of message, or with what it is set to."""

    def __init__(self) -> None:
        self.answer: object = 204
        self.refuses: set[str] = set()
        self.calls: list[tuple[str, bytes, dict[str, str]]] = []
        self.while_called = lambda: None

    def post(self, url, body, headers) -> int:
        self.calls.append((url, body, dict(headers)))
        self.while_called()
        if json.loads(body)["data"]["id"] in self.refuses:
            return 500
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    @property
    def heard(self) -> list[tuple[str, str]]:
        said = [json.loads(body) for _, body, _ in self.calls]
        return [(one["type"], one["data"]["id"]) for one in said]


class World:
    """One endpoint of all kinds, and a receiver behind it."""

    def __init__(self, *kinds: str) -> None:
        self.model, self.receiver, self.second = ModelTable(), Receiver(), 1_370_000_000
        self.endpoints = EndpointTable(self.model)
        self.messages = MessageTable(self.model)
        self.endpoints.put(Endpoint("whe_1", URL, kinds or ("*",)), first(NOW, {}), SECRET)

    def context(self) -> CallContext:
        return CallContext(
            endpoints=self.endpoints,
            messages=self.messages,
            header=lambda _customer, _invoice: None,
            outbound=self.receiver,
            wall=lambda: self.second,
            sign=signed_headers,
            public_url="https://bills.test",
        )

    def tells(self, announced: str, *invoices: str, when=NOW) -> int:
        named = {"invoices": [["cus_1", one] for one in invoices]}
        return call_endpoints(announced, named, when, self.context())

    def tries(self, when) -> bool:
        self.second += 3600
        return call_again("whe_1", when, self.context())

    @property
    def states(self) -> dict[str, str]:
        rows = self.model.listed(index_keys.calls("whe_1"), limit=1000)
        items = [self.model.get(Key(row["pk"], row["sk"])) for row in rows]
        return {f"{one['kind']} {one['of']}": one["state"] for one in items}

    @property
    def endpoint(self) -> Endpoint:
        return self.endpoints.find("whe_1")[0]


def test_a_message_is_verified_by_the_public_library_and_says_what_happened() -> None:
    world = World()
    assert world.tells("invoice.issued", "inv_1") == 1
    ((url, body, headers),) = world.receiver.calls
    # The library compares with the second of this machine: the signature alone is looked at.
    signed = Webhook(SECRET).sign(headers["webhook-id"], at("2013-05-31T11:33:20"), body.decode())
    assert (url, headers["webhook-timestamp"]) == (URL, "1370000000")
    assert headers["webhook-signature"] == signed
    said = json.loads(body)
    assert said == {
        "id": headers["webhook-id"],
        "type": "invoice.issued",
        "timestamp": "2013-01-10T08:00:00+00:00",
        "data": {"customer": "cus_1", "id": "inv_1"},
    }
    assert world.states == {"invoice.issued inv_1": SENT}


def test_a_message_is_written_twice_and_once_in_its_list() -> None:
    world = World()
    before = world.model.writes
    world.tells("invoice.issued", "inv_1")
    assert world.model.writes - before == 2  # with the entry of the list three units


def test_the_same_announcement_twice_is_told_once() -> None:
    world = World()
    world.tells("invoice.issued", "inv_1")
    world.tells("invoice.issued", "inv_1")
    assert world.receiver.heard == [("invoice.issued", "inv_1")]


def test_an_endpoint_hears_the_kinds_it_named_and_what_is_internal_nobody_hears() -> None:
    world = World("invoice.mailed")
    assert world.tells("invoice.issued", "inv_1") == 0
    assert call_endpoints("attempt.asked", {"number": 1}, NOW, world.context()) == 0
    world.tells("invoice.mailed", "inv_1")
    assert world.receiver.heard == [("invoice.mailed", "inv_1")]


def test_after_a_day_down_everything_arrives_in_order_for_each_object() -> None:
    world = World()
    world.receiver.answer = DOWN
    world.tells("invoice.issued", "inv_1", "inv_2", "inv_3")
    assert len(world.receiver.calls) == 1, "one that does not answer is not asked for each message"
    world.tells("documents.stored", "inv_1", "inv_2", "inv_3", when=NOW + MINUTE)
    world.tells("invoice.mailed", "inv_1", "inv_3", when=NOW + 2 * MINUTE)
    assert world.endpoint.failing_since == NOW
    for minutes in range(5, 24 * 60, 60):
        world.tries(NOW + minutes * MINUTE)
    world.receiver.answer, world.receiver.calls = 200, []
    back = NOW + timedelta(days=1)
    while world.tries(back):
        continue
    heard = world.receiver.heard
    kinds = ["invoice.issued", "invoice.rendered", "invoice.mailed"]
    assert [kind for kind, of in heard if of == "inv_1"] == kinds
    assert [kind for kind, of in heard if of == "inv_2"] == kinds[:2]
    assert [kind for kind, of in heard if of == "inv_3"] == kinds
    assert set(world.states.values()) == {SENT}
    assert world.endpoint.failing_since is None


def test_a_message_is_tried_ten_times_over_75_hours_under_one_id() -> None:
    world = World()
    world.receiver.answer = 500
    world.tells("invoice.issued", "inv_1")
    for minutes in range(5, 92 * 60, 5):
        world.tries(NOW + minutes * MINUTE)
    assert world.states == {"invoice.issued inv_1": FAILED}
    assert len(world.receiver.calls) == 10
    assert len({headers["webhook-id"] for _, _, headers in world.receiver.calls}) == 1
    assert len({body for _, body, _ in world.receiver.calls}) == 1


def test_one_message_that_is_refused_does_not_keep_up_those_of_other_objects() -> None:
    world = World()
    world.receiver.refuses = {"inv_1"}
    world.tells("invoice.issued", "inv_1", "inv_2")
    world.tells("invoice.mailed", "inv_1", "inv_2", when=NOW + MINUTE)
    world.tries(NOW + 6 * MINUTE)
    assert world.endpoint.failing_since is None
    waits = {"invoice.issued inv_1": WAITING, "invoice.mailed inv_1": WAITING}
    sent = {"invoice.issued inv_2": SENT, "invoice.mailed inv_2": SENT}
    assert world.states == waits | sent


def test_an_endpoint_that_is_gone_is_called_no_more() -> None:
    world = World()
    world.receiver.answer = 410
    world.tells("invoice.issued", "inv_1")
    assert world.endpoint.ended == "410: gone"
    assert world.tells("invoice.issued", "inv_2") == 0
    assert not world.tries(NOW + 6 * MINUTE)
    assert len(world.receiver.calls) == 1


def test_after_five_days_of_failures_an_endpoint_is_ended_with_the_reason() -> None:
    world = World()
    world.receiver.answer = 503
    for day in range(5):
        when = NOW + timedelta(days=day)
        world.tells("invoice.issued", f"inv_{day}", when=when)
        world.tries(when + 6 * MINUTE)
    assert not world.endpoint.ended
    world.tries(NOW + timedelta(days=5))
    assert world.endpoint.ended == "failing since 2013-01-10T08:00:00+00:00"


@pytest.mark.parametrize("answer", [301, 302, 404, OutboundRefusedError("private"), DOWN])
def test_whatever_is_no_2xx_is_tried_again(answer) -> None:
    world = World()
    world.receiver.answer = answer
    world.tells("invoice.issued", "inv_1")
    assert world.states == {"invoice.issued inv_1": WAITING}
    assert due_endpoints(NOW + 6 * MINUTE, world.endpoints, world.messages) == ["whe_1"]
    assert due_endpoints(NOW + 4 * MINUTE, world.endpoints, world.messages) == []


def test_what_happens_while_another_is_sent_goes_out_behind_it() -> None:
    world = World()

    def meanwhile() -> None:
        world.receiver.while_called = lambda: None
        world.tells("invoice.mailed", "inv_1", when=NOW + MINUTE)

    world.receiver.while_called = meanwhile
    world.tells("invoice.issued", "inv_1")
    assert world.receiver.heard == [("invoice.issued", "inv_1"), ("invoice.mailed", "inv_1")]
    assert set(world.states.values()) == {SENT}


def test_what_its_sender_left_is_taken_up_when_its_time_is_over() -> None:
    world = World()

    def dies() -> None:
        raise RuntimeError("the power failed")

    world.receiver.while_called = dies
    with pytest.raises(RuntimeError):
        world.tells("invoice.issued", "inv_1")
    world.receiver.while_called = lambda: None
    world.tells("invoice.issued", "inv_1")
    assert len(world.receiver.calls) == 1, "for a minute it may still be on its way"
    world.second += 61
    world.tells("invoice.issued", "inv_1")
    assert len(world.receiver.calls) == 2
    assert world.states == {"invoice.issued inv_1": SENT}


def test_a_secret_that_rolls_over_leaves_both_valid() -> None:
    world = World()
    world.endpoints.roll("whe_1", "whsec_" + "A" * 32)
    world.tells("invoice.issued", "inv_1")
    ((_, _, headers),) = world.receiver.calls
    assert len(headers["webhook-signature"].split()) == 2


def test_a_trial_message_waits_for_the_next_call_and_is_kept_for_90_days() -> None:
    world = World()
    made = trial_message(world.endpoint, NOW, kept_until(1_370_000_000))
    assert made.kept_until == 1_370_000_000 + 90 * 86_400
    world.messages.put(made)
    world.tries(NOW)
    assert world.receiver.heard == [("endpoint.test", "whe_1")]


def test_what_was_sent_may_be_sent_anew() -> None:
    world = World()
    world.tells("invoice.issued", "inv_1")
    (row,) = world.model.listed(index_keys.calls("whe_1"), limit=5)
    found = world.messages.find("whe_1", row["list_sk"])
    world.messages.again(replace(found), NOW + MINUTE)
    world.tries(NOW + MINUTE)
    assert [headers["webhook-id"] for _, _, headers in world.receiver.calls] == [found.id] * 2
