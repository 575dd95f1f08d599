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


def test_with_hours_of_grace_a_day_is_due_when_they_are_over() -> None:
    """1 June begins in Paris at 22:00 UTC of 31 May, and is billed twelve hours later."""
    made = seller()
    EntityTable(made.table).put(replace(ENTITY, version=ENTITY.version + 1, grace_hours=12))
    assert start_due_runs(at("2013-06-01T09:59:59"), made.context) == []
    (run,) = start_due_runs(at("2013-06-01T10:00:00"), made.context)
    assert f"{run.target_on}" == "2013-06-01"


def test_documents_are_issued_on_the_day_on_which_the_grace_is_over() -> None:
    made = seller()
    EntityTable(made.table).put(replace(ENTITY, version=ENTITY.version + 1, grace_hours=36))
    assert made.runs_billing("2013-06-01", hour=6) == []
    (run,) = made.runs_billing("2013-06-02", hour=10)
    assert f"{run.target_on}" == "2013-06-01"
    (header,) = made.documents("acme")
    assert f"{header.issued_on}" == "2013-06-02"
