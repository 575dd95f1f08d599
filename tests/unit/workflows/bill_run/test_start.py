"""A run for each entity that has somebody due on its own day."""

from dataclasses import replace

from solde.storage.entities import EntityTable
from solde.workflows.bill_run.start import start_due_runs
from tests.support.seller import ENTITY, Seller, at


def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    made.customer("acme")
    made.subscribes("acme", "2013-06-01", ("basic", "1"))
    return made


def test_the_day_is_that_of_the_entity() -> None:
    """At 22:30 UTC on 31 May it is 1 June in Paris."""
    made = seller()
    assert start_due_runs(at("2013-05-31T21:30:00"), made.context) == []
    (run,) = start_due_runs(at("2013-05-31T22:30:00"), made.context)
    assert (run.entity, run.target_on.isoformat()) == ("FRA", "2013-06-01")
    assert made.engine.started == [run.id]


def test_an_entity_without_anybody_due_has_no_run() -> None:
    made = seller()
    EntityTable(made.table).put(replace(ENTITY, code="DEU"))
    runs = start_due_runs(at("2013-06-01T06:00:00"), made.context)
    assert [run.entity for run in runs] == ["FRA"]


def test_started_again_it_is_the_same_run() -> None:
    made = seller()
    found = [start_due_runs(at("2013-06-01T06:00:00"), made.context)[0] for _ in range(2)]
    assert found[0].id == found[1].id
