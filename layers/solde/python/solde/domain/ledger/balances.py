"""The trial balance: what each account carried in, what moved on it, and what it carries out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from solde.domain.errors import UnbalancedEntryError


@dataclass(frozen=True, slots=True)
class Balance:
    """Minor units of one account and currency; a debit balance is above zero, a credit below."""

    account: str
    currency: str
    opening: int = 0
    debit: int = 0
    credit: int = 0
    """Both are the sums of their side, never below zero."""

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit

    def moved(self, minor: int) -> "Balance":
        """Return the balance after one posting."""
        debit, credit = max(minor, 0), max(-minor, 0)
        return Balance(
            self.account, self.currency, self.opening, self.debit + debit, self.credit + credit
        )


Balances = Mapping[tuple[str, str], Balance]
"""By currency and account."""


def opened(before: Iterable[Balance]) -> dict[tuple[str, str], Balance]:
    """Begin a month with what the last one closed with; accounts that are even are left out."""
    return {
        (one.currency, one.account): Balance(one.account, one.currency, one.closing)
        for one in before
        if one.closing
    }


def post(
    balances: dict[tuple[str, str], Balance], currency: str, movements: Mapping[str, int]
) -> None:
    """Post one entry: account → signed minor units."""
    for account, minor in movements.items():
        key = (currency, account)
        balances[key] = balances.get(key, Balance(account, currency)).moved(minor)


def balanced(balances: Balances) -> tuple[Balance, ...]:
    """
    Return the trial balance in order of currency and account.

    Raises:
        UnbalancedEntryError: in some currency the accounts do not sum to zero.

    """
    for currency in sorted({currency for currency, _ in balances}):
        off = sum(one.closing for one in balances.values() if one.currency == currency)
        if off:
            raise UnbalancedEntryError(f"trial balance: expected 0 {currency}, found {off}")
    return tuple(balances[key] for key in sorted(balances))
