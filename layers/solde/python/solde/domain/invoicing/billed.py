"""Closed documents read back as billed lines, for propose and compare."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Reduction
from solde.domain.invoicing.accounting import exchange_of
from solde.domain.invoicing.amounts import printed
from solde.domain.invoicing.canonical import ENVELOPE
from solde.domain.invoicing.draft import CREDIT_NOTE
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.rating import BilledLine, ChargeKey, Credited
from solde.domain.tax import Treatment


def billed_lines(document: Mapping[str, Any]) -> Iterator[BilledLine]:
    """Yield the lines of a closed document; those of a credit note count as negative again."""
    sign = -1 if document["kind"] == CREDIT_NOTE else 1
    envelope, exchange = document[ENVELOPE], exchange_of(document)
    for line in document["lines"]:
        yield BilledLine(
            key=_key(line),
            subscription_id=line["subscription"]["id"],
            service=_period(line["service"]),
            units=Decimal(line["units"]),
            exact=Fraction(line["exact"]),
            net=_net(line, sign, document["currency"]),
            treatment=Treatment(
                line["tax"]["category"],
                Decimal(line["tax"]["rate"]),
                line["tax"]["class"],
                line["tax"].get("reason", ""),
            ),
            inputs=line["inputs"],
            due=line["tax"]["due"]["at"] if "due" in line["tax"] else "",
            inclusive=document.get("inclusive", ""),
            exchange=exchange,
            invoice_id=envelope["id"],
            number=envelope["number"],
            issued_on=date.fromisoformat(envelope["issued_on"]),
            count=line["count"],
            reductions=_reductions(line["discounts"], sign, document["currency"])
            if "discounts" in line
            else (),
            shares=_reductions(line["allowances"], sign, document["currency"])
            if "allowances" in line
            else (),
            credited=_credited(line["credited"], sign) if "credited" in line else (),
            line=line["line"],
        )


def standing_lines(documents: Iterable[Mapping[str, Any]]) -> list[BilledLine]:
    """
    Return the lines of closed documents, those left out that cancel others, and these others.

    What is cancelled is billed again as if it had never been. Money in advance is no billing, and
    neither is what was given back of it.
    """
    lines: list[BilledLine] = []
    gone: set[tuple[str, int]] = set()
    for document in documents:
        if "deposit" in document:
            continue
        lines += billed_lines(document)
        if document["kind"] == CREDIT_NOTE:
            gone |= set(_cancelled(document))
    if not gone:
        return lines
    again = {one.key for one in lines if (one.invoice_id, one.line) in gone}
    # Whatever else was billed of their charges is looked at anew, though its inputs stand.
    return [
        replace(one, inputs="") if one.key in again else one
        for one in lines
        if (one.invoice_id, one.line) not in gone
    ]


def _cancelled(note: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for line in note["lines"]:
        if line.get("cancels"):
            yield note[ENVELOPE]["id"], line["line"]
            yield line["corrects"]["id"], line["corrects"]["line"]


def _net(line: Mapping[str, Any], sign: int, currency: str) -> Money:
    """Return what is before the line's share of document discounts, which a correction holds."""
    minor = printed(line)
    if "allowances" in line and "base" not in line:
        minor += sum(one["amount"] for one in line["allowances"])
    return Money(sign * minor, currency)


def _credited(stored: Iterable[Mapping[str, Any]], sign: int) -> tuple[Credited, ...]:
    return tuple(Credited(one["id"], Fraction(one["exact"]), sign * one["net"]) for one in stored)


def _reductions(
    stored: Iterable[Mapping[str, Any]], sign: int, currency: str
) -> tuple[Reduction, ...]:
    return tuple(
        Reduction(
            one["id"],
            one["name"],
            Decimal(one["percent"]) if "percent" in one else None,
            one["rank"],
            Money(sign * one["amount"], currency),
            one.get("wallet", ""),
        )
        for one in stored
    )


def _key(line: Mapping[str, Any]) -> ChargeKey:
    return ChargeKey(
        item_id=line["item"],
        component=line["component"],
        kind=ChargeKind(line["kind"]),
        price_id=line["price"]["id"],
        price_version=line["price"]["version"],
        period=_period(line["period"]),
        part=line["price"].get("part", ""),
    )


def _period(days: Mapping[str, str]) -> Period:
    return Period(date.fromisoformat(days["start_on"]), date.fromisoformat(days["end_on"]))
