"""What was proved is known while the table stays as it was, six days of the week."""

from datetime import datetime

from solde.workflows.verify.known import keep, recalled
from solde.workflows.verify.report import Finding
from tests.support.model_objects import ModelObjects

SUNDAY = datetime.fromisoformat("2013-06-02T08:00:00+00:00")
MONDAY = datetime.fromisoformat("2013-06-03T08:00:00+00:00")
PROVED = Finding("I3", "issued documents are unchanged", 53, ())
EACH_NIGHT = Finding("I12", "deliveries are worked", 22, ())


def test_what_was_proved_of_this_state_is_known_and_on_mondays_nothing_is() -> None:
    objects = ModelObjects()
    keep("d1", [PROVED, EACH_NIGHT], objects)
    assert recalled("d1", SUNDAY, objects) == {"I3": PROVED}
    assert recalled("d2", SUNDAY, objects) == {}
    assert recalled("d1", MONDAY, objects) == {}


def test_a_table_with_a_violation_of_any_kind_is_proved_again() -> None:
    objects = ModelObjects()
    keep("d1", [PROVED, Finding("I12", "deliveries are worked", 22, ("one waits",))], objects)
    assert recalled("d1", SUNDAY, objects) == {}
