"""Payment providers as workflows ask them, and the attempts that are kept of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from solde.domain.attempts import Answer, Attempt, Settles


class Gateway(Protocol):
    """One provider. A decline is an answer; no answer is an error, and asked for again."""

    def charge(self, attempt: Attempt) -> Answer:
        """
        Collect, or open the page on which a payer does; under the attempt's id, however often.

        Raises:
            ProviderUnavailableError: no answer, or none that says what became of it.

        """
        ...

    def look_up(self, attempt: Attempt) -> Answer:
        """
        Say what became of an attempt, by its own id.

        Raises:
            ProviderUnavailableError: no answer.

        """
        ...

    def take(self, attempt: Attempt) -> Answer:
        """
        Take what a payer has agreed to on a page; however often.

        Raises:
            ProviderUnavailableError: no answer.

        """
        ...

    def give_up(self, attempt: Attempt) -> bool:
        """
        See to it that nobody pays on a page any more; False when that cannot be.

        Raises:
            ProviderUnavailableError: no answer.

        """
        ...

    def since(self, from_: datetime, until: datetime) -> Iterable[tuple[Settles, str]]:
        """
        List the money that came between two instants, each with the invoice that it names.

        Raises:
            ProviderUnavailableError: no answer.

        """
        ...


class Attempts(Protocol):
    def of(self, customer_id: str, invoice_id: str) -> Sequence[Attempt]:
        """Return the attempts on an invoice, oldest first."""
        ...

    def attempt(self, customer_id: str, invoice_id: str, number: int) -> Attempt | None: ...

    def ask(self, attempt: Attempt) -> bool:
        """Store and announce a new attempt; False when its number is taken."""
        ...

    def called(self, attempt: Attempt) -> bool:
        """Keep when the provider is first called; False when somebody has called already."""
        ...

    def move(self, read: Attempt, moved: Attempt) -> bool:
        """Keep what became of an attempt; False when it is not as it was read any more."""
        ...

    def wake(self, attempt: Attempt, at: datetime) -> bool:
        """Announce an attempt again: there is something to be done about it now."""
        ...

    def leave(self, attempt: Attempt, at: datetime) -> bool:
        """Keep that the payer wants another way, and announce it; False when it has moved."""
        ...

    def due(self, until: datetime) -> Sequence[Attempt]:
        """Return the open attempts that are to be looked at."""
        ...
