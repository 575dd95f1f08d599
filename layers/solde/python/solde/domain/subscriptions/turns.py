"""The timeline by the cycle that its days are billed by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from solde.domain.periods import Cycle
from solde.domain.subscriptions.subscription import Phase
from solde.domain.subscriptions.timeline import Segment


def by_cycle(
    segments: Iterable[Segment], phases: Sequence[Phase]
) -> Mapping[Cycle, Sequence[Segment]]:
    """Cut segments where the cycle changes; phases of one cycle come together."""
    found: dict[Cycle, list[Segment]] = {phase.cycle: [] for phase in phases}
    for segment in segments:
        for days, cycle in phases:
            if common := segment.period.common(days):
                gone_on = min(segment.gone_on, days.end_on)
                found[cycle].append(replace(segment, period=common, gone_on=gone_on))
    return found
