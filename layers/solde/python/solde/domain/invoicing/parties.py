"""Who bills and who is billed, as printed on a document; frozen there when it is issued."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from solde.domain.custom_fields import CustomField, Values, must_be_declared_once
from solde.domain.discounts import Order
from solde.domain.errors import InvalidError
from solde.domain.invoicing.assignment import Assignment
from solde.domain.invoicing.profiles import BY_RATE, NO_PROFILE, must_fit
from solde.domain.invoicing.separation import Separation, separation_on
from solde.domain.invoicing.ways import STANDARD, Ways, WaysFrom
from solde.domain.languages import language_of
from solde.domain.tax import SHIPPED, Regime, Standing, standing_on
from solde.domain.tax.chargeability import AT_ISSUE
from solde.domain.templates import Choice, chosen, drafted
from solde.domain.terms import TermsKind
from solde.domain.values import light


@light
@dataclass(frozen=True, slots=True)
class Address:
    lines: tuple[str, ...]
    postcode: str
    city: str
    country: str
    """ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal entity of the seller: own series, taxes, zone, language and terms."""

    code: str
    version: int
    name: str
    address: Address
    currency: str
    language: str
    time_zone: str
    tax_regime: str
    number_prefix: str
    terms_days: int
    fiscal_year_starts: int = 1
    """The month in which the fiscal year begins."""
    approval: str = "automatic"
    """`automatic`, or `person`: a run waits for somebody to sign its plan."""
    separate: tuple[str, ...] = ()
    """The soft keys that keep a customer's documents apart."""
    registration: Mapping[str, str] | None = None
    """What the law wants printed: siren, vat_id, legal_form, capital, register, iban, email."""
    inclusive_tax: str = "base"
    """How tax is taken out of prices that include it: see `Inclusive`."""
    grace_hours: int = 0
    """How long after the end of a period its run waits for usage (R7)."""
    discount_order: str = Order.PERCENT_FIRST.value
    """How several discounts of one level come together: see `Order`."""
    assignments: tuple[Assignment, ...] = ()
    """The accounts that lines are booked on where not their product's own; the first that fits."""
    tax_level: str = BY_RATE
    """Where tax is rounded: `rate`, once per category and rate, or `line`, on each line (R12)."""
    e_invoice: str = NO_PROFILE
    """The profile of its structured invoices, or `none`: see `PROFILES`."""
    terms_kind: str = TermsKind.NET_DAYS.value
    """From when the days of terms count: from the issue, or from the end of its month."""
    due_roll: str = ""
    """Where a due date goes that is no business day (see `Roll`); empty: it stays."""
    due_calendar: str = ""
    """Whose holidays are no business days (see `HOLIDAYS`); empty: weekends alone are none."""
    services_due: str = AT_ISSUE
    """When the tax of services becomes chargeable: see `OPTIONS`."""
    late_percent: str = ""
    """What businesses owe that pay late, in percent a year; empty: what the law says."""
    payable_by: tuple[str, ...] = ()
    """The providers on whose pages its invoices can be paid, in the order of its choice."""
    templates: tuple[Choice, ...] = ()
    """What its documents can look like from which day on; no field of the entity."""
    custom_fields: tuple[CustomField, ...] = ()
    """What may be said of its customers, subscriptions, lines and documents besides."""
    delivery: Ways = STANDARD
    """How documents are brought to those customers for whom nothing else was chosen."""
    taxes: Regime | None = None
    """The regime named by `tax_regime`, where it is not the shipped one; no field of the entity."""

    def __post_init__(self) -> None:
        must_be_declared_once(self.custom_fields)
        must_fit(self.e_invoice, tax_level=self.tax_level, currency=self.currency)
        if self.late_percent and self.address.country != "FR":
            raise InvalidError(
                f"late_percent: expected none outside FR, found {self.late_percent} in "
                f"{self.address.country}",
                pointer="/late_percent",
            )
        if self.due_calendar and not self.due_roll:
            raise InvalidError(
                f"due_calendar: expected with a due_roll only, found {self.due_calendar} without",
                pointer="/due_calendar",
            )

    @property
    def regime(self) -> Regime:
        return self.taxes or SHIPPED[self.tax_regime]


SOLE_TRADER = ("EI", "Entrepreneur individuel")
"""What the legal form of a French sole trader is called, short and long."""
BESIDE = ("taxes", "templates")
ENTITY_FIELDS = tuple(name for name in Entity.__dataclass_fields__ if name not in BESIDE)
"""What an entity says of itself; its taxes and templates are said beside it."""


