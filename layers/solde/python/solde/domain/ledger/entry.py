"""Double entry: every fact's entry sums to zero in its currency; balances are folds of entries."""

from collections.abc import Mapping
from dataclasses import dataclass

from solde.domain.errors import UnbalancedEntryError
from solde.domain.values import light


@light
@dataclass(frozen=True, slots=True)
class Posting:
    """A debit is positive, a credit negative, in minor units."""

    account: str
    minor: int


@light
@dataclass(frozen=True, slots=True)
class Entry:
    currency: str
    postings: tuple[Posting, ...]

    @property
    def movements(self) -> dict[str, int]:
        """Account → signed minor units."""
        return {one.account: one.minor for one in self.postings}

    def __post_init__(self) -> None:
        off = sum(posting.minor for posting in self.postings)
        if off:
            raise UnbalancedEntryError(f"entry is off by {off} {self.currency}: {self.postings}")


def entry(currency: str, movements: Mapping[str, int]) -> Entry:
    """Make an entry from account → signed minor units; accounts that do not move are left out."""
    moved = sorted((account, minor) for account, minor in movements.items() if minor)
    return Entry(currency, tuple(Posting(account, minor) for account, minor in moved))
