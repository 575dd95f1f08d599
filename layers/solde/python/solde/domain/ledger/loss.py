"""
What is not expected to be paid any more (R23): no document changes, and money may still come.

First it is doubtful (416), then lost: an expense, less the VAT that is relieved. Money that comes
later takes what is open first, then what is doubtful, then what was lost, and of its VAT a share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from solde.domain.errors import StateConflictError
from solde.domain.ledger.chart import DOUBTFUL, LOST, RECEIVABLE, VAT
from solde.domain.money import Rounding, rounded

Movements = Mapping[str, int]
"""Signed minor units by account, beside what the fact itself books on 411."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Minor units of an invoice; `relieved` is the VAT inside `lost` that is not an expense."""

    doubtful: int = 0
    lost: int = 0
    relieved: int = 0

    @property
    def all(self) -> int:
        return self.doubtful + self.lost


NO_LOSS = Loss()


def doubted(loss: Loss, open_minor: int) -> tuple[Loss, Movements]:
    """
    Return the loss when all that is open is doubtful.

    Raises:
        StateConflictError: nothing is open.

    """
    if open_minor <= 0:
        raise StateConflictError(f"invoice: expected something open, found {open_minor}")
    after = Loss(loss.doubtful + open_minor, loss.lost, loss.relieved)
    return after, {RECEIVABLE: -open_minor, DOUBTFUL: open_minor}


def written_off(
    loss: Loss, open_minor: int, *, relieved: int, vat: str = VAT
) -> tuple[Loss, Movements]:
    """
    Return the loss when all that is open or doubtful is lost; `relieved` is VAT of it, on `vat`.

    Raises:
        StateConflictError: nothing is open or doubtful.

    """
    minor = open_minor + loss.doubtful
    if minor <= 0:
        raise StateConflictError(f"invoice: expected something open, found {minor}")
    after = Loss(0, loss.lost + minor, loss.relieved + relieved)
    return after, {
        RECEIVABLE: -open_minor,
        DOUBTFUL: -loss.doubtful,
        LOST: minor - relieved,
        vat: relieved,
    }


def recovered(loss: Loss, open_minor: int, minor: int, vat: str = VAT) -> tuple[Loss, Movements]:
    """
    Return what is left of a loss when so much settles the invoice after all.

    The fact that settles it books all of it on 411; the movements set that right.
    """
    if not loss.all:
        return loss, {}
    beyond = max(minor - max(open_minor, 0), 0)
    doubtful = min(beyond, loss.doubtful)
    lost = beyond - doubtful
    left = loss.lost - lost
    relieved = 0
    if lost:
        share = Fraction(loss.relieved * left, loss.lost)
        relieved = loss.relieved - rounded(share, Rounding.HALF_AWAY)
    after = Loss(loss.doubtful - doubtful, left, loss.relieved - relieved)
    return after, {
        RECEIVABLE: beyond,
        DOUBTFUL: -doubtful,
        LOST: relieved - lost,
        vat: -relieved,
    }
