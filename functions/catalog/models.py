"""The catalog as the API speaks of it: entities, products, meters, prices, plans."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from functions.catalog.price_models import AnyModel, Name
from functions.catalog.price_parts import Currencies, Ramp, currencies_of, priced, ramp_of
from solde.domain.catalog import (
    Aggregation,
    ChargeKind,
    Component,
    Credit,
    Meter,
    Plan,
    Price,
    Product,
)
from solde.domain.invoicing.assignment import Assignment
from solde.domain.invoicing.parties import ENTITY_FIELDS, Address, Entity
from solde.domain.invoicing.texts import plain
from solde.domain.money import Rounding, currency
from solde.domain.periods import Unit, zone
from solde.domain.proration import Proration
from solde.runtime.custom_fields import Declared, declared
from solde.runtime.deliveries import DeliveryModel
from solde.runtime.fields import (
    AddressModel,
    Amount,
    Code,
    Language,
    Metadata,
    Once,
    SoftKey,
    Strict,
    Text,
)


class AssignmentModel(Strict):
    """Lines of a product, a tax class or a customer go to these accounts; the first rule counts."""

    product: str = Field(default="", max_length=64)
    tax_class: str = Field(default="", max_length=64)
    customer: str = Field(default="", max_length=64)
    revenue_account: str = Field(default="", pattern=r"^([0-9]{3,10})?$")
    deferred_account: str = Field(default="", pattern=r"^([0-9]{3,10})?$")

    @model_validator(mode="after")
    def _says_something(self) -> "AssignmentModel":
        if not self.revenue_account and not self.deferred_account:
            raise ValueError("expected revenue_account, deferred_account or both, found neither")
        if self.deferred_account and self.deferred_account == self.revenue_account:
            raise ValueError("expected deferred_account to be another than revenue_account")
        return self

    def assignment(self) -> Assignment:
        return Assignment(**self.model_dump())


class NewEntity(Strict):
    code: Code
    name: Text
    address: AddressModel
    currency: str
    language: Language
    time_zone: str
    tax_regime: Code
    number_prefix: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9+_/-]{0,14}$")
    terms_days: int = Field(ge=0, le=365)
    terms_kind: Literal["net_days", "end_of_month_plus_days"] = "net_days"
    due_roll: Literal[
        "", "following", "modified_following", "preceding", "modified_preceding", "nearest"
    ] = ""
    due_calendar: Literal["", "FR", "TARGET"] = ""
    fiscal_year_starts: int = Field(default=1, ge=1, le=12)
    approval: Literal["automatic", "person"] = "automatic"
    grace_hours: int = Field(default=0, ge=0, le=720)
    registration: dict[Name, Text] = Field(default_factory=dict, max_length=20)
    separate: Annotated[list[SoftKey], Once] = Field(default_factory=list, max_length=5)
    inclusive_tax: Literal["base", "tax_from_gross", "net_rounded"] = "base"
    discount_order: Literal[
        "percent_first_compounding", "as_listed_compounding", "each_on_original"
    ] = "percent_first_compounding"
    tax_level: Literal["rate", "line"] = "rate"
    services_due: Literal["issue", "debits", "payment"] = "issue"
    e_invoice: Literal["none", "fr-ctc", "en16931", "peppol"] = "none"
    late_percent: Annotated[Amount, Field(le=100)] | None = None
    """What businesses owe a year that pay late, where that is not the legal rate."""
    assignments: list[AssignmentModel] = Field(default_factory=list, max_length=100)
    custom_fields: Declared = Field(default_factory=list)
    """What may be said of customers, subscriptions, lines and documents besides."""
    payable_by: list[Literal["paypal", "sandbox", "stripe"]] = Field(
        default_factory=list, max_length=5
    )
    """On whose pages its invoices can be paid, in this order."""
    delivery: DeliveryModel = Field(default_factory=lambda: DeliveryModel(ways=["mail"]))
    """How documents are brought to customers for whom nothing else is chosen."""
    version: int = Field(default=1, ge=1)
    metadata: Metadata = Field(default_factory=dict)

    def entity(self) -> Entity:
        zone(self.time_zone)
        place = self.address
        address = Address(tuple(place.lines), place.postcode, place.city, place.country)
        fields = {name: getattr(self, name) for name in ENTITY_FIELDS}
        assignments = tuple(one.assignment() for one in self.assignments)
        fields |= {"address": address, "separate": tuple(self.separate)}
        fields["payable_by"] = tuple(dict.fromkeys(self.payable_by))
        percent = "" if self.late_percent is None else plain(self.late_percent)
        fields |= {"assignments": assignments, "late_percent": percent}
        fields["delivery"] = self.delivery.chosen()
        fields["custom_fields"] = declared(self.custom_fields)
        return Entity(**{**fields, "currency": currency(self.currency)})


class NewProduct(Strict):
    code: Code
    name: Text
    tax_class: Code = "standard"
    revenue_account: str = Field(default="706", pattern=r"^[0-9]{3,10}$")
    unit: str = Field(default="C62", pattern=r"^[A-Z0-9]{2,3}$")
    nature: Literal["services", "goods"] = "services"
    metadata: Metadata = Field(default_factory=dict)

    def product(self) -> Product:
        fields = self.model_dump(include={"name", "tax_class", "revenue_account", "unit", "nature"})
        return Product(id=self.code, **fields)


class NewMeter(Strict):
    code: Code
    event_type: Text
    aggregation: Annotated[Aggregation, Field(strict=False)]
    value: str = ""
    filters: dict[Name, str] = Field(default_factory=dict, max_length=10)
    dimensions: Annotated[list[Name], Once] = Field(default_factory=list, max_length=5)
    decimals: int = Field(default=4, ge=0, le=12)
    signed: bool = False
    excludes: dict[Name, str] = Field(default_factory=dict, max_length=10)
    rounding: Annotated[Rounding, Field(strict=False)] = Rounding.HALF_AWAY
    prorated: bool = False
    fields: Annotated[list[Name], Once] = Field(default_factory=list, max_length=10)
    """Of these every event keeps its decimals, for prices of single events."""
    metadata: Metadata = Field(default_factory=dict)

    def meter(self) -> Meter:
        return Meter(
            code=self.code,
            event_type=self.event_type,
            aggregation=self.aggregation,
            value=self.value,
            filters=tuple(sorted(self.filters.items())),
            dimensions=tuple(self.dimensions),
            decimals=self.decimals,
            signed=self.signed,
            excludes=tuple(sorted(self.excludes.items())),
            rounding=self.rounding,
            prorated=self.prorated,
            fields=tuple(self.fields),
        )


class NewPrice(Strict):
    code: Code
    product: Code
    currency: str
    kind: Annotated[ChargeKind, Field(strict=False)]
    model: AnyModel
    meter: str = ""
    proration: Annotated[Proration, Field(strict=False)] = Proration.DAY
    free_units: Amount = Field(default="0", validate_default=True)
    prorate_allowance: bool = False
    tax_included: bool = False
    eligible: list[Code] = Field(default_factory=list, max_length=50)
    across: bool = False
    ramp: Ramp = Field(default_factory=list)
    tiers: Literal["together", "lines"] = "together"
    """Whether the tiers of a period are one line, or each is a line of its own."""
    priced_in: Code | None = None
    """The pricing unit that all amounts are in, where that is not the currency."""
    currencies: Currencies = Field(default_factory=list)
    metadata: Metadata = Field(default_factory=dict)

    def price(self) -> Price:
        return Price(
            id=self.code,
            version=1,
            product_id=self.product,
            currency=currency(self.currency),
            kind=self.kind,
            model=priced(self.model),
            meter=self.meter,
            proration=self.proration,
            free_units=self.free_units,
            prorate_allowance=self.prorate_allowance,
            tax_included=self.tax_included,
            eligible=tuple(self.eligible),
            across=self.across,
            ramp=ramp_of(self.ramp),
            priced_in=self.priced_in or "",
            by_tier=self.tiers == "lines",
            others=currencies_of(self.currencies),
        )


class ComponentModel(Strict):
    code: Code
    price: Code
    description: Text
    default_quantity: Amount = Field(default="1", validate_default=True)


class NewPlan(Strict):
    code: Code
    name: Text
    unit: Annotated[Unit, Field(strict=False)]
    count: int = Field(default=1, ge=1, le=120)
    components: list[ComponentModel] = Field(min_length=1, max_length=50)
    above: list[Code] = Field(default_factory=list, max_length=50)
    below: list[Code] = Field(default_factory=list, max_length=50)
    credit: Annotated[Credit, Field(strict=False)] = Credit.PRORATE
    metadata: Metadata = Field(default_factory=dict)

    def plan(self) -> Plan:
        components = tuple(
            Component(one.code, one.price, one.description, one.default_quantity)
            for one in self.components
        )
        return Plan(
            id=self.code,
            version=1,
            name=self.name,
            unit=self.unit,
            count=self.count,
            components=components,
            above=tuple(self.above),
            below=tuple(self.below),
            credit=self.credit,
        )
