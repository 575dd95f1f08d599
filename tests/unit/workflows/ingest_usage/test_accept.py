"""Accepting: one durable write before the answer, and every malformed event by its name."""

from solde.domain.usage.event import Flaw
from solde.workflows.ingest_usage.accept import Refusal
from solde.workflows.raw_events import read_events, read_line
from tests.support.usage_world import UsageWorld, flight

NOW = "2013-02-01T05:00:00"


def test_a_small_request_is_one_message():
    world = UsageWorld()
    receipt = world.accept(flight(1, "2013-01-05T12:00:00"), flight(2, "2013-01-05T12:00:00"))
    assert (receipt.accepted, receipt.refused) == (2, ())
    assert len(world.queue.bodies) == 1
    assert world.objects.bodies == {}


def test_from_a_thousand_events_on_a_request_is_one_object():
    world = UsageWorld()
    world.accept(*(flight(n, "2013-01-05T12:00:00") for n in range(999)))
    assert (len(world.queue.bodies), len(world.objects.bodies)) == (1, 0)
    world.accept(*(flight(n, "2013-01-05T12:00:00") for n in range(1_000)))
    assert (len(world.queue.bodies), len(world.objects.bodies)) == (1, 1)
    (key,) = world.objects.bodies
    assert key.startswith("raw/2013-02-01T05/")
    assert key.endswith("-1000.ndjson.gz")
    assert len(read_events(key, world.objects)) == 1_000


def test_what_does_not_fit_a_message_is_an_object_too():
    world = UsageWorld()
    world.accept(*(flight(n, "2013-01-05T12:00:00", note="é" * 20_000) for n in range(60)))
    assert (len(world.queue.bodies), len(world.objects.bodies)) == (0, 1)


def test_an_event_is_stored_with_its_digests_and_its_receipt():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00", seats="3.20") | {"traceparent": "not kept"})
    (key,) = world.objects.bodies
    (line,) = read_events(key, world.objects)
    event = read_line(line)
    # printf 'urn:test\0f-1' | sha256sum | cut -c1-32
    assert event.identity == "d0c3ce00b71deecab1377f905b696fae"
    assert event.received_ms == 1_359_694_800_000  # 2013-02-01T05:00:00Z
    assert event.at_us == 1_357_387_200_000_000  # 2013-01-05T12:00:00Z
    assert (event.source, event.id, event.subject) == ("urn:test", "f-1", "UA-EWR")
    assert event.data["seats"] == "3.20"


def test_the_same_content_in_other_words_has_the_same_digest():
    world = UsageWorld()
    one = flight(1, "2013-01-05T12:00:00")
    other = dict(reversed(one.items())) | {
        "time": "2013-01-05T07:00:00.000-05:00",
        "data": dict(reversed(one["data"].items())),
    }
    world.send(one, other, flight(1, "2013-01-05T12:00:00", seats=151))
    (key,) = world.objects.bodies
    digests = [read_line(line).digest for line in read_events(key, world.objects)]
    assert digests[0] == digests[1] != digests[2]


def test_malformed_events_are_named_and_the_others_are_stored():
    world = UsageWorld()
    receipt = world.accept(
        flight(1, "2013-01-05T12:00:00"), 7, flight(2, "2013-01-05T12:00:00", seats=1.5)
    )
    assert receipt.accepted == 1
    assert receipt.refused == (
        Refusal(1, None, (Flaw("", "not_an_event", "an object", "number 7"),)),
        Refusal(
            2,
            "f-2",
            (
                Flaw(
                    "/data/seats",
                    "not_exact",
                    'a whole number, or a decimal as text such as "3.20"',
                    "number 1.5",
                ),
            ),
        ),
    )


def test_an_atomic_request_is_stored_whole_or_not_at_all():
    world = UsageWorld()
    receipt = world.accept(flight(1, "2013-01-05T12:00:00"), 7, atomic=True)
    assert (receipt.accepted, len(receipt.refused)) == (0, 1)
    assert world.queue.bodies == []
    assert world.accept(flight(1, "2013-01-05T12:00:00"), atomic=True).accepted == 1


def test_a_request_without_a_well_formed_event_stores_nothing():
    world = UsageWorld()
    assert world.accept(7, None).accepted == 0
    assert world.queue.bodies == []


def test_the_value_of_a_known_meter_is_looked_at():
    world = UsageWorld()
    for wrong in ("abc", "1e999", "NaN", None, True, [1]):
        receipt = world.accept(flight(1, "2013-01-05T12:00:00", seats=wrong))
        (refusal,) = receipt.refused
        assert [flaw.pointer for flaw in refusal.flaws] == ["/data/seats"]


def test_a_type_that_no_meter_knows_yet_is_stored():
    assert UsageWorld().accept(flight(1, "2013-01-05T12:00:00", type="new")).accepted == 1


def test_an_event_may_be_dated_five_minutes_ahead_and_no_more():
    world = UsageWorld()
    assert world.accept(flight(1, "2013-02-01T05:05:00"), now=NOW).accepted == 1
    receipt = world.accept(flight(1, "2013-02-01T05:05:01"), now=NOW)
    assert receipt.refused[0].flaws[0].code == "time_ahead"
