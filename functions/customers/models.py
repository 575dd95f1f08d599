"""A customer as the API speaks of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from solde.domain.errors import InvalidError
from solde.domain.invoicing.parties import (
    Address,
    Customer,
    address_document,
    standing_document,
)
from solde.domain.invoicing.separation import Separation, standing_separations
from solde.domain.invoicing.ways import choose
from solde.domain.periods import zone
from solde.ports.records import Record
from solde.ports.sendings import Stop
from solde.runtime.custom_fields import CustomChanges, CustomValues, given, merged
from solde.runtime.deliveries import DeliveryModel, delivery_shown, mail_state_shown
from solde.runtime.fields import (
    AddressModel,
    Code,
    Day,
    ExternalId,
    Language,
    Metadata,
    MetaKey,
    MetaValue,
    Once,
    Reference,
    SoftKey,
    Strict,
    Text,
    described,
    recorded,
)

NOTES_MAX = 50


def _known_zone(name: str | None) -> str | None:
    if name is not None:
        try:
            zone(name)
        except InvalidError as unknown:
            raise ValueError(str(unknown)) from unknown
    return name


NULLABLE = ("terms_days", "collection_held_until")
"""What null takes away."""
PLAIN = ("name", "email", "business")
Mailbox = Annotated[str, Field(max_length=254, pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+$")]
Email = Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s,;<>]+@[^@\s,;<>]+$")]
BackupEmails = Annotated[list[Mailbox], Field(max_length=3)]
Terms = Annotated[int, Field(ge=0, le=365)]
Zone = Annotated[str | None, AfterValidator(_known_zone), Field(examples=["Europe/Paris"])]
"""Whose hours are kept quiet for a customer; without it those of his entity."""
Registered = Annotated[str, Field(max_length=200)]


class NewCustomer(Strict):
    """Who is billed, by which legal entity of the seller."""

    entity: Code
    name: Text
    address: AddressModel
    email: Email = ""
    backup_emails: BackupEmails = Field(default_factory=list)
    language: Language | None = None
    external_id: ExternalId | None = None
    business: bool = False
    registration: dict[MetaKey, Registered] = Field(default_factory=dict, max_length=20)
    terms_days: Terms | None = None
    invoice_day: int = Field(default=0, ge=0, le=31)
    parent: Reference | None = None
    separate: Annotated[list[SoftKey], Once] | None = Field(default=None, max_length=5)
    group: Code | None = None
    time_zone: Zone = None
    delivery: DeliveryModel | None = None
    custom_fields: CustomValues = Field(default_factory=dict)
    metadata: Metadata = Field(default_factory=dict)

    def customer(self, identity: str, today: date) -> Customer:
        return Customer(
            id=identity,
            entity=self.entity,
            name=self.name,
            address=_address(self.address),
            email=self.email,
            language=self.language or "",
            external_id=self.external_id or "",
            business=self.business,
            registration=self.registration,
            terms_days=self.terms_days,
            invoice_day=self.invoice_day,
            separate=None if self.separate is None else tuple(self.separate),
            group=self.group or "",
            time_zone=self.time_zone or "",
            backup_emails=tuple(self.backup_emails),
            choices=choose((), self.delivery.chosen(), today) if self.delivery else (),
            fields=given(self.entity, "customer", self.custom_fields),
        )


class CustomerUpdate(Strict):
    """
    What shall change; what is left out stays. `version` is the one that the change is made for.

    Until `collection_held_until` nobody is reminded of what is due; invoices are issued as ever.
    Of `registration`, `custom_fields` and `metadata` the names given are set, and removed where
    they are null.
    Without `delivery` (null) documents are brought as the entity says. `parent` is who may pay for
    him from now on, or nobody (null); what another pays already goes over by `…/payer`.
    """

    version: int | None = Field(default=None, ge=1)
    name: Text | None = None
    address: AddressModel | None = None
    email: Email | None = None
    backup_emails: BackupEmails | None = None
    language: Language | None = None
    business: bool | None = None
    registration: dict[MetaKey, Registered | None] = Field(default_factory=dict, max_length=20)
    terms_days: Terms | None = None
    collection_held_until: Day | None = None
    parent: Reference | None = None
    group: Code | None = None
    time_zone: Zone = None
    delivery: DeliveryModel | None = None
    custom_fields: CustomChanges = Field(default_factory=dict)
    metadata: dict[MetaKey, MetaValue | None] = Field(default_factory=dict, max_length=NOTES_MAX)

    def applied(
        self, customer: Customer, record: Record, *, today: date, parent_id: str = ""
    ) -> tuple[Customer, Record]:
        """
        Return the customer with the change; `parent_id` is that of the parent who is named.

        Raises:
            InvalidError: there would be too many notes, or a custom field is none or does not fit.

        """
        given = self.model_fields_set
        fields: dict[str, Any] = {
            name: getattr(self, name)
            for name in (*PLAIN, *NULLABLE)
            if name in given and (name in NULLABLE or getattr(self, name) is not None)
        }
        emptied = {"parent": ("parent_id", parent_id), "group": ("group", self.group or "")}
        emptied["language"] = ("language", self.language or "")
        emptied["time_zone"] = ("time_zone", self.time_zone or "")
        fields |= dict(said for name, said in emptied.items() if name in given)
        if self.backup_emails is not None:
            fields["backup_emails"] = tuple(self.backup_emails)
        if "delivery" in given:
            ways = self.delivery.chosen() if self.delivery else None
            fields["choices"] = choose(customer.choices, ways, today)
        if self.address is not None:
            fields["address"] = _address(self.address)
        if self.custom_fields:
            fields["fields"] = merged(
                customer.entity, "customer", customer.fields, self.custom_fields
            )
        fields["registration"] = _merged(customer.registration or {}, self.registration)
        metadata = _merged(record.metadata, self.metadata)
        if len(metadata) > NOTES_MAX:
            raise InvalidError(
                f"metadata: expected at most {NOTES_MAX} names, found {len(metadata)}",
                pointer="/metadata",
            )
        return replace(customer, **fields), replace(record, metadata=metadata)


def shown(
    customer: Customer,
    record: Record,
    *,
    today: date,
    livemode: bool,
    stops: Mapping[str, Stop],
) -> dict[str, Any]:
    held, kept = customer.collection_held_until, customer.separate_on(today)
    return described(
        "customer",
        id=customer.id,
        external_id=customer.external_id or None,
        entity=customer.entity,
        name=customer.name,
        address=address_document(customer.address),
        email=customer.email,
        backup_emails=list(customer.backup_emails),
        mail_state=mail_state_shown(customer, stops),
        delivery=delivery_shown(customer),
        language=customer.language or None,
        business=customer.business,
        registration=dict(customer.registration or {}),
        terms_days=customer.terms_days,
        invoice_day=customer.invoice_day,
        parent=customer.parent_id or None,
        group=customer.group or None,
        custom_fields=dict(customer.fields),
        time_zone=customer.time_zone or None,
        separate=None if kept is None else list(kept),
        separations=_separations(customer.separations),
        collection_held_until=held.isoformat() if held else None,
        tax_facts=[standing_document(one) for one in customer.standings],
        **recorded(record, livemode=livemode),
    )


def _separations(facts: tuple[Separation, ...]) -> list[dict[str, Any]]:
    """Return the facts by number, those withdrawn too; what withdraws one is none of them."""
    stand = standing_separations(facts)
    return [
        {
            "number": number,
            "effective_on": one.since.isoformat(),
            "separate": None if one.keys is None else list(one.keys),
            "withdrawn": number not in stand,
        }
        for number, one in enumerate(facts, 1)
        if not one.of
    ]


def _address(place: AddressModel) -> Address:
    return Address(tuple(place.lines), place.postcode, place.city, place.country)


def _merged(before: Mapping[str, str], given: Mapping[str, str | None]) -> dict[str, str]:
    after = {**before, **given}
    return {name: value for name, value in after.items() if value is not None}
