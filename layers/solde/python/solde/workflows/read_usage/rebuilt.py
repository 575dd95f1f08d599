"""A day as rating holds it, event by event where it does: to be merged with what waits."""

from collections.abc import Sequence
from datetime import date

from solde.domain.usage.day_state import merge_cells
from solde.domain.usage.partial import Cells
from solde.ports.objects import ObjectStore
from solde.workflows.rate_usage.result import used_rows
from solde.workflows.rate_usage.state import Execution


def rebuilt_cells(
    owner: tuple[str, str, str],
    day: date,
    executions: Sequence[Execution],
    objects: ObjectStore,
) -> Cells:
    """
    Merge what all executions have found of a customer, subscription and meter (`owner`) on a day.

    What the table holds of a day is closed: which maximum is next when one is taken back, only
    the results of rating know.
    """
    cells: Cells = {}
    name = f"{day}"
    results = [result for one in executions for result in one.results if name in result.days]
    for result in results:
        for used in used_rows(result.key, name, result.days[name], objects):
            if used[:3] == owner:
                merge_cells(cells, used.cells)
    return cells
