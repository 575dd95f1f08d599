"""
The derivation tree of a document: what each amount is the fold of.

A document has the rows of each price walk, its discounts and its taxes; the tree adds what they
follow from: the tariff of the price version, the measured usage with its digest, the share of the
days, what a rounding key stood at before the line, what a correction is the difference of, and
what credit notes before have taken back. Document and tree together are enough to compute every
amount again. A charge that nobody has taught to tell itself says `unexplained`, aloud.
"""

from collections.abc import Sequence
from typing import Any

from solde.domain.catalog import ChargeKind, Price
from solde.domain.explanation.standing import ZERO, Keys
from solde.domain.explanation.stretches import UNEXPLAINED, by_day, measured
from solde.domain.explanation.tariff import tariff
from solde.domain.invoicing.document import ENGINE
from solde.domain.invoicing.draft import Draft
from solde.domain.invoicing.plan import CustomerPlan, Reasons
from solde.domain.invoicing.taken import key_of
from solde.domain.invoicing.texts import exact_text
from solde.domain.rating import Charge, ChargeKey

SCHEMA = 1
WALK, DIFFERENCE = "walk", "difference"


def explained(plan: CustomerPlan) -> tuple[dict[str, Any], ...]:
    """Return the tree of each document of a plan, in their order; none where nothing is known."""
    if plan.reasons is None or not plan.reasons.drafts:
        return ()
    keys = Keys(plan.reasons)
    return tuple([_tree(draft, plan.reasons, keys) for draft in plan.reasons.drafts])


class _Tariffs:
    """The price versions of a document, each told once."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self._places: dict[int, int] = {}

    def place(self, price: Price) -> int:
        if (found := self._places.get(id(price))) is not None:
            return found
        self._places[id(price)] = len(self.told)
        self.told.append(tariff(price))
        return len(self.told) - 1


def _tree(draft: Draft, reasons: Reasons, keys: Keys) -> dict[str, Any]:
    tariffs = _Tariffs()
    charges = [line.charge for line in draft.lines]
    again: dict[ChargeKey, int] = {}
    for one in charges:
        if keys.again(one.key) and one.key not in again:
            again[one.key] = len(again)
    tree: dict[str, Any] = {
        "schema": SCHEMA,
        "engine": ENGINE,
        "lines": [_line(one, tariffs, keys, again) for one in charges],
        "tariffs": tariffs.told,
    }
    if again:
        here = [[one for one in charges if one.key == key] for key in again]
        tree["keys"] = [
            keys.told(key, reasons.regime, mine) for key, mine in zip(again, here, strict=True)
        ]
    if draft.back:
        tree["back"] = _back(draft, reasons)
    return tree


def _line(
    charge: Charge, tariffs: _Tariffs, keys: Keys, again: dict[ChargeKey, int]
) -> dict[str, Any]:
    """Say how the exact amount of a line comes about, and what it was rounded on top of."""
    node: dict[str, Any] = {"how": _how(charge, keys), "tariff": tariffs.place(charge.price)}
    if node["how"] == DIFFERENCE:
        node["key"] = again[charge.key]
    else:
        node |= _share(charge)
        if charge.key.kind is ChargeKind.USAGE and (proposal := keys.proposal(charge.key)):
            node["usage"] = measured(charge, proposal)
    before = keys.before(charge)
    if before is not ZERO:
        node["before"] = {"exact": exact_text(before.exact), "gross": before.gross}
    return node


def _how(charge: Charge, keys: Keys) -> str:
    if charge.credited:
        return UNEXPLAINED
    if keys.again(charge.key):
        return DIFFERENCE
    return UNEXPLAINED if charge.exact and not charge.steps else WALK


def _share(charge: Charge) -> dict[str, Any]:
    said = by_day(charge.service, charge.price, charge.key.period)
    return {"share": said["share"]} if "share" in said else {}


def _back(draft: Draft, reasons: Reasons) -> Sequence[dict[str, Any]]:
    """Give what a note takes back of each original, after what, and of how much (R14)."""
    found = []
    for one in draft.back:
        rate = key_of(one.treatment)
        supplied = reasons.taken.supplied.get(one.original, {}).get(rate)
        said = {
            "original": one.original,
            "rate": rate,
            "before": one.before,
            "base": (one.gross or one.base).minor,
        }
        found.append(said if supplied is None else {**said, "supplied": supplied})
    return found
