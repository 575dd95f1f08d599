"""A day is opened again from the results of all its ratings, of one subscription and meter."""

from datetime import date

from solde.domain.usage.day_state import day_state
from solde.workflows.rate_usage.state import read_state
from solde.workflows.read_usage.rebuilt import rebuilt_cells
from tests.support.usage_world import UsageWorld, flight

DAY = date(2013, 1, 15)


def test_a_day_of_two_ratings_comes_together_and_nobody_elses_with_it() -> None:
    world = UsageWorld()
    world.send(
        flight(1, "2013-01-15T12:00:00", seats=7),
        flight(9, "2013-01-15T12:00:00", subject="UA-JFK"),
    )
    world.rate()
    world.send(flight(2, "2013-01-15T13:00:00", seats=9), now="2013-02-01T07:00:00")
    world.rate("2013-02-02T06:00:00")
    executions = read_state(2, world.objects).executions
    owner = ("cus_ua", world.subscription("cus_ua", "UA-EWR").id)
    cells = rebuilt_cells((*owner, "largest"), DAY, executions, world.objects)
    assert cells[()].to_json() == ["max", 2, [["7", 1], ["9", 1]]]
    assert day_state(2, cells).text == world.texts("cus_ua", "UA-EWR", "largest")["2013-01-15"]
    assert rebuilt_cells((*owner, "largest"), date(2013, 1, 16), executions, world.objects) == {}
