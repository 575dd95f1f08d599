"""Reading looks at the latest complete rating, and at what waits for the next."""

from tests.support.reading import reading
from tests.support.usage_world import UsageWorld, flight


def test_what_is_rated_is_the_state_and_the_rest_waits() -> None:
    world = UsageWorld()
    context = reading(world)
    assert context.state().number == 0
    world.send(flight(1, "2013-01-10T12:00:00"))
    assert len(context.next_manifest(context.state()).inputs) == 1
    world.rate()
    assert context.state().number == 1
    assert context.next_manifest(context.state()).inputs == ()
