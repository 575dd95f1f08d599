"""Define: the next version of a tax regime, which leaves alone the rates that have begun."""

from datetime import date
from typing import Protocol

from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.tax import Regime
from solde.ports.records import Record


class Regimes(Protocol):
    def regime(self, code: str) -> Regime: ...

    def put(self, regime: Regime, record: Record) -> None: ...


def define_regime(regime: Regime, regimes: Regimes, record: Record, *, today: date) -> None:
    """
    Store a version of a regime.

    Documents that are issued keep their rates; what is not issued yet takes the new ones.

    Raises:
        InvalidError: not the version that follows, or a rate that has begun was rewritten.
        StateConflictError: somebody else has stored this version meanwhile.

    """
    try:
        before = regimes.regime(regime.code)
    except NotFoundError:
        before = Regime(regime.code, 0, {})
    if regime.version != before.version + 1:
        raise InvalidError(
            f"version: expected {before.version + 1}, found {regime.version}", pointer="/version"
        )
    regime.must_keep(before, today)
    regimes.put(regime, record)
