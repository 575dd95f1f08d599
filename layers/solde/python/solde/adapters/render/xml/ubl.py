"""UBL 2.1, Invoice and CreditNote: the order of elements is that of its schemas."""

from collections.abc import Iterator

from solde.adapters.render.payment import Attachment, Payee, Payment
from solde.adapters.render.xml.terms import (
    Allowance,
    BusinessTerms,
    Line,
    Party,
    Tax,
)
from solde.adapters.render.xml.write import HEAD, el, text

OASIS = "urn:oasis:names:specification:ubl:schema:xsd"
COMPONENTS = {
    "xmlns:cac": f"{OASIS}:CommonAggregateComponents-2",
    "xmlns:cbc": f"{OASIS}:CommonBasicComponents-2",
}
DUE = {"debits": "3", "payment": "432"}
"""BT-8, of UNTDID 2005."""
SIREN, OBJECT, DISCOUNT = "0002", "130", "95"


def ubl(said: BusinessTerms) -> bytes:
    """Return the UBL of an invoice or credit note; equal terms give equal bytes."""
    kind = "CreditNote" if said.credit_note else "Invoice"
    named = said.references
    root = el(
        kind,
        text("cbc:CustomizationID", said.customization),
        text("cbc:ProfileID", said.process),
        text("cbc:ID", said.number),
        text("cbc:IssueDate", said.issued_on),
        text("cbc:DueDate", "" if said.credit_note else said.due_on),
        text(f"cbc:{kind}TypeCode", said.type_code),
        *(text("cbc:Note", one) for one in _notes(said)),
        text("cbc:DocumentCurrencyCode", said.currency),
        text("cbc:TaxCurrencyCode", said.tax_currency),
        text("cbc:AccountingCost", named.cost_centre),
        text("cbc:BuyerReference", named.buyer),
        _period(said.start, said.end, DUE.get(said.tax_due, "")),
        el("cac:OrderReference", text("cbc:ID", named.order)),
        *(_original(number, day) for number, day in said.originals),
        el("cac:ContractDocumentReference", text("cbc:ID", named.contract)),
        *map(_attachment, said.attachments),
        el("cac:AccountingSupplierParty", _party(said.seller, _creditor(said))),
        el("cac:AccountingCustomerParty", _party(said.buyer)),
        _payee(said.payee) if said.payee else "",
        _delivery(said),
        _means(said.payment) if said.payment else "",
        el("cac:PaymentTerms", text("cbc:Note", said.terms)),
        *(_allowance(one, said.currency) for one in said.allowances),
        _tax_total(said),
        el("cac:TaxTotal", text("cbc:TaxAmount", said.tax_booked, currencyID=said.tax_currency)),
        _totals(said),
        *(_line(one, kind, said.currency) for one in said.lines),
        xmlns=f"{OASIS}:{kind}-2",
        **COMPONENTS,
    )
    return (HEAD + root).encode()


def _notes(said: BusinessTerms) -> Iterator[str]:
    """Yield one note, since Peppol reads no more; France writes the code of each into it."""
    if said.coded_notes:
        for code, note in said.notes:
            yield f"#{code}#{note}" if code else note
    else:
        yield " ".join(note for _, note in said.notes)


def _original(number: str, day: str) -> str:
    named = text("cbc:ID", number) + text("cbc:IssueDate", day)
    return el("cac:BillingReference", el("cac:InvoiceDocumentReference", named))


def _delivery(said: BusinessTerms) -> str:
    address = _address("cac:Address", said.buyer) if said.deliver_to_buyer else ""
    name = text("cbc:Name", said.references.ship_to)
    return el(
        "cac:Delivery",
        el("cac:DeliveryLocation", address),
        el("cac:DeliveryParty", el("cac:PartyName", name)),
    )


def _attachment(one: Attachment) -> str:
    link = el("cac:ExternalReference", text("cbc:URI", one.url))
    return el(
        "cac:AdditionalDocumentReference",
        text("cbc:ID", one.id),
        text("cbc:DocumentDescription", one.description),
        el("cac:Attachment", link),
    )


def _creditor(said: BusinessTerms) -> str:
    """Say BT-90, which is an identifier of the seller here."""
    creditor = said.payment.creditor if said.payment else ""
    return el("cac:PartyIdentification", text("cbc:ID", creditor, schemeID="SEPA"))


def _payee(one: Payee) -> str:
    return el(
        "cac:PayeeParty",
        el("cac:PartyName", text("cbc:Name", one.name)),
        el("cac:PartyLegalEntity", text("cbc:CompanyID", one.siren, schemeID=SIREN)),
    )


def _means(paid: Payment) -> str:
    debtor = el("cac:PayerFinancialAccount", text("cbc:ID", paid.debtor_iban))
    return el(
        "cac:PaymentMeans",
        text("cbc:PaymentMeansCode", paid.means),
        text("cbc:PaymentID", paid.reference),
        el(
            "cac:CardAccount",
            text("cbc:PrimaryAccountNumberID", paid.card),
            text("cbc:NetworkID", paid.network),
            text("cbc:HolderName", paid.holder),
        ),
        el(
            "cac:PayeeFinancialAccount",
            text("cbc:ID", paid.iban),
            text("cbc:Name", paid.account_name),
            el("cac:FinancialInstitutionBranch", text("cbc:ID", paid.bic)),
        ),
        el("cac:PaymentMandate", text("cbc:ID", paid.mandate), debtor),
    )


