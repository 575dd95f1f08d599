"""
The sandbox: it settles, waits, declines by kind, or vanishes, as the method says; never live.

`settles`, `waits`, `declines_hard`, `declines_soft`, `declines_action`, `vanishes` (it worked, and
no answer came), `vanishes_unheard` (it never arrived). Without a method it opens a page, on which a
person says what becomes of it. It remembers nothing: the same attempt has the same answer always.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from solde.adapters.errors import ProviderUnavailableError
from solde.domain.attempts import Answer, Attempt, Decline, Declines, NotKnown, Settles, Waits


@dataclass(frozen=True, slots=True)
class SandboxGateway:
    """The port `Gateway`; `home` is where its pages are."""

    home: str = "https://sandbox.invalid"

    def charge(self, attempt: Attempt) -> Answer:
        if attempt.method.startswith("vanishes"):
            raise ProviderUnavailableError("sandbox: no answer")
        return _became(attempt, self.home)

    def look_up(self, attempt: Attempt) -> Answer:
        return _became(attempt, self.home)

    def take(self, attempt: Attempt) -> Answer:
        return _became(attempt, self.home)

    def give_up(self, attempt: Attempt) -> bool:
        """Say yes: its page takes nothing for an attempt that has ended."""
        del attempt
        return True

    def since(self, from_: datetime, until: datetime) -> Iterable[tuple[Settles, str]]:
        """List nothing: whatever it settles, it has answered."""
        del from_, until
        return ()


def page_of(attempt: Attempt, home: str) -> str:
    """Return where a person says what becomes of an attempt."""
    named = attempt.customer_id, attempt.invoice_id, str(attempt.number), attempt.id
    return "/".join((home, "sandbox", *named))


def _became(attempt: Attempt, home: str) -> Answer:
    reference = f"sandbox_{attempt.id}"
    match attempt.method:
        case "":
            return Waits(reference, page_of(attempt, home))
        case "settles" | "vanishes":
            return Settles(reference, attempt.amount, attempt.called_at or attempt.asked_at)
        case "waits":
            return Waits(reference)
        case "declines_hard":
            return Declines(Decline.HARD, "stolen_card", reference)
        case "declines_soft":
            return Declines(Decline.SOFT, "insufficient_funds", reference)
        case "declines_action":
            return Declines(Decline.ACTION, "authentication_required", reference)
        case "vanishes_unheard":
            return NotKnown()
        case _:
            return Declines(Decline.HARD, "unknown_method", reference)
