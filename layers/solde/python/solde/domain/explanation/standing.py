"""
What a rounding key stood at before each line (R3), and what it is worth as its timeline stands.

Nearly all keys are billed for the first time by one line: they stand at nothing, and are left out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from solde.domain.explanation.stretches import by_day, measured, units, walked
from solde.domain.invoicing.plan import Reasons
from solde.domain.invoicing.texts import exact_text
from solde.domain.rating import BilledLine, Charge, ChargeKey, Proposal, anew
from solde.domain.tax import Regime

NOTHING = Fraction(0)


class Standing(NamedTuple):
    """The exact amount and the rounded one, before discounts, in major and in minor units."""

    exact: Fraction
    gross: int


ZERO = Standing(NOTHING, 0)


class Keys:
    """The rounding keys of a plan of which more is to tell than one line."""

    def __init__(self, reasons: Reasons) -> None:
        self._proposals = {one.key: one for one in reasons.proposals}
        self._billed: dict[ChargeKey, list[BilledLine]] = defaultdict(list)
        for line in reasons.billed:
            self._billed[line.key].append(line)
        self._charges = reasons.charges
        counts = Counter(one.key for one in reasons.charges)
        self._many = {key for key, count in counts.items() if count > 1 or key in self._billed}
        self._before = self._standings() if self._many else {}

    def proposal(self, key: ChargeKey) -> Proposal | None:
        return self._proposals.get(key)

    def again(self, key: ChargeKey) -> bool:
        """Tell whether a key was billed before, so that a line is a difference."""
        return bool(self._many) and key in self._billed

    def before(self, charge: Charge) -> Standing:
        """Return what the key of a charge stood at when the charge was rounded."""
        if charge.key not in self._many:
            return ZERO
        return self._before[_name(charge)].pop(0)

    def told(self, key: ChargeKey, regime: Regime, here: Iterable[Charge]) -> dict[str, Any]:
        """Give what a key is worth now, what was billed of it, what other documents bill."""
        proposal, names = self._proposals[key], Counter(map(_name, here))
        elsewhere = [one for one in self._charges if one.key == key]
        elsewhere = [one for one in elsewhere if not _found(one, names)]
        return {
            "now": _now(proposal, regime),
            "billed": [
                [one.invoice_id, exact_text(one.exact), _gross(one)] for one in self._billed[key]
            ],
            "elsewhere": [exact_text(one.exact) for one in elsewhere],
        }

    def _standings(self) -> dict[Any, list[Standing]]:
        sums = {key: _sum(lines) for key, lines in self._billed.items()}
        found: dict[Any, list[Standing]] = defaultdict(list)
        for one in self._charges:
            if one.key in self._many:
                held = sums.get(one.key, ZERO)
                found[_name(one)].append(held)
                sums[one.key] = Standing(held.exact + one.exact, held.gross + one.gross.minor)
        return found


def _now(proposal: Proposal, regime: Regime) -> list[dict[str, Any]]:
    """Give what a key costs as its timeline stands, part by part."""
    if not proposal.stretches:
        return []
    price, period = proposal.price, proposal.key.period
    return [
        {
            **by_day(one.service, price, period),
            **walked(one),
            **({"usage": measured(one, proposal)} if proposal.measured else units(one)),
        }
        for one in anew(proposal._replace(credits=()), regime)
    ]


def _found(one: Charge, names: Counter[Any]) -> bool:
    """Take a charge from those that a document has."""
    if names[_name(one)] < 1:
        return False
    names[_name(one)] -= 1
    return True


def _name(one: Charge) -> Any:  # noqa: ANN401 - a key of this file alone
    """Tell charges of a plan apart: a document only adds its shares to them."""
    corrected = one.corrects.invoice_id if one.corrects else ""
    return one.key, one.service, one.units, one.exact, one.net.minor, corrected


def _sum(lines: Iterable[BilledLine]) -> Standing:
    exact, gross = NOTHING, 0
    for line in lines:
        exact, gross = exact + line.exact, gross + _gross(line)
    return Standing(exact, gross)


def _gross(line: BilledLine) -> int:
    return line.net.minor + sum(one.amount.minor for one in line.reductions)
