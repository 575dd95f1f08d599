"""What became of paying: told from what is stored, never from what a browser brings back."""

from collections.abc import Mapping, Sequence

from solde.adapters.render.pages.shell import Visit, set_page
from solde.domain.attempts import PROVIDERS, Attempt, AttemptState
from solde.domain.payments import BANK, Payment
from solde.ports.billing import Header

PAID, BOOKING, PENDING, FAILED, PART, OPEN = "paid", "booking", "pending", "failed", "part", "open"
POLLS = (BOOKING, PENDING)
LATER = 10
"""Seconds after which a browser without JavaScript looks again."""


def state_of(header: Header, attempts: Sequence[Attempt], payments: Sequence[Payment]) -> str:
    """Return how far paying has come: money that a provider has is being booked at first."""
    last = attempts[-1] if attempts else None
    booked = {one.reference for one in payments}
    if header.open_minor <= 0:
        return PAID
    if last and last.open:
        return PENDING
    if last and last.state is AttemptState.SETTLED and last.reference not in booked:
        return BOOKING
    if last and last.state is not AttemptState.SETTLED:
        return FAILED
    return PART if header.paid_minor else OPEN


def result_page(visit: Visit, attempts: Sequence[Attempt], payments: Sequence[Payment]) -> str:
    """Set the result of paying, with the receipt of whatever was paid."""
    state, said = state_of(visit.header, attempts, payments), visit.said
    return set_page(
        visit,
        "paid.html.j2",
        said.say(f"result_{state}_title", number=visit.header.number),
        state=state,
        polls=LATER if state in POLLS else "",
        text=said.say(f"result_{state}"),
        actions=list(_actions(visit, state, attempts)),
        receipt=_receipt(visit, payments) if visit.header.paid_minor else None,
    )


def _actions(
    visit: Visit, state: str, attempts: Sequence[Attempt]
) -> Sequence[Mapping[str, object]]:
    said, pay = visit.said, f"{visit.base}/pay"
    if state == PENDING and attempts[-1].url and not attempts[-1].left:
        last = attempts[-1]
        return (
            {"href": last.url, "label": said.say("pay_continue"), "post": ""},
            {"href": f"{visit.base}/leave", "label": said.say("pay_other"), "post": last.number},
        )
    if state in (FAILED, PART, OPEN):
        return ({"href": pay, "label": said.say("pay_again"), "post": ""},)
    return ()


def _receipt(visit: Visit, payments: Sequence[Payment]) -> Mapping[str, object]:
    """Say what was paid when and by which way, and what credit has settled beside it."""
    said, header = visit.said, visit.header
    rows = [
        (visit.day(one.received_on), _way(visit, one), visit.money(one.allocated_minor))
        for one in payments
    ]
    by_credit = header.paid_minor - sum(one.allocated_minor for one in payments)
    if by_credit > 0:
        rows.append(("", said.say("receipt_credit"), visit.money(by_credit)))
    return {
        "title": said.say("receipt"),
        "facts": [
            (said.say("number"), header.number),
            (said.say("issued_on"), visit.day(header.issued_on)),
            (said.say("gross"), visit.money(header.gross_minor)),
        ],
        "columns": [said.say("receipt_on"), said.say("receipt_by"), said.say("pay_amount")],
        "rows": rows,
        "sums": [
            (said.say("receipt_paid"), visit.money(header.paid_minor)),
            (said.say("receipt_open"), visit.money(header.open_minor)),
        ],
    }


def _way(visit: Visit, payment: Payment) -> str:
    if payment.provider == BANK:
        return visit.said.say("receipt_transfer")
    known = payment.provider in PROVIDERS
    return visit.said.say(f"pay_with_{payment.provider}" if known else "receipt_other")
