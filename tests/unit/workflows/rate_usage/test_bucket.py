"""A bucket has one result: a second owner, or a repeat, finds it and adds nothing."""

from collections.abc import Collection, Mapping

from solde.ports.usage import Payer, Unpaid
from solde.workflows.rate_usage.bucket import PayerBook, rate_bucket
from solde.workflows.rate_usage.manifest import Asked, next_manifest
from solde.workflows.rate_usage.state import State
from tests.support.usage_world import UsageWorld, at, flight
from tests.unit.workflows.rate_usage.test_tally import PAYERS, row

AT = at("2013-02-01T06:00:00")


class Subjects:
    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def payers(self, subjects: Collection[str]) -> Mapping[str, Payer | Unpaid]:
        self.asked.append(list(subjects))
        return {subject: PAYERS[subject] for subject in subjects}


def test_each_subject_is_asked_for_once():
    subjects = Subjects()
    book = PayerBook(subjects)
    book.of([row("01"), row("02", subject="b"), row("03")])
    book.of([row("04"), row("05", subject="nobody")])
    book.of([row("06")])
    assert subjects.asked == [["a", "b"], ["nobody"]]


def test_the_result_that_was_written_first_stands():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00"), flight(2, "2013-01-05T12:00:00", subject="AA"))
    manifest = next_manifest(State(), Asked(AT, AT), world.objects)

    def owner():
        book = PayerBook(world.context.subjects)
        return rate_bucket(manifest, 0, State(), book, world.context)

    first = owner()
    assert first.result.open_count == 1
    world.subscribe("cus_dl", "AA")  # repaired between two owners of one bucket
    assert owner() == first
