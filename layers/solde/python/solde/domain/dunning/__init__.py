"""Dunning: who is asked for what is overdue, when, how firmly, and why not."""

from solde.domain.dunning.decide import (
    Act,
    Case,
    Decision,
    Reason,
    decide,
    first_action_on,
    next_look_on,
)
from solde.domain.dunning.notices import (
    PROMISE,
    PROMISE_MOST,
    QUESTION,
    TEXT_MAX,
    Notice,
    is_questioned,
    promised,
    promised_until,
)
from solde.domain.dunning.policy import (
    STANDARD,
    Applies,
    Channel,
    Level,
    Policy,
    Profile,
    QuietHours,
    assigned,
    version_on,
)

__all__ = [
    "PROMISE",
    "PROMISE_MOST",
    "QUESTION",
    "STANDARD",
    "TEXT_MAX",
    "Act",
    "Applies",
    "Case",
    "Channel",
    "Decision",
    "Level",
    "Notice",
    "Policy",
    "Profile",
    "QuietHours",
    "Reason",
    "assigned",
    "decide",
    "first_action_on",
    "is_questioned",
    "next_look_on",
    "promised",
    "promised_until",
    "version_on",
]
