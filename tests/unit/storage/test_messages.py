"""Messages as stored: in the order of their object, held by one at a time, due by endpoint."""

from dataclasses import replace
from datetime import timedelta

from solde.ports.endpoints import FAILED, SENT, WAITING, Message
from solde.storage import index_keys, sending_keys
from solde.storage.messages import MessageTable, message_from_item, message_to_item
from tests.support.model_table import ModelTable
from tests.support.seller import at

NOW = at("2013-01-10T08:00:00")
UNTIL = 1_370_000_060
STAMP = "2013-01-10T08:00:00+00:00"


def message(identity: str, *, rank: int = 0, of: str = "inv_1", **more) -> Message:
    return Message(
        id=identity,
        endpoint_id="whe_1",
        of=of,
        kind="invoice.issued",
        place=f"{STAMP}#{rank:02d}#{identity}",
        body='{"type":"invoice.issued"}',
        at=NOW,
        held_until=UNTIL,
        kept_until=UNTIL + 90 * 86_400,
        **more,
    )


def test_a_message_is_stored_once_and_read_back_as_it_was() -> None:
    table = MessageTable(ModelTable())
    one = message("msg_1")
    assert table.put(one)
    assert not table.put(replace(one, body="other"))
    assert table.lane("whe_1", "inv_1") == [one]
    assert table.find("whe_1", "msg_1") == one
    assert table.find("whe_1", "msg_0") is None
    waits = replace(one, state=WAITING, next_at=NOW, attempts=2, note="503")
    assert message_from_item(message_to_item(waits)) == waits


def test_a_lane_is_what_is_open_of_one_object_in_its_order() -> None:
    table = MessageTable(ModelTable())
    last, first, other = message("msg_a", rank=2), message("msg_b"), message("msg_c", of="inv_2")
    for one in (last, first, other):
        table.put(one)
    assert [one.id for one in table.lane("whe_1", "inv_1")] == ["msg_b", "msg_a"]
    table.end(replace(first, state=SENT, attempts=1, note="204"))
    assert [one.id for one in table.lane("whe_1", "inv_1")] == ["msg_a"]


def test_a_message_is_held_by_whoever_saw_it_last_and_ended_by_who_holds_it() -> None:
    table, one = MessageTable(ModelTable()), message("msg_1")
    table.put(one)
    assert table.hold(one, UNTIL + 60)
    assert not table.hold(one, UNTIL + 61)
    assert not table.end(replace(one, state=SENT))
    assert table.end(replace(one, state=SENT, held_until=UNTIL + 60))
    assert not table.hold(replace(one, held_until=UNTIL + 60), UNTIL + 120)


def test_what_waits_is_due_by_its_endpoint_and_what_has_ended_is_not() -> None:
    table, later = MessageTable(ModelTable()), NOW + timedelta(minutes=5)
    one, two = message("msg_1"), message("msg_2", of="inv_2")
    for each in (one, two):
        table.put(each)
    table.end(replace(one, state=WAITING, attempts=1, next_at=later))
    table.end(replace(two, state=WAITING, attempts=1, next_at=NOW))
    assert [each.id for each in table.due("whe_1", NOW)] == ["msg_2"]
    assert [each.id for each in table.due("whe_1", None)] == ["msg_2", "msg_1"]
    (held,) = table.lane("whe_1", "inv_2")
    table.hold(held, UNTIL)
    table.end(replace(held, state=FAILED, held_until=UNTIL, attempts=10))
    assert [each.id for each in table.due("whe_1", None)] == ["msg_1"]


def test_what_is_over_may_be_sent_anew_and_what_is_being_sent_may_not() -> None:
    table, one = MessageTable(ModelTable()), message("msg_1")
    table.put(one)
    assert not table.again(one, NOW)
    table.end(replace(one, state=FAILED, attempts=10, note="500"))
    assert table.again(one, NOW)
    (found,) = table.due("whe_1", NOW)
    assert (found.state, found.attempts, found.held_until) == (WAITING, 0, 0)


def test_a_message_of_an_invoice_is_one_write_unit_in_the_table_and_one_in_the_list() -> None:
    item = message_to_item(replace(message("msg_" + "0" * 26), body="x" * 560))
    assert sum(len(name) + len(str(value)) for name, value in item.items()) < 1024
    assert item["list_pk"] == index_keys.calls("whe_1")
    assert "due_pk" not in item


def test_an_endpoint_is_woken_by_an_announcement() -> None:
    model = ModelTable()
    MessageTable(model).wake("whe_1", NOW)
    (told,) = model.items.values()
    assert (told["type"], told["detail"]) == ("endpoint.due", '{"endpoint":"whe_1"}')
    assert sending_keys.endpoint("whe_1").pk == "HOOKS"
