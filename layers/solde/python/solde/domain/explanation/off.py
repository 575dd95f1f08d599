"""Discounts in a tree: which were taken, in what order, of what (R8, R9)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from solde.domain.discounts import ABOVE_CAP, Discount, Gift, Grant, Left, Order
from solde.domain.invoicing.allowances import in_order
from solde.domain.invoicing.draft import Draft
from solde.domain.invoicing.texts import plain
from solde.domain.rating import BilledLine, Proposal, Taken

WHOLE = Fraction(1)


def taken_off_document(
    draft: Draft, order: Order, gifts: Sequence[Left] = ()
) -> list[dict[str, Any]]:
    """
    Return each discount of a document in the order in which it was taken, with its lines.

    Those are the numbers of all lines that it is good for, also where nothing came off one.
    `of_full` says that it is a percentage of what lines came to before any of them. `gift` is what
    was taken of a granted wallet: an amount over all billing periods.
    """
    lines: dict[str, list[int]] = {}
    grants: dict[str, Grant] = {}
    for number, line in enumerate(draft.lines, 1):
        if line.charge.allowances and line.charge.listed:
            for grant, _ in line.charge.allowances:
                grants[grant.id] = grant
                lines.setdefault(grant.id, []).append(number)
    said = [_said(one, lines[one.id], order) for one in in_order(grants.values(), order)]
    return said + [_gift(gift, draft) for gift, _ in gifts if _took(gift, draft)]


def _took(gift: Gift, draft: Draft) -> bool:
    charges = (line.charge for line in draft.lines)
    return any(share.grant_id == gift.id for one in charges if one.listed for share in one.shares)


def _gift(gift: Gift, draft: Draft) -> dict[str, Any]:
    good = [
        number
        for number, line in enumerate(draft.lines, 1)
        if line.charge.listed and gift.good_for(line.charge.key.kind.value, line.charge.product.id)
    ]
    return {"id": gift.id, "gift": True, "lines": good}


def _said(one: Grant, lines: list[int], order: Order) -> dict[str, Any]:
    said: dict[str, Any] = {"id": one.id, "lines": lines}
    if (percent := one.offer.discount.percent) is not None:
        said["percent"] = plain(percent)
        if order is Order.EACH_ON_ORIGINAL:
            said["of_full"] = True
    return said


def taken_off_line(
    proposal: Proposal, billed: Sequence[BilledLine], taken: Taken
) -> dict[str, Any]:
    """
    Return what the discounts of a line are the difference of: taken off after it, less before.

    `grants` are in the order in which they are taken, with their percentage or their amount, of
    which `share` runs. Where the timeline has nothing any more, `billed` are those on its lines in
    all, of which `left` stays.
    """
    said: dict[str, Any] = {}
    if taken.left is None:
        said["grants"] = [_grant(one) for one in _sorted(proposal)]
        if taken.share != WHOLE and any(one.offer.discount.amount for one in proposal.discounts):
            said["share"] = str(taken.share)
        if proposal.order is Order.EACH_ON_ORIGINAL:
            ranks = [one.offer.discount.rank for one in proposal.discounts]
            said["of_full"] = ranks.count(ABOVE_CAP)
    else:
        said["left"] = str(taken.left)
        sums: dict[str, int] = {}
        for line in billed:
            for one in line.reductions:
                sums[one.grant_id] = sums.get(one.grant_id, 0) + one.amount.minor
        said["billed"] = [[name, minor] for name, minor in sums.items()]
    had = [[name, one.amount.minor] for name, one in taken.had.items() if one.amount.minor]
    return {**said, "had": had} if had else said


def _sorted(proposal: Proposal) -> Sequence[Grant]:
    if proposal.order is Order.AS_LISTED:
        return proposal.discounts
    return sorted(proposal.discounts, key=lambda one: _place(one.offer.discount))


def _place(one: Discount) -> tuple[int, bool]:
    return one.rank, one.percent is None


def _grant(one: Grant) -> list[Any]:
    discount = one.offer.discount
    if discount.amount is not None:
        return [one.id, discount.amount.minor]
    return [one.id, plain(discount.percent)] if discount.percent is not None else [one.id, 0]
