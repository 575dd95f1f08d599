"""The pure heart of a bill run: one customer's documents, from everything that was read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from solde.domain.discounts import Left
from solde.domain.invoicing.allowances import Given, allowed
from solde.domain.invoicing.apart import apart
from solde.domain.invoicing.consolidate import Group, consolidate
from solde.domain.invoicing.document import draft_document
from solde.domain.invoicing.draft import CREDIT_NOTE, Draft, drafts
from solde.domain.invoicing.due import by_due
from solde.domain.invoicing.gifts import without_gifts
from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.invoicing.profiles import BY_LINE, NO_PROFILE, must_carry
from solde.domain.invoicing.taken import NOTHING, Taken
from solde.domain.invoicing.usage_shown import add_usage, asked
from solde.domain.rating import (
    Adjustment,
    BilledLine,
    Charge,
    Outlook,
    Proposal,
    Terms,
    Window,
    compare,
    credited,
    extras,
    next_extra_on,
    outlook,
    proposals_of,
    withdrawn,
)
from solde.domain.subscriptions import Subscription
from solde.domain.tax import Exchange, Regime
from solde.domain.tax.chargeability import AT_ISSUE
from solde.domain.values import light


class Reasons(NamedTuple):
    """
    What documents were made of, draft by draft in their order, for who explains them.

    `charges` are all charges in the order in which they were rounded; `billed` are the lines that
    they were compared with.
    """

    drafts: Sequence[Draft]
    charges: Sequence[Charge]
    proposals: Sequence[Proposal]
    billed: Sequence[BilledLine]
    taken: Taken
    regime: Regime
    gifts: Sequence[Left] = ()


@light
@dataclass(frozen=True, slots=True)
class CustomerPlan:
    """Drafts in order of their groups, and what the billing state takes over when issued."""

    documents: tuple[Mapping[str, Any], ...]
    next_due_on: date | None
    covered_to: date | None
    """
    The end of the latest billing period that was looked at, also where it came to nothing: a later
    change of it may come to a cent.
    """
    reasons: "Reasons | None" = None
    """What the documents were made of; only their explanation asks."""

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(document["kind"] for document in self.documents)

    @property
    def total_minor(self) -> int:
        """Invoices less credit notes; one customer's documents of a run have one currency each."""
        return sum(
            document["totals"]["gross"] * (-1 if document["kind"] == CREDIT_NOTE else 1)
            for document in self.documents
        )


@light
@dataclass(frozen=True, slots=True)
class Billed:
    """Whom a plan is for, and what was issued to him that the window reopens."""

    customer: Customer
    entity: Entity
    lines: Sequence[BilledLine] = ()
    taken: Taken = NOTHING
    """What was taken back so far of the documents of these lines, by whatever document."""
    given: Given = field(default_factory=dict)
    """What amounts off documents were given in the periods that the window can bill."""
    exchange: Mapping[str, Exchange] = field(default_factory=dict)
    """By currency: the last rate known to the one that the entity books in."""
    adjustments: Sequence[Adjustment] = ()
    """What a person has charged or given back by hand."""
    gifts: Sequence[Left] = ()
    """What he may have off, in the order in which he has it."""


class Looked(NamedTuple):
    """What of each subscription is due to be billed to somebody, and when more will be."""

    billed: Billed
    subscriptions: Sequence[Subscription]
    window: Window
    terms: Terms
    looks: Sequence[Outlook]


class Proposed(NamedTuple):
    """What should have been billed to somebody, before it is compared with what was."""

    billed: Billed
    proposals: Sequence[Proposal]
    next_days: Sequence[date]
    """The next day of each subscription, and of the lines by hand."""
    window: Window
    terms: Terms


class Compared(NamedTuple):
    """What has not been billed of what should have been, charge by charge."""

    what: Proposed
    charges: Sequence[Charge]


class Drafted(NamedTuple):
    """How that is put on documents, one by one."""

    found: Compared
    drafts: Sequence[Draft]


def plan_customer(
    billed: Billed, subscriptions: Sequence[Subscription], window: Window, terms: Terms
) -> CustomerPlan:
    """
    Look, propose, compare, draft, document: equal inputs give equal bytes.

    Whoever plans for many takes all of them through each step before the next: see `plan.py` of
    the bill run.
    """
    return decide(looked(billed, subscriptions, window, terms))


