"""Which discounts a proposed charge has: those that cover its period and are good for it."""

import hashlib
from collections.abc import Sequence

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Level
from solde.domain.rating.charge import Proposal
from solde.domain.subscriptions import Covering


def covered(proposals: Sequence[Proposal], covering: Covering) -> Sequence[Proposal]:
    """Give each proposal its discounts; those of its lines count among its inputs."""
    return [_covered(one, covering) for one in proposals] if covering else proposals


def _covered(one: Proposal, covering: Covering) -> Proposal:
    key = one.key
    once = key.kind is ChargeKind.ONE_TIME
    found = covering.of(key.component, one.product.id, key.period, once=once)
    of_line = tuple(each.grant for each in found if each.grant.offer.level is Level.LINE)
    if key.kind is ChargeKind.COMMITMENT:
        of_line = ()  # what is missing is reckoned after the discounts of lines
    of_document = tuple(each for each in found if each.grant.offer.level is Level.DOCUMENT)
    inputs = one.inputs
    if of_line:
        told = "|".join((inputs, *(grant.id for grant in of_line)))
        inputs = hashlib.sha256(told.encode()).hexdigest()[:16]
    return one._replace(discounts=of_line, allowances=of_document, inputs=inputs)
