"""Credit notes: what is given back, never more than is left, and where it goes."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from solde.domain.credit import LineLeft, Remains
from solde.domain.credit.policies import each_on_its_own
from solde.domain.discounts import spread
from solde.domain.money import Money, Rounding
from solde.domain.periods import Period
from solde.domain.settlement import Lot, prepaid_of, prepay, settle_notes
from solde.domain.tax import Treatment, tax_on
from tests.conformance.asked import Asked, UnsupportedError
from tests.conformance.kinds.shared import amount

Answer = dict[str, Any]
HUNDRED, ONE_DAY = 100, timedelta(days=1)
ROUNDED = {
    "rounding__mode": "half_up",
    "rounding__scale": 2,
    "rounding__stage": "net and tax separately",
}
PRO_RATA = ("credited pro rata", "reversed in proportion")


def _rate(asked: Asked) -> Treatment:
    return Treatment("S", asked.number("tax_percent"), "standard")


def _part(whole: Money, above: object, below: object) -> Money:
    return whole.share(Fraction(str(above)) / Fraction(str(below)), Rounding.HALF_AWAY)


def _taxed(net: Money, asked: Asked) -> dict[str, Any]:
    tax = tax_on(net, _rate(asked))
    return {"net": net.major, "tax": tax.major, "total": (net + tax).major}


def prorated(asked: Asked) -> Answer:
    asked.convention.accept(**ROUNDED)
    return _taxed(_part(amount(asked, asked["price"]), asked["unused"], asked["period"]), asked)


def terminated(asked: Asked) -> Answer:
    asked.convention.accept(
        proration__unit="day",
        proration__denominator="period_days",
        proration__period_end="inclusive",
        **ROUNDED,
    )
    period, price = _days(asked["period"]), amount(asked, asked["price"])
    served = Period(date.fromisoformat(asked["service_from"]), period.end_on)
    unused_from = date.fromisoformat(asked["terminated_on"]) + ONE_DAY
    billed = _taxed(price.share(served.share_of(period), Rounding.HALF_AWAY), asked)
    share = Fraction((period.end_on - unused_from).days, period.days)
    back = _taxed(price.share(share, Rounding.HALF_AWAY), asked)
    return {"invoice_total": billed["total"]} | {f"credit_{name}": back[name] for name in back}


def _days(said: dict[str, str]) -> Period:
    return Period(date.fromisoformat(said["from"]), date.fromisoformat(said["to"]) + ONE_DAY)


def sequence(asked: Asked) -> Answer:
    asked.convention.accept(
        last_credit="takes whatever is left of the invoice net and tax",
        discount=PRO_RATA,
        **ROUNDED,
    )
    fees = [amount(asked, one) for one in asked["fees"]]
    whole = sum(fees, Money(0, asked["currency"]))
    off = amount(asked, asked["invoice_discount"])
    invoiced = whole - off
    bases, given = [], Money(0, asked["currency"])
    for one in (amount(asked, each) for each in asked["credits"]):
        before, given = given, given + one
        bases.append(
            one - (_part(off, given.minor, whole.minor) - _part(off, before.minor, whole.minor))
        )
    taxes = each_on_its_own(bases, _rate(asked), invoiced)
    tax = tax_on(invoiced, _rate(asked))
    notes = [
        {"net": net.major, "tax": one.major, "total": (net + one).major}
        for net, one in zip(bases, taxes, strict=True)
    ]
    return {
        "invoice_tax": tax.major,
        "invoice_total": (invoiced + tax).major,
        "credit_notes": notes,
    }


def with_coupon(asked: Asked) -> Answer:
    asked.convention.accept(stage="computed unrounded, each figure rounded once", **ROUNDED)
    credited = amount(asked, asked["credited_amount"])
    off = _part(amount(asked, asked["fee_coupon"]), asked["credited_amount"], asked["fee"])
    return {"coupon_adjustment": off.major, **_taxed(credited - off, asked)}


def lines(asked: Asked) -> Answer:
    asked.convention.accept(discount=PRO_RATA, rounding__mode="half_up", rounding__scale=2)
    nets = [amount(asked, one) for one in asked["lines"]]
    zero = Money(0, asked["currency"])
    whole = sum(nets, zero)
    shares = spread(_part(whole, asked["discount_percent"], HUNDRED), nets)
    listed = base = zero
    for one in asked["credits"]:
        net, share = nets[one["line"]], shares[one["line"]]
        part = amount(asked, one["amount"]) if "amount" in one else net
        listed += part
        base += part - _part(share, part.minor, net.minor)
    tax = tax_on(base, _rate(asked))
    return {
        "subtotal": -listed.major,
        "tax": -tax.major,
        "total": -(base + tax).major,
    }


def fewer(asked: Asked) -> Answer:
    asked.convention.accept(discount=PRO_RATA)
    gross = amount(asked, asked.number("quantity_removed") * asked.number("unit_price"))
    return {"credit": (gross - _part(gross, asked["discount_percent"], HUNDRED)).major}


def capped(asked: Asked) -> Answer:
    asked.convention.accept(cap="total credited never exceeds the original amount")
    original, before, wanted = (
        amount(asked, asked[name]).minor
        for name in ("original_amount", "previous_credits", "potential_credit")
    )
    line = LineLeft(1, ("one",), "S/20", original)
    left = Remains("EUR", (line,), {("one",): original}, {"S/20": original}).after(1, before)
    return {"credit": Money(min(wanted, left.of(1)), "EUR").major}


def applied(asked: Asked) -> Answer:
    asked.convention.accept()
    credit, due = (amount(asked, asked[name]) for name in ("credit_balance", "invoice_total"))
    used = _used(credit, due)
    return {"due": (due - used).major, "credit_left": (credit - used).major}


def flow(asked: Asked) -> Answer:
    asked.convention.accept(
        credit="net negative invoice becomes account credit; later charges consume it first"
    )
    credit, zero = amount(asked, asked["opening_credit"]), Money(0, asked["currency"])
    credits_, dues = [], []
    for one in asked["invoices"]:
        net = sum((amount(asked, each) for each in one["charges"]), zero)
        net -= sum((amount(asked, each) for each in one["credits"]), zero)
        used = _used(credit, net) if net.minor > 0 else net
        credit -= used
        credits_.append(credit.major)
        dues.append((net - used).major)
    return {"credit_after_each": credits_, "due_each": dues}


def merged(asked: Asked) -> Answer:
    """The members of a merged invoice use no credit of their own: it is used once, of the whole."""
    asked.convention.accept(credit="applied once on the merged invoice")
    members = [amount(asked, one) for one in asked["members"]]
    total = sum(members, Money(0, asked["currency"]))
    used = _used(amount(asked, asked["balance"]), total)
    return {
        "total": total.major,
        "credit_applied": used.major,
        "due": (total - used).major,
        "member_credits": [Money(0, one.currency).major for one in members],
    }


def _used(credit: Money, due: Money) -> Money:
    """Return what an invoice uses of a lot of credit."""
    totals = {"gross": due.minor, "prepaid": 0, "due": due.minor}
    draft = {"kind": "invoice", "currency": due.currency, "totals": totals}
    (found,) = prepay([draft], [Lot("lot", "cus", "e", credit)], date.min)
    return Money(prepaid_of(found).get("lot", 0), due.currency)


def _noted(asked: Asked, credited: Money, open_: Money) -> tuple[Money, Money]:
    """Return what is open of an invoice after a note of it, and what is over."""
    note = {
        "kind": "credit_note",
        "envelope": {"id": "note"},
        "totals": {"gross": credited.minor},
        "corrects": [{"id": "invoice", "taxes": [{"base": credited.minor, "tax": 0}]}],
    }
    found = settle_notes([note], {"invoice": open_.minor})
    received = Money(found.received.get("invoice", 0), asked["currency"])
    return open_ - received, Money(found.rest["note"], asked["currency"])


def debt(asked: Asked) -> Answer:
    asked.convention.accept(debt_cancellation="reduces the amount due of an unpaid invoice")
    credited, due = (amount(asked, asked[name]) for name in ("credit_total", "amount_due"))
    left, over = _noted(asked, credited, due)
    return {
        "amount_due": left.major,
        "to_balance": over.major,
        "refunded": 0,
        "invoice_settled": not left.minor,
    }


def adjusted(asked: Asked) -> Answer:
    asked.convention.accept(
        adjustment=(
            "on a paid invoice becomes account credit",
            "on an unpaid invoice lowers its balance",
        )
    )
    total, paid = (amount(asked, asked[name]) for name in ("invoice_total", "paid"))
    left, over = _noted(asked, amount(asked, asked["adjustment"]), total - paid)
    return {"balance": left.major, "account_credit": over.major}


def split(asked: Asked) -> Answer:
    """A note of a paid invoice: the card gets back what it gave, the balance the rest."""
    asked.convention.accept(refund="the part paid from customer balance goes back to balance")
    if asked["kind"] != "refund":
        raise UnsupportedError(f"no kind of refund {asked['kind']}")
    total, card, balance = (
        amount(asked, asked[name])
        for name in ("invoice_total", "paid_by_card", "paid_from_balance")
    )
    _, over = _noted(asked, amount(asked, asked["credit_total"]), total - card - balance)
    refunded = min(over, card)
    return {"refunded": refunded.major, "to_balance": (over - refunded).major}


def refund(asked: Asked) -> Answer:
    """A refund with a note takes what the note has over; without one the invoice is open again."""
    asked.convention.accept()
    total, paid, back = (amount(asked, asked[name]) for name in ("invoice_total", "paid", "refund"))
    zero = Money(0, asked["currency"])
    left, over = _noted(asked, back if asked["adjust_items"] else zero, total - paid)
    missing = back - min(over, back)
    charged = total - back if asked["adjust_items"] else total
    return {"net_charged": charged.major, "balance": (left + missing).major}


def reissued(asked: Asked) -> Answer:
    asked.convention.accept(correction="previous charge reversed, corrected one added")
    before, after = (_sum(asked, asked[name]) for name in ("previous_items", "corrected_items"))
    return {"new_invoice_net": (after - before).major}


def _sum(asked: Asked, amounts: Sequence[Any]) -> Money:
    return sum((amount(asked, one) for one in amounts), Money(0, asked["currency"]))


KINDS = {
    "account_credit_flow": flow,
    "apply_credit": applied,
    "consolidated_credit": merged,
    "credit_cap": capped,
    "credit_sequence": sequence,
    "debt_cancellation": debt,
    "item_adjustment": adjusted,
    "line_credit": lines,
    "partial_credit_with_coupon": with_coupon,
    "prorated_credit": prorated,
    "quantity_credit_with_discount": fewer,
    "refund_split": split,
    "refund_with_adjustment": refund,
    "reissue": reissued,
    "terminate_in_advance": terminated,
}
