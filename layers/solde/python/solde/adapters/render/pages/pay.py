"""The page on which a payer chooses how to pay, and the one on which he waits for his page."""

from collections.abc import Mapping, Sequence

from solde.adapters.render.pages.shell import Visit, set_page
from solde.adapters.render.payment import SEPA_TRANSFER, TRANSFER, payment_of
from solde.domain.attempts import Attempt

SOON = 3
"""Seconds after which a browser without JavaScript looks again."""
LEFT_BY = {
    "declined": ("pay_failed", True),
    "void": ("pay_closed", False),
}
"""What is said of an attempt that has ended without money, and whether it went wrong."""


def pay_page(
    visit: Visit, ways: Sequence[str], attempts: Sequence[Attempt], *, note: str = ""
) -> str:
    """Set what is open, with the ways to pay it; an attempt under way is gone on with, or left."""
    header, said = visit.header, visit.said
    last = attempts[-1] if attempts else None
    key, wrong = LEFT_BY.get(last.state.value, ("", False)) if last and not note else (note, True)
    return set_page(
        visit,
        "pay.html.j2",
        said.say("pay_title", number=header.number),
        state=last.state.value if last else "new",
        note=said.say(key) if key else "",
        wrong=wrong,
        amount=visit.money(header.open_minor),
        due=due_said(visit),
        started=_started(visit, last) if last and last.open else None,
        choices=[(way, said.say(f"pay_with_{way}")) for way in ways],
        action=f"{visit.base}/pay",
        after=len(attempts),
        how=said.say("pay_how"),
        button=said.say("pay_button", amount=visit.money(header.open_minor)),
        leads=said.say("pay_leads"),
        nothing=said.say("pay_none", seller=visit.seller),
        transfer=_transfer(visit),
    )


def wait_page(visit: Visit, attempt: Attempt) -> str:
    """Set what a payer sees until his page is there, and then what leads to it."""
    said, url = visit.said, "" if attempt.left else attempt.url
    state = "left" if attempt.left else "ready" if url else "asked"
    return set_page(
        visit,
        "wait.html.j2",
        said.say("wait_title"),
        state=state,
        polls="" if url else SOON,
        go=url,
        text=said.say(f"wait_{state}"),
        on={
            "href": url or f"{visit.base}/wait",
            "label": said.say("pay_continue" if url else "wait_again"),
        },
    )


def due_said(visit: Visit) -> str:
    late = visit.today > visit.header.due_on
    return visit.said.say("pay_overdue" if late else "pay_due", day=visit.day(visit.header.due_on))


def _started(visit: Visit, attempt: Attempt) -> Mapping[str, object]:
    said = visit.said
    url = "" if attempt.left else attempt.url
    return {
        "text": said.say("pay_started", amount=visit.money(attempt.amount.minor)),
        "href": url or f"{visit.base}/wait",
        "label": said.say("pay_continue"),
        "leave": f"{visit.base}/leave",
        "number": attempt.number,
        "other": said.say("pay_other"),
    }


def _transfer(visit: Visit) -> Mapping[str, object] | None:
    """Say how to pay what is open by transfer, where the document asks for one."""
    open_minor = visit.header.open_minor
    document = {**visit.document, "totals": {**visit.document["totals"], "due": open_minor}}
    payment = payment_of(document)
    if payment is None or payment.means not in (TRANSFER, SEPA_TRANSFER):
        return None
    from solde.adapters.render.transfer import QUIET, path, transfer_code  # noqa: PLC0415 - slow

    said, rows = visit.said, transfer_code(document)
    facts = [
        (said.say("transfer_to"), payment.account_name),
        ("IBAN", _grouped(payment.iban)),
        ("BIC", payment.bic),
        (said.say("transfer_reference"), payment.reference),
        (said.say("pay_amount"), visit.money(open_minor)),
    ]
    return {
        "title": said.say("pay_with_transfer"),
        "facts": [one for one in facts if one[1]],
        "code": path(rows) if rows else "",
        "side": len(rows) + 2 * QUIET,
        "said": said.say("pay_code"),
    }


def _grouped(iban: str) -> str:
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))
