"""What happens when in the demo: acts in order of business time, the clock moved in between."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

from local.clock import Fired
from local.up import Cloud

Act = Callable[[], None]
Watch = Callable[[Fired], None]


class Agenda:
    """Acts of one instant are done in the order in which they were added."""

    def __init__(self) -> None:
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def add(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (at, next(self._order), act))

    def live(self, cloud: Cloud, until: datetime, watch: Watch) -> None:
        """Advance the clock to each act and do it, then to the end; acts behind it are left."""
        while self._acts and self._acts[0][0] <= until:
            at, _, act = heapq.heappop(self._acts)
            now = cloud.clock.now()
            if now is None or at > now:
                cloud.clock.advance(at, watch=watch, passing=True)
            act()
        cloud.clock.advance(until, watch=watch)
