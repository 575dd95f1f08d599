"""
One attempt: stored before a provider is called, under the id that is also its idempotency key.

A decline is a value. No answer is `unknown`, and is looked up before anything else is asked: so no
invoice is collected twice. What a provider answers moves an attempt forward, never back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from solde.domain.attempts.capabilities import PROVIDERS
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.money import Money

GIVEN_UP = timedelta(hours=24)
"""Later than any call under the key can still arrive."""
AGAIN = timedelta(days=1)
PAGE_EXPIRED = "page_expired"


class AttemptState(Enum):
    """The first three are open: another attempt waits for their end."""

    ASKED = "asked"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    SETTLED = "settled"
    DECLINED = "declined"
    VOID = "void"
    """It was not needed any more, or never reached the provider: no money moved by it."""


OPEN = (AttemptState.ASKED, AttemptState.WAITING, AttemptState.UNKNOWN)


class Decline(Enum):
    """HARD: never with this method again. SOFT: later perhaps. ACTION: its owner has to act."""

    HARD = "hard"
    SOFT = "soft"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Attempt:
    """
    `method` is the provider's name of what is charged; without one a payer chooses it on a page.

    `url` is where that page is; `look_at` is when an open attempt is looked at again; `left` says
    that its payer wants to pay in another way.
    """

    id: str
    customer_id: str
    invoice_id: str
    number: int
    provider: str
    amount: Money
    asked_at: datetime
    look_at: datetime
    method: str = ""
    return_url: str = ""
    state: AttemptState = AttemptState.ASKED
    called_at: datetime | None = None
    reference: str = ""
    url: str = ""
    kind: Decline | None = None
    code: str = ""
    left: bool = False

    @property
    def open(self) -> bool:
        return self.state in OPEN

    def repeatable(self, at: datetime) -> bool:
        """Tell whether the provider may still be asked under the same key."""
        return at - self.asked_at <= PROVIDERS[self.provider].key_kept

    def back(self, home: str) -> str:
        """Return where a page leads that its payer leaves: no token of a link is told to it."""
        return self.return_url or f"{home}/back/{self.id}"

    def void(self, code: str) -> "Attempt":
        return replace(self, state=AttemptState.VOID, code=code)


@dataclass(frozen=True, slots=True)
class Settles:
    """
    Money has arrived; it counts once it is settled like any other that is told.

    `fee` is what the provider keeps of it, where it says so.
    """

    reference: str
    amount: Money
    at: datetime
    fee: Money | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """It is under way: a bank takes days, or a payer has to choose at `url`."""

    reference: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Agrees:
    """A payer has agreed on a page, and nothing is taken yet."""

    reference: str


@dataclass(frozen=True, slots=True)
class Declines:
    kind: Decline
    code: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class NotKnown:
    """The provider knows nothing under the key, or does not say what became of it."""


Answer = Settles | Waits | Agrees | Declines | NotKnown


def amount_asked(open_: Money, latest: Attempt | None, wanted: int | None) -> Money:
    """
    Return what a new attempt asks for: so much as is wanted, or all that is open.

    Raises:
        StateConflictError: nothing is open, or an earlier attempt has not ended.
        InvalidError: more is wanted than is open.

    """
    if latest and latest.open:
        raise StateConflictError(
            f"payment: expected no attempt under way, found {latest.id}, {latest.state.value}"
        )
    if open_.minor <= 0:
        raise StateConflictError(f"payment: expected something open, found {open_.minor}")
    if wanted is not None and wanted > open_.minor:
        raise InvalidError(
            f"amount: expected at most {open_.minor}, which is open, found {wanted}, "
            f"a difference of {wanted - open_.minor}",
            pointer="/amount",
        )
    return Money(open_.minor if wanted is None else wanted, open_.currency)


def must_be_another(earlier: Sequence[Attempt], method: str) -> None:
    """
    Refuse a method that was declined for good.

    Raises:
        StateConflictError: it was, by an earlier attempt on the same invoice.

    """
    for one in earlier:
        if method and one.method == method and one.kind is Decline.HARD:
            raise StateConflictError(
                f"method: expected another than {method}, which was declined for good: {one.code}"
            )


def after(attempt: Attempt, answer: Answer, at: datetime) -> Attempt:
    """Return the attempt as an answer leaves it; one that has ended stays as it is."""
    if not attempt.open:
        return attempt
    waits = attempt.state is AttemptState.WAITING  # it was heard of, and is not given up
    state = AttemptState.WAITING if waits else AttemptState.UNKNOWN
    match answer:
        case Settles():
            return replace(attempt, state=AttemptState.SETTLED, reference=answer.reference)
        case Waits():
            return replace(
                attempt,
                state=AttemptState.WAITING,
                reference=answer.reference,
                url=answer.url or attempt.url,
                look_at=at + AGAIN,
            )
        case Agrees():
            return replace(attempt, state=AttemptState.WAITING, reference=answer.reference)
        case Declines():
            return replace(
                attempt,
                state=AttemptState.DECLINED,
                kind=answer.kind,
                code=answer.code,
                reference=answer.reference or attempt.reference,
            )
        case NotKnown() if waits or at - attempt.asked_at <= GIVEN_UP:
            return replace(attempt, state=state, look_at=at + AGAIN)
        case NotKnown():
            return attempt.void("never_arrived")


def told_declined(attempt: Attempt, answer: Declines, at: datetime) -> Attempt:
    """
    Return the attempt after a webhook has told of a decline.

    On a page a payer tries one card after the other: what is declined there has not ended.
    """
    ended = attempt.method or answer.code == PAGE_EXPIRED
    return after(attempt, answer, at) if ended else attempt
