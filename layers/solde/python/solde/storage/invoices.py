"""The header of an issued document: what is asked often, with its journal entry inside."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from solde.domain.invoicing.draft import DEPOSIT, NOTES
from solde.domain.invoicing.taken import rate_key
from solde.domain.late import LateCharged
from solde.domain.ledger import (
    NO_LOSS,
    Loss,
    also,
    deferrals_of,
    entry_of_document,
    of_settlement,
    with_credit,
)
from solde.domain.settlement import Use
from solde.ports.billing import Header, PackSlice, Rendered, Tree
from solde.storage import index_keys, keys
from solde.storage.deferrals import deferral_to_item
from solde.storage.reading import day, present, reading
from solde.storage.table import Item, NoItem, Put

SCHEMA = 1
WITHOUT = 4
"""Fields of a row of tax whose base is without it; one more has the base with it."""


def new_header(
    header: Header,
    closed: Mapping[str, Any],
    *,
    credit: int = 0,
    beside: Mapping[str, int] | None = None,
    advance: int = 0,
) -> Put:
    """
    Put a header with the entry of its document; a number is never used twice.

    `credit` are minor units of it that become credit of the customer, below zero those of his
    credit that settle it; `beside` is moved too: by what it settles of a loss, by tax that was due
    before on what settles it. `advance` is what of all that was owed for deposits on orders.
    """
    key = keys.invoice(header.customer_id, header.id)
    entry = also(with_credit(entry_of_document(closed), credit), beside or {})
    entry = also(entry, _freed(header))
    item = {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "list_pk": index_keys.listing("inv", header.id),
        "list_sk": f"{header.issued_on.isoformat()}#{header.id}",
        "kind": header.kind,
        "status": header.status,
        "number": header.number,
        "name": closed["customer"]["name"],
        "currency": header.currency,
        "total": header.gross_minor,
        "net": header.net_minor,
        "paid": header.paid_minor,
        "reminders": header.reminders,
        "issued_on": header.issued_on.isoformat(),
        "due_on": header.due_on.isoformat(),
        "entity": header.entity,
        "cov": header.covered_to.isoformat(),
        "run": header.run_id,
        "rev": header.snapshot,
        "draft": header.draft_digest,
        "sha": header.sha256,
        "pack": header.place.key,
        "at": header.place.offset,
        "len": header.place.length,
        "tax": tax_rows(closed),
        "jrn": entry.movements,
    }
    if header.late:
        invoice_id, through, *said = header.late
        item["late"] = [invoice_id, through.isoformat(), *said]
    _add_what_few_have(item, header, closed)
    _add_advance(item, advance - _in_advance(closed))
    return Put(item, (NoItem(guard="header_absent"),))


def _freed(header: Header) -> Mapping[str, int]:
    """Return what moves of the tax that waits when a document is settled at its issue."""
    total, paid = header.gross_minor, header.paid_minor
    return of_settlement(header.waiting, total, before=0, after=paid) if header.waiting else {}


def _in_advance(closed: Mapping[str, Any]) -> int:
    """Return what is owed for a deposit once it is issued: its tax is the state's."""
    totals = closed["totals"]
    return totals["gross"] - totals["tax"] if closed["kind"] == DEPOSIT else 0


def _add_advance(item: Item, minor: int) -> None:
    if minor:
        item["adv"] = minor


def _add_what_few_have(item: Item, header: Header, closed: Mapping[str, Any]) -> None:
    item |= present(gifts=dict(header.gifts) or None)
    if waiting := deferrals_of(closed):
        item["defer"] = [deferral_to_item(one) for one in waiting]
    if header.charged is not None:
        item["by_line"] = True
    if header.waiting:
        item["wait"] = dict(header.waiting)
    if header.back:
        item["back"] = {original: dict(bases) for original, bases in header.back.items()}
    if header.tree:
        item["tree"] = list(header.tree)
    if header.uses:
        item["uses"] = [list(one) for one in header.uses]
    if header.next_action_on and header.kind not in NOTES:
        item |= {
            "due_pk": index_keys.due_dun(header.entity, header.customer_id),
            "due_sk": index_keys.due_day(header.next_action_on, header.id),
        }


def header_from_item(item: Item) -> Header:
    with reading(item):
        return Header(
            id=item["sk"].removeprefix("I#"),
            number=item["number"],
            customer_id=item["pk"].removeprefix("A#"),
            entity=item["entity"],
            kind=item["kind"],
            currency=item["currency"],
            gross_minor=item["total"],
            net_minor=item["net"],
            issued_on=date.fromisoformat(item["issued_on"]),
            due_on=date.fromisoformat(item["due_on"]),
            covered_to=date.fromisoformat(item["cov"]),
            run_id=item["run"],
            draft_digest=item["draft"],
            sha256=item["sha"],
            place=PackSlice(item["pack"], item["at"], item["len"]),
            snapshot=item.get("rev", 0),
            status=item["status"],
            paid_minor=item["paid"],
            reminders=item["reminders"],
            next_action_on=day(item["due_sk"].split("#")[0]) if "due_sk" in item else None,
            documents=rendered_from_item(item["docs"]) if "docs" in item else None,
            mailed_on=day(item.get("mailed_on")),
            paid_on=day(item.get("paid_on")),
            bases={
                rate_key(*row[:2]): row[4] if len(row) > WITHOUT else row[2] for row in item["tax"]
            },
            back=item.get("back", {}),
            waiting=item.get("wait", {}),
            charged={rate_key(*row[:2]): row[3] for row in item["tax"]}
            if "by_line" in item
            else None,
            uses=tuple(Use(*one) for one in item["uses"]) if "uses" in item else (),
            gifts=item.get("gifts", {}),
            late=_late(item["late"]) if "late" in item else None,
            late_to=day(item.get("late_to")),
            tree=Tree(*item["tree"]) if "tree" in item else None,
            loss=Loss(*item["loss"]) if "loss" in item else NO_LOSS,
        )


def _late(row: list[Any]) -> LateCharged:
    invoice_id, through, interest, fee, request = row
    return LateCharged(invoice_id, date.fromisoformat(through), interest, fee, request)


def tax_rows(closed: Mapping[str, Any]) -> list[list[Any]]:
    """Return what a header keeps of the taxes of its document."""
    return [_tax(one) for one in closed["taxes"]]


def _tax(one: Mapping[str, Any]) -> list[Any]:
    row = [one["category"], one["rate"], one["base"], one["tax"]]
    return [*row, one["with_tax"]] if "with_tax" in one else row


def rendered_to_item(documents: Mapping[str, Rendered]) -> Item:
    """All forms of a document lie in one pack, which is named once."""
    (pack,) = {one.place.key for one in documents.values()}
    forms = {
        form: [one.place.offset, one.place.length, one.sha256] for form, one in documents.items()
    }
    return {"pack": pack, "forms": forms}


def rendered_from_item(item: Item) -> dict[str, Rendered]:
    return {
        form: Rendered(PackSlice(item["pack"], offset, length), sha256)
        for form, (offset, length, sha256) in item["forms"].items()
    }
