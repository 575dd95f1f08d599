"""
The derivation tree of a document: what each amount is the fold of.

A document has the rows of each price walk, its discounts and its taxes; the tree adds what they
follow from: the tariff of the price version, the measured usage with its digest, the share of the
days, what a rounding key stood at before the line, what a correction is the difference of, what a
commitment counted, and what credit notes before have taken back. Document and tree together are
enough to compute every amount again. A charge that nobody has taught to tell itself says
`unexplained`, aloud.
"""

from typing import Any

from solde.domain.catalog import ChargeKind
from solde.domain.explanation.back import backs
from solde.domain.explanation.off import taken_off_document
from solde.domain.explanation.standing import ZERO, Keys, price_of
from solde.domain.explanation.stretches import (
    COMMITMENT,
    LAYERS,
    UNEXPLAINED,
    WALK,
    cut,
    measured,
    shared,
)
from solde.domain.explanation.told import Told
from solde.domain.invoicing.document import ENGINE
from solde.domain.invoicing.draft import Draft
from solde.domain.invoicing.plan import CustomerPlan, Reasons
from solde.domain.invoicing.texts import exact_text
from solde.domain.rating import Charge, ChargeKey

SCHEMA = 2
DIFFERENCE, CREDIT = "difference", "credit"
NODE = "node"
"""Under this name lies what trees say of a charge that is alike."""


def explained(plan: CustomerPlan) -> tuple[dict[str, Any], ...]:
    """Return the tree of each document of a plan, in their order; none where nothing is known."""
    if plan.reasons is None or not plan.reasons.drafts:
        return ()
    keys = Keys(plan.reasons)
    return tuple([_tree(draft, plan.reasons, keys) for draft in plan.reasons.drafts])


def _tree(draft: Draft, reasons: Reasons, keys: Keys) -> dict[str, Any]:
    told = Told()
    charges = [line.charge for line in draft.lines]
    here: dict[ChargeKey, list[Charge]] = {}
    for one in charges:
        if keys.again(one.key):
            here.setdefault(one.key, []).append(one)
    again = {key: number for number, key in enumerate(here)}
    tree: dict[str, Any] = {
        "schema": SCHEMA,
        "engine": ENGINE,
        "lines": [_line(one, told, keys, again) for one in charges],
        "tariffs": told.tariffs,
    }
    if here:
        tree["keys"] = [keys.told(key, reasons.regime, mine, told) for key, mine in here.items()]
    tree |= told.limits
    if any(one.allowances or one.shares for one in charges) and reasons.proposals:
        order = reasons.proposals[0].order
        if taken := taken_off_document(draft, order, reasons.gifts):
            tree["allowances"] = taken
    if draft.back:
        tree["back"] = backs(draft, reasons.taken)
    return tree


def _line(charge: Charge, told: Told, keys: Keys, again: dict[ChargeKey, int]) -> dict[str, Any]:
    """Say how the exact amount of a line comes about, and what it was rounded on top of."""
    node: dict[str, Any] = {"how": WALK, "tariff": told.tariff(charge.price)}
    if charge.key in again:
        node["how"] = CREDIT if _only_credit(charge) else DIFFERENCE
        node["key"] = again[charge.key]
    else:
        node |= _alone(charge, told, keys)
    before = keys.before(charge)
    if before is not ZERO and node["how"] != CREDIT:
        node["before"] = {"exact": exact_text(before.exact), "gross": before.gross}
    if charge.reductions and (off := keys.off(charge)):
        node["off"] = off
        if "grants" in off and (caps := keys.proposal(charge.key).caps):
            off["caps"] = [told.cap(charge.key, one) for one in caps]
    return node


def _only_credit(charge: Charge) -> bool:
    return bool(charge.credited) and not charge.units and not price_of(charge).exact


def _alone(charge: Charge, told: Told, keys: Keys) -> dict[str, Any]:
    """Say what a line is that nothing was billed of before; of what is alike it is said once."""
    alike = charge.same
    if alike is None:
        return _first(charge, told, keys)
    if NODE not in alike.kept:
        alike.kept[NODE] = _first(charge, told, keys)
    found: dict[str, Any] = alike.kept[NODE]
    return found


def _first(charge: Charge, told: Told, keys: Keys) -> dict[str, Any]:
    """Say its own rows, shares and counts."""
    kind, service = charge.key.kind, charge.service
    if kind is ChargeKind.COMMITMENT:
        proposal = keys.proposal(charge.key)
        whole = proposal.stretches[0].service
        place = told.commitment(proposal)
        return {"how": COMMITMENT, "commitment": place, **cut(service, whole)}
    if kind is ChargeKind.USAGE:
        proposal = keys.proposal(charge.key)
        said: dict[str, Any] = {"usage": measured(charge, proposal)}
    else:
        said = shared(service, charge.price, charge.key.period, keys.proposal(charge.key))
        if "layers" in said:
            return {"how": LAYERS, **said}
    return {"how": UNEXPLAINED, **said} if charge.exact and not charge.steps else said
