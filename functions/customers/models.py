"""A customer as the API speaks of it."""

from typing import Any

from pydantic import Field

from solde.domain.invoicing.parties import Address, Customer, address_document
from solde.runtime.fields import AddressModel, Code, ExternalId, Strict, Text, described


class NewCustomer(Strict):
    """Who is billed, by which legal entity of the seller."""

    entity: Code
    name: Text
    address: AddressModel
    email: str = Field(default="", max_length=254, pattern=r"^$|^[^@\s,;<>]+@[^@\s,;<>]+$")
    language: str = Field(default="en", pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    external_id: ExternalId | None = None
    business: bool = False
    registration: dict[str, str] = Field(default_factory=dict, max_length=20)
    terms_days: int | None = Field(default=None, ge=0, le=365)
    invoice_day: int = Field(default=0, ge=0, le=31)

    def customer(self, identity: str) -> Customer:
        place = self.address
        return Customer(
            id=identity,
            entity=self.entity,
            name=self.name,
            address=Address(tuple(place.lines), place.postcode, place.city, place.country),
            email=self.email,
            language=self.language,
            external_id=self.external_id or "",
            business=self.business,
            registration=self.registration,
            terms_days=self.terms_days,
            invoice_day=self.invoice_day,
        )


def shown(customer: Customer, *, livemode: bool) -> dict[str, Any]:
    return described(
        "customer",
        id=customer.id,
        external_id=customer.external_id or None,
        entity=customer.entity,
        name=customer.name,
        address=address_document(customer.address),
        email=customer.email,
        language=customer.language,
        business=customer.business,
        registration=dict(customer.registration or {}),
        terms_days=customer.terms_days,
        invoice_day=customer.invoice_day,
        livemode=livemode,
    )
