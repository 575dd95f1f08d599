"""The timeline by the cycle that its days are billed by."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from solde.domain.periods import Cycle
from solde.domain.subscriptions.subscription import Phase
from solde.domain.subscriptions.timeline import Segment


def by_cycle(
    segments: Iterable[Segment], phases: Sequence[Phase]
) -> Mapping[Cycle, Sequence[Segment]]:
    """Cut segments where the cycle changes; phases of one cycle come together."""
    found: dict[Cycle, list[Segment]] = {phase.cycle: [] for phase in phases}
    ends = [phase.days.end_on for phase in phases]
    for segment in segments:
        for days, cycle in islice(phases, bisect_right(ends, segment.period.start_on), None):
            common = segment.period.common(days)
            if common is None:
                break
            gone_on = min(segment.gone_on, days.end_on)
            found[cycle].append(segment._replace(period=common, gone_on=gone_on))
    return found
