"""What was applied before is found however it hangs together, and what waits is not among it."""

from solde.domain.usage.identity import identity
from solde.workflows.rate_usage.amends import related
from solde.workflows.rate_usage.state import read_state
from tests.support.usage_world import UsageWorld, flight

NOON = "2013-01-05T12:00:00"


def name(number: int) -> str:
    return identity("urn:test", f"f-{number}")


def test_a_chain_over_several_executions_comes_whole_and_alone() -> None:
    world = UsageWorld()
    world.send(flight(1, NOON), {**flight(2, NOON), "corrects": "f-1"}, flight(7, NOON))
    world.send({**flight(8, NOON), "cancels": "f-7"}, {**flight(9, NOON), "cancels": "f-99"})
    world.rate()
    for day, number in ((1, 3), (2, 4)):
        again = {**flight(number, NOON), "corrects": f"f-{number - 1}"}
        world.send(again, now=f"2013-02-0{day}T07:00:00")
        world.rate(f"2013-02-0{day + 1}T06:00:00")
    executions = read_state(3, world.objects).executions
    for known in (1, 2, 4):
        assert related([name(known)], executions, world.objects).keys() == {
            name(2), name(3), name(4),
        }  # fmt: skip
    assert related([name(7)], executions, world.objects).keys() == {name(8)}
    assert related([name(9)], executions, world.objects) == {}  # it waits
