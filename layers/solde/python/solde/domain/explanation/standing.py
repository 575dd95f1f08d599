"""
What a rounding key stood at before each line (R3), and what it is worth as its timeline stands.

Nearly all keys are billed for the first time by one line: they stand at nothing, and are left out.
Price and credits by hand are told apart: each has its own sum.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Reduction
from solde.domain.explanation.credits import credit
from solde.domain.explanation.off import taken_off_line
from solde.domain.explanation.stretches import (
    cut,
    days,
    measured,
    shared,
    units,
    walked,
)
from solde.domain.explanation.told import Told
from solde.domain.invoicing.plan import Reasons
from solde.domain.invoicing.texts import exact_text
from solde.domain.rating import (
    BilledLine,
    Charge,
    ChargeKey,
    Difference,
    Proposal,
    Taken,
    anew,
    given,
    taken_off,
    untold,
)
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
        self._regime = reasons.regime
        self._off: dict[ChargeKey, list[tuple[tuple[Reduction, ...], Taken]]] = {}
        self._many = _many([one.key for one in reasons.charges], self._billed)
        self._charges: dict[ChargeKey, list[Charge]] = defaultdict(list)
        self._before: dict[Any, list[Standing]] = defaultdict(list)
        if self._many:
            self._stand(reasons.charges)

    def proposal(self, key: ChargeKey) -> Proposal:
        return self._proposals[key]

    def again(self, key: ChargeKey) -> bool:
        """Tell whether a key was billed before, so that a line is a difference."""
        return bool(self._many) and key in self._billed

    def before(self, charge: Charge) -> Standing:
        """Return what the price of a charge's key stood at when the charge was rounded."""
        if not self._many or charge.key not in self._many:
            return ZERO
        return self._before[_name(charge)].pop(0)

    def off(self, charge: Charge) -> dict[str, Any]:
        """Return what the discounts of a charge follow from; of each charge once."""
        key, lines = charge.key, self._billed.get(charge.key, [])
        proposal = self._proposals[key]
        if key not in self._off:
            self._off[key] = taken_off(proposal, lines, self._regime)
        for place, (off, taken) in enumerate(self._off[key]):
            if off == charge.reductions:
                del self._off[key][place]
                return taken_off_line(proposal, lines, taken)
        return {}

    def told(
        self, key: ChargeKey, regime: Regime, here: Sequence[Charge], told: Told
    ) -> dict[str, Any]:
        """Give what a key is worth now, what was billed of it, what other documents bill."""
        proposal, elsewhere = self._proposals[key], self._elsewhere(key, here)
        lines, worth = self._billed[key], _worth(proposal, regime)
        left = self._untold(proposal, worth, regime)
        said = {
            "now": _now(proposal, worth, told),
            "billed": [[one.invoice_id, *_texts(price_of(one))] for one in lines],
            "elsewhere": [exact_text(price_of(one).exact) for one in elsewhere],
            "untold": [exact_text(price_of(one).exact) for one in left],
        }
        if proposal.credits:
            found = given(proposal, lines, regime)
            said["credits"] = [credit(one, lines, elsewhere, left) for one in found]
        return said

    def _elsewhere(self, key: ChargeKey, here: Sequence[Charge]) -> Sequence[Charge]:
        """Return the charges of a key that are not in a document; mostly it has them all."""
        every = self._charges[key]
        if len(every) == len(here):
            return ()
        names = Counter(map(_name, here))
        return [one for one in every if not _found(one, names)]

    def _untold(
        self, proposal: Proposal, worth: Sequence[Difference], regime: Regime
    ) -> list[Charge]:
        """Return what no document has a line of: looked for where something is missing."""
        lines = self._billed[proposal.key]
        billed = sum([price_of(one).exact for one in lines], NOTHING)
        more = sum([price_of(one).exact for one in self._charges[proposal.key]], NOTHING)
        if not proposal.credits and sum([one.exact for one in worth], NOTHING) == billed + more:
            return []
        return untold(proposal, lines, regime)

    def _stand(self, charges: Iterable[Charge]) -> None:
        """Note what each charge was rounded on top of, in the order of rounding."""
        sums = {key: _sum(lines) for key, lines in self._billed.items()}
        for one in charges:
            if one.key in self._many:
                held = sums.get(one.key, ZERO)
                self._charges[one.key].append(one)
                self._before[_name(one)].append(held)
                sums[one.key] = _plus(held, price_of(one))


def _many(keys: Sequence[ChargeKey], billed: Mapping[ChargeKey, object]) -> set[ChargeKey]:
    """Return the keys that were billed before, or are by several charges: mostly none."""
    if not billed and len(set(map(id, keys))) == len(keys):  # charges of a proposal share its key
        return set()
    return {key for key, count in Counter(keys).items() if count > 1 or key in billed}


def price_of(one: BilledLine | Charge) -> Standing:
    """Return what a line or charge is of its price: without what is credited by hand in it."""
    gross = one.net.minor + sum([each.amount.minor for each in one.reductions])
    if not one.credited:
        return Standing(one.exact, gross)
    exact = one.exact - sum([part.exact for part in one.credited], NOTHING)
    return Standing(exact, gross - sum([part.net for part in one.credited]))


def _worth(proposal: Proposal, regime: Regime) -> Sequence[Difference]:
    return anew(proposal._replace(credits=()), regime) if proposal.stretches else ()


def _now(proposal: Proposal, worth: Sequence[Difference], told: Told) -> list[dict[str, Any]]:
    """Give what a key costs as its timeline stands, part by part."""
    if proposal.stretches and proposal.key.kind is ChargeKind.COMMITMENT:
        return _missing(proposal, worth, told)
    price, period = proposal.price, proposal.key.period
    said = []
    for one in worth:
        parts = shared(one.service, price, period, proposal)
        rows = {} if "layers" in parts else walked(one)
        count = {"usage": measured(one, proposal)} if proposal.measured else units(one)
        said.append({**days(one.service), **parts, **rows, **count})
    return said


def _missing(proposal: Proposal, worth: Sequence[Difference], told: Told) -> list[dict[str, Any]]:
    """Give what a commitment misses; where it misses nothing, why."""
    place = told.commitment(proposal)
    whole = proposal.stretches[0].service
    parts = [one.service for one in worth] or [whole]
    return [{**days(one), **cut(one, whole), "commitment": place} for one in parts]


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


def _sum(lines: Sequence[BilledLine]) -> Standing:
    found = ZERO
    for line in lines:
        found = _plus(found, price_of(line))
    return found


def _plus(one: Standing, more: Standing) -> Standing:
    return Standing(one.exact + more.exact, one.gross + more.gross)


def _texts(one: Standing) -> tuple[str, int]:
    return exact_text(one.exact), one.gross
