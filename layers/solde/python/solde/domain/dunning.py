"""When an unpaid invoice is chased: reminders by days after the due date, each once."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class DunningPolicy:
    """`after_days` counts from the due date, one entry per reminder, rising."""

    after_days: tuple[int, ...] = (3, 14)

    @property
    def reminders_max(self) -> int:
        return len(self.after_days)


STANDARD = DunningPolicy()


def first_action_on(due_on: date, policy: DunningPolicy = STANDARD) -> date:
    return due_on + timedelta(days=policy.after_days[0])


def next_action_on(
    due_on: date, *, reminders: int, policy: DunningPolicy = STANDARD
) -> date | None:
    """Return the day on which the next reminder is due when `reminders` were sent, or None."""
    if reminders >= len(policy.after_days):
        return None
    return due_on + timedelta(days=policy.after_days[reminders])