@light
@dataclass(frozen=True, slots=True)
class Customer:
    """
    `registration` holds siren, vat_id and such; `standings` are dated facts with their evidence.

    Without such facts `business` is a claim, which counts where a SIREN stands beside it.
    """

    id: str
    entity: str
    name: str
    address: Address
    email: str
    language: str
    """Empty: the one of his entity."""
    external_id: str = ""
    business: bool = False
    registration: Mapping[str, str] | None = None
    terms_days: int | None = None
    collection: str = "send"
    """`send`: the customer pays from the mailed link."""
    invoice_day: int = 0
    """Billed on every day that something is due (0), or on this day of each month only."""
    standings: tuple[Standing, ...] = ()
    parent_id: str = ""
    """The customer whose child he is: who may pay for what serves him."""
    separate: tuple[str, ...] | None = None
    """What keeps documents apart before all dated facts of it; None: what the entity says."""
    collection_held_until: date | None = None
    """Invoices are issued meanwhile, and nobody is reminded of them before this day."""
    separations: tuple[Separation, ...] = ()
    """What keeps documents apart from a day on, as it was entered."""
    group: str = ""
    """Which of the entity's templates are for him, beside those for everybody."""
    backup_emails: tuple[str, ...] = ()
    """Who gets mail in turn where none may go to `email`."""
    choices: tuple[WaysFrom, ...] = ()
    """How documents are brought to him, as it was chosen; none: as the entity says."""
    fields: Values = ()
    """Custom fields, by name."""
    time_zone: str = ""
    """Whose hours are kept quiet for him; empty: those of his entity."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return where mail goes to, in the order in which it is tried."""
        return tuple(dict.fromkeys(one for one in (self.email, *self.backup_emails) if one))

    @property
    def delivery(self) -> Ways | None:
        return self.choices[-1].ways if self.choices else None

    def separate_on(self, day: date) -> tuple[str, ...] | None:
        """Return what keeps documents of a day apart; None: what the entity says."""
        found = separation_on(self.separations, day)
        return found.keys if found else self.separate

    def as_of(self, day: date) -> "Customer":
        """Return the customer as documents of a day name him: by what is proved of him."""
        known = standing_on(self.standings, day)
        if known is None:
            business = self.business and bool((self.registration or {}).get("siren"))
            same = business == self.business and not self.standings
            return self if same else replace(self, business=business, standings=())
        named = {"siren": known.evidence.siren, "vat_id": known.evidence.vat_id}
        proved = {name: value for name, value in named.items() if value}
        return replace(
            self,
            business=known.business,
            registration={**(self.registration or {}), **proved},
            standings=(known,),
        )


def terms_document(entity: Entity, days: int, collection: str) -> dict[str, Any]:
    """Say by when a document is to be paid, and how; what is the default is left out."""
    said: dict[str, Any] = {"days": days, "collection": collection}
    if entity.terms_kind != TermsKind.NET_DAYS.value:
        said["kind"] = entity.terms_kind
    if entity.due_roll:
        said["roll"] = entity.due_roll
        if entity.due_calendar:
            said["calendar"] = entity.due_calendar
    return said


def entity_document(entity: Entity) -> dict[str, Any]:
    return {
        "code": entity.code,
        "version": entity.version,
        "name": styled(entity),
        "address": address_document(entity.address),
        "registration": dict(entity.registration or {}),
        **({"e_invoice": entity.e_invoice} if entity.e_invoice != NO_PROFILE else {}),
    }


def styled(entity: Entity) -> str:
    """Return the name as documents have it: a French sole trader's says so (C. com. R526-27)."""
    form = (entity.registration or {}).get("legal_form", "")
    words = entity.name.split()
    if entity.address.country != "FR" or form not in SOLE_TRADER or SOLE_TRADER[0] in words:
        return entity.name
    return entity.name if SOLE_TRADER[1] in entity.name else f"{entity.name} {SOLE_TRADER[0]}"


def customer_document(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.id,
        "external_id": customer.external_id,
        "name": customer.name,
        "address": address_document(customer.address),
        "email": customer.email,
        "business": customer.business,
        "registration": dict(customer.registration or {}),
        **({"group": customer.group} if customer.group else {}),
        **({"standing": standing_document(customer.standings[0])} if customer.standings else {}),
    }


def templates_document(entity: Entity, customer: Customer) -> dict[str, Any]:
    """Say which templates a document takes by its day of issue, where there are any."""
    if not entity.templates:
        return {}
    language = language_of(customer.language, entity.language)
    found = chosen(entity.templates, entity.code, customer.group, language)
    return {"templates": drafted(found)} if found else {}


def standing_document(standing: Standing) -> dict[str, Any]:
    """Say what is known of a customer for tax, and what proves it."""
    evidence = standing.evidence
    proved: dict[str, Any] = {
        name: value
        for name in ("siren", "vat_id", "public_body", "document")
        if (value := getattr(evidence, name))
    }
    if evidence.vies:
        vies = evidence.vies
        proved["vies"] = {
            "valid": vies.valid,
            "at": vies.at.isoformat(),
            "reference": vies.reference,
        }
    return {
        "since": standing.since.isoformat(),
        "business": standing.business,
        "category": standing.category,
        "reason": standing.reason,
        "evidence": proved,
    }


def address_document(address: Address) -> dict[str, Any]:
    return {
        "lines": list(address.lines),
        "postcode": address.postcode,
        "city": address.city,
        "country": address.country,
    }
