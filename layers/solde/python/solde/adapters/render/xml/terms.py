"""The business terms (BT) and groups (BG) of EN 16931 that a document fills, all as text."""

from dataclasses import dataclass

from solde.adapters.render.payment import Attachment, Payee, Payment

Coded = tuple[str, str]
"""A value with the scheme or the code that says what it is."""


@dataclass(frozen=True, slots=True)
class Party:
    """BG-4 or BG-7: seller or buyer."""

    name: str
    ids: tuple[Coded, ...]
    """BT-29, BT-46: identifiers, each with its scheme (ISO/IEC 6523) or none."""
    siren: str
    vat_id: str
    tax_id: str
    """BT-32: what a seller without VAT id, who charges none, is known by for tax."""
    legal: str
    """BT-33: legal form, capital, register."""
    endpoint: Coded | None
    """BT-34, BT-49: the electronic address and its scheme."""
    lines: tuple[str, str, str]
    postcode: str
    city: str
    country: str
    email: str


@dataclass(frozen=True, slots=True)
class Tax:
    """BG-23, and the category of lines and allowances; `rate` is empty outside the scope of VAT."""

    category: str
    rate: str
    base: str = ""
    amount: str = ""
    reason: str = ""
    code: str = ""
    due: bool = False
    """Whether BT-8 says when it is due."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """BG-20 or, without a tax of its own, BG-27."""

    amount: str
    reason: str
    tax: Tax | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """BG-25."""

    id: str
    object_id: str
    """BT-128: the subscription."""
    quantity: str
    unit: str
    price: str
    base_quantity: str
    net: str
    start: str
    end: str
    allowances: tuple[Allowance, ...]
    tax: Tax
    sku: str
    name: str
    description: str
    attributes: tuple[Coded, ...]
    """BG-32: what is named for this line alone, label and text."""


@dataclass(frozen=True, slots=True)
class Totals:
    """BG-22; `allowances` and `rounding` are empty where there are none."""

    lines: str
    allowances: str
    net: str
    tax: str
    gross: str
    prepaid: str
    rounding: str
    due: str


@dataclass(frozen=True, slots=True)
class References:
    """What the buyer wants named, where all lines share it (BT-10, 12, 13, 19, 70)."""

    buyer: str
    order: str
    contract: str
    cost_centre: str
    ship_to: str


@dataclass(frozen=True, slots=True)
class BusinessTerms:
    customization: str
    process: str
    credit_note: bool
    type_code: str
    number: str
    issued_on: str
    due_on: str
    terms: str
    """BT-20, in words."""
    notes: tuple[Coded, ...]
    """BG-1: subject code (or none) and text."""
    coded_notes: bool
    """Whether a syntax without subject codes writes them into the text, as France does."""
    currency: str
    tax_currency: str
    tax_booked: str
    tax_due: str
    """BT-8: `debits`, `payment`, or nothing."""
    references: References
    seller: Party
    buyer: Party
    deliver_to_buyer: bool
    """Whether BG-15 is wanted: intra-Community supplies."""
    start: str
    end: str
    originals: tuple[Coded, ...]
    """BG-3: number and day of issue."""
    payment: Payment | None
    payee: Payee | None
    attachments: tuple[Attachment, ...]
    allowances: tuple[Allowance, ...]
    taxes: tuple[Tax, ...]
    totals: Totals
    lines: tuple[Line, ...]
