"""Policies: levels that follow each other, for whom they are, and when nobody is written to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from solde.domain.errors import InvalidError
from solde.domain.holidays import WEEKENDS, calendar
from solde.domain.money import Money

FIRST_DAY = 3
"""Days behind the due date before which nobody is asked: until then money may be on its way."""
LAST_DAY = 365
LEVELS_MAX = 8
TONES = (1, 2, 3, 4)
"""Amiable, firm, last, formal: there are words for each."""
HOURS_OPEN = 6
"""The least of a day that is not quiet: who chases several times a day meets it once."""


class Channel(Enum):
    """MAIL writes to the customer; a LETTER is posted by a person; a TASK is for him to see to."""

    MAIL = "mail"
    LETTER = "letter"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Level:
    """So many days after the due date; `restricts`: from then on the service is restricted."""

    after_days: int
    channel: Channel = Channel.MAIL
    tone: int = 1
    restricts: bool = False


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Nobody is written to from one full hour of the customer's day to another."""

    from_hour: int
    to_hour: int

    def holds(self, hour: int) -> bool:
        if self.from_hour <= self.to_hour:
            return self.from_hour <= hour < self.to_hour
        return hour >= self.from_hour or hour < self.to_hour


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of who owes: `late_before` counts invoices that he paid late in a year."""

    business: bool
    group: str
    language: str
    open: Money
    late_before: int = 0


@dataclass(frozen=True, slots=True)
class Applies:
    """Whom a policy is for: whoever fits all that is said; nothing said fits everybody."""

    business: bool | None = None
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    open_from: Money | None = None
    late_from: int = 0

    def fits(self, profile: Profile) -> bool:
        least = self.open_from
        return (
            self.business in (None, profile.business)
            and (not self.groups or profile.group in self.groups)
            and (not self.languages or profile.language.partition("-")[0] in self.languages)
            and (least is None or _reaches(profile.open, least))
            and profile.late_before >= self.late_from
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """
    A version of a policy of an entity; of those that fit somebody, the lowest `rank` counts.

    It counts for cases that begin on `since` or later: one that has begun keeps its version.
    """

    entity: str
    code: str
    levels: tuple[Level, ...]
    version: int = 1
    since: date = date.min
    rank: int = 100
    calendar: str = WEEKENDS
    """Whose holidays the seller keeps; weekends are never worked."""
    applies: Applies = Applies()
    quiet: QuietHours | None = None

    def __post_init__(self) -> None:
        _must_follow(self.levels)
        calendar(self.calendar)
        if self.quiet:
            _must_be_hours(self.quiet)

    @property
    def id(self) -> str:
        return f"{self.entity}:{self.code}"


def assigned(policies: Sequence[Policy], profile: Profile) -> Policy:
    """Return the policy that counts for somebody; the standard one where none fits."""
    found = [one for one in policies if one.applies.fits(profile)]
    return min(found, key=lambda one: (one.rank, one.code), default=STANDARD)


def version_on(versions: Sequence[Policy], day: date) -> Policy | None:
    """Return the version that cases take which begin on a day, None before the first."""
    begun = [one for one in versions if one.since <= day]
    return max(begun, key=lambda one: one.version, default=None)


def _reaches(open_: Money, least: Money) -> bool:
    return open_.currency == least.currency and open_.minor >= least.minor


def _must_follow(levels: tuple[Level, ...]) -> None:
    if not 1 <= len(levels) <= LEVELS_MAX:
        raise InvalidError(
            f"levels: expected 1 to {LEVELS_MAX}, found {len(levels)}", pointer="/levels"
        )
    before = FIRST_DAY - 1
    for place, one in enumerate(levels):
        where = f"/levels/{place}"
        if not before < one.after_days <= LAST_DAY:
            raise InvalidError(
                f"levels.{place}.after_days: expected {before + 1} to {LAST_DAY}, each after the "
                f"one before it, found {one.after_days}",
                pointer=f"{where}/after_days",
            )
        if one.tone not in TONES:
            raise InvalidError(
                f"levels.{place}.tone: expected 1 to {TONES[-1]}, found {one.tone}",
                pointer=f"{where}/tone",
            )
        before = one.after_days


def _must_be_hours(quiet: QuietHours) -> None:
    hours = (quiet.from_hour, quiet.to_hour)
    still = (quiet.to_hour - quiet.from_hour) % 24
    if not all(0 <= one < 24 for one in hours) or not 0 < still <= 24 - HOURS_OPEN:  # noqa: PLR2004
        raise InvalidError(
            f"quiet_hours: expected two different hours from 0 to 23 that leave {HOURS_OPEN} at "
            f"least, found {quiet.from_hour} to {quiet.to_hour}",
            pointer="/quiet_hours",
        )


STANDARD = Policy("", "standard", (Level(3), Level(14, tone=2)))
"""Two reminders, for those whom no policy of their seller fits; weekends are as other days."""
