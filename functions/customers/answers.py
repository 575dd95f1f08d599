"""How a customer is answered: with the version that a change may name, and who was faster."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from aws_lambda_powertools.event_handler import Response

from functions.customers.models import shown
from solde.domain.errors import InvalidError
from solde.domain.invoicing.parties import Customer
from solde.domain.periods import day_of
from solde.ports.records import Record
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.problems import StaleVersionError
from solde.runtime.reach import contacts
from solde.runtime.settings import settings
from solde.workflows.update_customer import Stale, Updated

ETAG = re.compile(r'(W/)?"?([0-9]{1,9})"?')


def version_of(tag: str) -> int:
    """
    Return the version that an ETag names.

    Raises:
        InvalidError: it is none of ours.

    """
    matched = ETAG.fullmatch(tag.strip())
    if matched is None:
        raise InvalidError(f"If-Match: expected the ETag of a version, found {tag[:50]!r}")
    return int(matched[2])


def today_of(entity: str) -> date:
    return day_of(business_now(), wiring.entities().entity(entity).time_zone)


def customer_shown(customer: Customer, record: Record) -> dict[str, Any]:
    """Return a customer as he is on his present day; most say the same on every day."""
    (found,) = customers_shown([(customer, record)])
    return found


def customers_shown(kept: Sequence[tuple[Customer, Record]]) -> list[dict[str, Any]]:
    """Return customers; whether mail may go to their addresses is looked up for all at once."""
    stops = contacts().stops({email for one, _ in kept for email in one.addresses})
    return [
        shown(
            one,
            record,
            today=today_of(one.entity) if one.separations else date.min,
            livemode=settings.live,
            stops=stops,
        )
        for one, record in kept
    ]


def tagged(customer: Customer, record: Record, *, status: int = 200) -> Response[dict[str, Any]]:
    return Response(
        status,
        content_type="application/json",
        body=customer_shown(customer, record),
        headers={"ETag": f'"{record.version}"'},
    )


def answered(
    found: Updated | Stale, version: int | None, *, status: int = 200
) -> Response[dict[str, Any]]:
    """
    Return the customer as he is once he is changed.

    Raises:
        StaleVersionError: he was in another version than the caller saw; it shows him.

    """
    if isinstance(found, Stale):
        raise StaleVersionError(
            f"version: expected {found.record.version}, found {version}",
            current=customer_shown(found.customer, found.record),
        )
    return tagged(found.customer, found.record, status=status)
