"""How documents are brought to a customer, as the API speaks of it."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from solde.domain.errors import InvalidError
from solde.domain.invoicing.parties import Customer
from solde.domain.invoicing.ways import BUCKET, Ways, ways_document
from solde.ports.sendings import Sending, Stop
from solde.runtime.fields import Strict, described, instant_text
from solde.runtime.settings import settings


class DeliveryModel(Strict):
    """
    By mail, with the link or with the document attached, and by whatever else is named.

    `folder` is where copies are dropped, `url` what the webhook calls: each goes with its way. A
    folder may name `{entity}`, `{customer}`, `{kind}`, `{year}`, `{month}`, `{day}` of a document.
    """

    ways: list[Literal["mail", "drop", "webhook", "print"]] = Field(min_length=1, max_length=4)
    mail: Literal["link", "attachment"] = "link"
    folder: Annotated[str, Field(max_length=200)] | None = None
    url: Annotated[str, Field(max_length=800)] | None = None
    drop_to: Literal["archive", "bucket"] = "archive"

    def chosen(self) -> Ways:
        """
        Return the ways.

        Raises:
            InvalidError: one lacks what it needs, or something is named that no way needs.

        """
        if self.drop_to == BUCKET and not settings.drop_bucket:
            raise InvalidError(
                "delivery.drop_to: expected archive, since this deployment names no bucket, found "
                "bucket",
                pointer="/delivery/drop_to",
            )
        return Ways(tuple(self.ways), self.mail, self.folder or "", self.url or "", self.drop_to)


def ways_shown(ways: Ways) -> dict[str, Any]:
    said = ways_document(ways)
    return said | {
        "folder": ways.folder or None,
        "url": ways.url or None,
        "drop_to": ways.drop_to,
    }


def delivery_shown(customer: Customer) -> dict[str, Any] | None:
    """Show what was chosen for a customer, with its version; None: what his entity says."""
    if customer.delivery is None:
        return None
    last = customer.choices[-1]
    return {
        "version": last.number,
        "since": last.since.isoformat(),
        **ways_shown(customer.delivery),
    }


def mail_state_shown(customer: Customer, stops: Mapping[str, Stop]) -> dict[str, Any]:
    """Show whether mail reaches a customer: `good`, by a `backup`, or `stopped`."""
    mine = [(email, stops[email]) for email in customer.addresses if email in stops]
    state = "stopped" if len(mine) == len(customer.addresses) else "backup"
    return {
        "state": state if mine else "good",
        "stops": [
            {
                "email": email,
                "reason": stop.reason,
                "detail": stop.detail or None,
                "at": instant_text(stop.at),
            }
            for email, stop in mine
        ],
    }


def sending_shown(one: Sending, *, livemode: bool) -> dict[str, Any]:
    return described(
        "delivery",
        id=one.id,
        invoice=one.invoice_id,
        customer=one.customer_id,
        way=one.way,
        cause=one.cause,
        form=one.form or None,
        to=one.to or None,
        state=one.state,
        note=one.note or None,
        setting_version=one.choice or None,
        at=instant_text(one.at),
        livemode=livemode,
    )