def _tax_total(said: BusinessTerms) -> str:
    currency = said.currency
    parts = (
        el(
            "cac:TaxSubtotal",
            text("cbc:TaxableAmount", one.base, currencyID=currency),
            text("cbc:TaxAmount", one.amount, currencyID=currency),
            _category("cac:TaxCategory", one),
        )
        for one in said.taxes
    )
    return el("cac:TaxTotal", text("cbc:TaxAmount", said.totals.tax, currencyID=currency), *parts)


def _totals(said: BusinessTerms) -> str:
    sums, currency = said.totals, said.currency
    return el(
        "cac:LegalMonetaryTotal",
        text("cbc:LineExtensionAmount", sums.lines, currencyID=currency),
        text("cbc:TaxExclusiveAmount", sums.net, currencyID=currency),
        text("cbc:TaxInclusiveAmount", sums.gross, currencyID=currency),
        text("cbc:AllowanceTotalAmount", sums.allowances, currencyID=currency),
        text("cbc:PrepaidAmount", sums.prepaid, currencyID=currency),
        text("cbc:PayableRoundingAmount", sums.rounding, currencyID=currency),
        text("cbc:PayableAmount", sums.due, currencyID=currency),
    )


def _line(line: Line, kind: str, currency: str) -> str:
    counted = "CreditedQuantity" if kind == "CreditNote" else "InvoicedQuantity"
    return el(
        f"cac:{kind}Line",
        text("cbc:ID", line.id),
        text(f"cbc:{counted}", line.quantity, unitCode=line.unit),
        text("cbc:LineExtensionAmount", line.net, currencyID=currency),
        _period(line.start, line.end),
        el(
            "cac:DocumentReference",
            text("cbc:ID", line.object_id),
            text("cbc:DocumentTypeCode", OBJECT),
        ),
        *(_allowance(one, currency) for one in line.allowances),
        _item(line),
        el(
            "cac:Price",
            text("cbc:PriceAmount", line.price, currencyID=currency),
            text("cbc:BaseQuantity", line.base_quantity, unitCode=line.unit),
        ),
    )


def _item(line: Line) -> str:
    properties = (
        el("cac:AdditionalItemProperty", text("cbc:Name", label), text("cbc:Value", value))
        for label, value in line.attributes
    )
    return el(
        "cac:Item",
        text("cbc:Description", line.description),
        text("cbc:Name", line.name),
        el("cac:SellersItemIdentification", text("cbc:ID", line.sku)),
        _category("cac:ClassifiedTaxCategory", line.tax),
        *properties,
    )


def _allowance(one: Allowance, currency: str) -> str:
    return el(
        "cac:AllowanceCharge",
        text("cbc:ChargeIndicator", "false"),
        text("cbc:AllowanceChargeReasonCode", DISCOUNT),
        text("cbc:AllowanceChargeReason", one.reason),
        text("cbc:Amount", one.amount, currencyID=currency),
        _category("cac:TaxCategory", one.tax) if one.tax else "",
    )


def _category(tag: str, tax: Tax) -> str:
    return el(
        tag,
        text("cbc:ID", tax.category),
        text("cbc:Percent", tax.rate),
        text("cbc:TaxExemptionReasonCode", tax.code),
        text("cbc:TaxExemptionReason", tax.reason),
        el("cac:TaxScheme", text("cbc:ID", "VAT")),
    )


def _party(one: Party, creditor: str = "") -> str:
    address, scheme = one.endpoint or ("", "")
    ids = (
        el("cac:PartyIdentification", text("cbc:ID", value, schemeID=scheme))
        for value, scheme in one.ids
    )
    return el(
        "cac:Party",
        text("cbc:EndpointID", address, schemeID=scheme),
        *ids,
        creditor,
        _address("cac:PostalAddress", one),
        _registered(one.vat_id, "VAT"),
        _registered(one.tax_id, "TAX"),
        el(
            "cac:PartyLegalEntity",
            text("cbc:RegistrationName", one.name),
            text("cbc:CompanyID", one.siren, schemeID=SIREN),
            text("cbc:CompanyLegalForm", one.legal),
        ),
        el("cac:Contact", text("cbc:ElectronicMail", one.email)),
    )


def _registered(identity: str, scheme: str) -> str:
    known = text("cbc:CompanyID", identity)
    named = el("cac:TaxScheme", text("cbc:ID", scheme))
    return el("cac:PartyTaxScheme", known, named) if known else ""


def _address(tag: str, one: Party) -> str:
    first, second, third = one.lines
    return el(
        tag,
        text("cbc:StreetName", first),
        text("cbc:AdditionalStreetName", second),
        text("cbc:CityName", one.city),
        text("cbc:PostalZone", one.postcode),
        el("cac:AddressLine", text("cbc:Line", third)),
        el("cac:Country", text("cbc:IdentificationCode", one.country)),
    )


def _period(start: str, end: str, due: str = "") -> str:
    return el(
        "cac:InvoicePeriod",
        text("cbc:StartDate", start),
        text("cbc:EndDate", end),
        text("cbc:DescriptionCode", due),
    )