def decide(look: Looked) -> CustomerPlan:
    """Take all steps for one customer."""
    return documented(drafted(compared(proposed(look))))


def looked(
    billed: Billed, subscriptions: Sequence[Subscription], window: Window, terms: Terms
) -> Looked:
    looks = [outlook(one, window, terms.catalog) for one in subscriptions]
    return Looked(billed, subscriptions, window, terms, looks)


def proposed(look: Looked) -> Proposed:
    billed, subscriptions, window, terms, looks = look
    proposals = [one for each in looks for one in proposals_of(each, window, terms)]
    if billed.adjustments:
        proposals += extras(billed.adjustments, window)
    proposals += _withdrawn(proposals, billed.lines, subscriptions, window, terms)
    if billed.adjustments:
        proposals = list(credited(proposals, billed.adjustments))
    return Proposed(billed, proposals, _next_days(looks, billed, window), window, terms)


def compared(what: Proposed) -> Compared:
    return Compared(what, compare(what.proposals, what.billed.lines, regime=what.terms.regime))


def drafted(found: Compared) -> Drafted:
    (billed, _, _, window, terms), charges = found
    on = window.target_on
    wholes = consolidate(charges, customer=billed.customer, entity=billed.entity, on=on)
    groups = _taxed(wholes, billed.entity)
    if [one for one in charges if one.allowances]:
        groups = allowed(groups, billed.given, terms.order)
    if billed.gifts:
        groups = without_gifts(groups, billed.gifts)
    return Drafted(found, list(_drafts(groups, billed)))


def documented(made: Drafted) -> CustomerPlan:
    (what, charges), made_of = made
    billed, proposals, next_days, window, terms = what
    customer = billed.customer.as_of(window.target_on)
    documents = tuple(
        [
            draft_document(
                draft,
                entity=billed.entity,
                customer=customer,
                exchange=billed.exchange.get(draft.group.key.currency),
            )
            for draft in made_of
        ]
    )
    if parts := asked(billed.entity, customer) if billed.entity.templates else None:
        add_usage(documents, made_of, parts, terms, window.target_on)
    return CustomerPlan(
        documents=documents,
        next_due_on=min(next_days, default=None),
        covered_to=max([one.key.period.end_on for one in proposals], default=None),
        reasons=Reasons(
            made_of, charges, proposals, billed.lines, billed.taken, terms.regime, billed.gifts
        ),
    )


def _taxed(wholes: Iterable[Group], seller: Entity) -> tuple[Group, ...]:
    """
    Return what tax keeps apart, with the seller's policies of tax.

    Raises:
        InvalidError: a group is in a currency that his e-invoices cannot be in.

    """
    policy = seller.inclusive_tax
    groups = tuple([part for whole in wholes for part in apart(whole, policy)])
    if seller.e_invoice != NO_PROFILE:
        for one in groups:
            must_carry(seller.e_invoice, one.key.currency)
    if seller.services_due != AT_ISSUE:
        groups = tuple([part for one in groups for part in by_due(one, seller.services_due)])
    if seller.tax_level == BY_LINE:
        groups = tuple([one._replace(by_line=not one.inclusive) for one in groups])
    return groups


def _next_days(looks: Iterable[Outlook], billed: Billed, window: Window) -> list[date]:
    """Return the next day of each subscription, and of the lines by hand."""
    days = [each.next_due_on for each in looks if each.next_due_on]
    if billed.adjustments and (by_hand := next_extra_on(billed.adjustments, window.target_on)):
        days.append(by_hand)
    return days


def _drafts(groups: Iterable[Group], billed: Billed) -> Iterator[Draft]:
    """Draft group by group: what one takes back of a document, the next has to count."""
    taken = billed.taken
    for group in groups:
        yield from drafts(group, taken)
        if billed.lines:
            taken = taken.after(group.charges)


def _withdrawn(
    proposals: Sequence[Proposal],
    lines: Sequence[BilledLine],
    subscriptions: Sequence[Subscription],
    window: Window,
    terms: Terms,
) -> list[Proposal]:
    """Propose nothing for what was billed in a reopened period and is on the timeline no more."""
    if not lines:
        return []
    proposed = {one.key for one in proposals}
    by_id = {one.id: one for one in subscriptions}
    gone = {
        line.key: by_id[line.subscription_id]
        for line in lines
        if line.key not in proposed and window.reopens(line.key.period)
    }
    return list(withdrawn(gone, terms.catalog))
