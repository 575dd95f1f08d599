"""An amendment is written and read whole, and knows what it names."""

import zlib

from solde.domain.usage.event import Event
from solde.domain.usage.identity import identity
from solde.domain.usage.lineage import Link
from solde.ports.usage import Payer
from solde.workflows.rate_usage.amendment import Amendment, amendments_in, amendments_of, logged
from solde.workflows.rate_usage.state import Result
from tests.support.model_objects import ModelObjects

PAYER = Payer("cus_1", "sub_1", "fra", "Europe/Paris")


def event(event_id: str, *amends: str) -> Event:
    name = identity("urn:s", event_id)
    return Event(name, "d" * 16, 7, 9, "urn:s", event_id, "call", "a", {"n": 1}, amends)


ONES = (
    Amendment(event("b", "corrects", "urn:s", "a"), PAYER, 3, ("calls",)),
    Amendment(event("c", "cancels", "urn:other", "a"), None, 4, (), waits=True),
)


def test_what_is_written_is_read_again() -> None:
    rows = zlib.decompress(logged(ONES), 31).split(b"\n")
    again = list(amendments_of(rows))
    assert [one.event.fields[:-1] for one in again] == [one.event.fields[:-1] for one in ONES]
    assert [tuple(one.event.amends or ()) for one in again] == [one.event.amends for one in ONES]
    assert [(one.payer, one.since, tuple(one.meters), one.waits) for one in again] == [
        (PAYER, 3, ("calls",), False),
        (None, 4, (), True),
    ]
    assert logged(()) == b""


def test_a_section_of_a_result_is_read_where_there_is_one() -> None:
    body = b"head" + logged(ONES)
    objects = ModelObjects()
    objects.put_new("r", body, content_type="x")
    none = (0, 0)
    result = Result("r", 0, {}, none, none, none, none, 0, 0, none, (4, len(body) - 4))
    assert [one.since for one in amendments_in(result, objects)] == [3, 4]
    assert list(amendments_in(Result("r", 0, {}, none, none, none, none, 0, 0), objects)) == []


def test_the_target_is_the_event_of_the_source_and_id_that_are_named() -> None:
    correction, cancellation = ONES
    assert correction.link == Link(7, identity("urn:s", "b"), identity("urn:s", "a"), False)
    assert cancellation.link == Link(7, identity("urn:s", "c"), identity("urn:other", "a"), True)
