"""Cross Industry Invoice D22B: the order of elements is that of its schema."""

from solde.adapters.render.payment import Attachment, Payee, Payment
from solde.adapters.render.xml.cii_lines import allowance, day, line_of, period
from solde.adapters.render.xml.terms import BusinessTerms, Party, Tax
from solde.adapters.render.xml.write import HEAD, el, text

D22B = "urn:un:unece:uncefact:data:standard"
SPACES = {
    "xmlns:rsm": f"{D22B}:CrossIndustryInvoice:100",
    "xmlns:ram": f"{D22B}:ReusableAggregateBusinessInformationEntity:100",
    "xmlns:udt": f"{D22B}:UnqualifiedDataType:100",
    "xmlns:qdt": f"{D22B}:QualifiedDataType:100",
}
DUE = {"debits": "5", "payment": "72"}
"""BT-8, of UNTDID 2475."""
SIREN, ATTACHED = "0002", "916"


def cii(said: BusinessTerms) -> bytes:
    """Return the CII of an invoice; equal terms give equal bytes."""
    root = el(
        "rsm:CrossIndustryInvoice",
        el(
            "rsm:ExchangedDocumentContext",
            el(
                "ram:BusinessProcessSpecifiedDocumentContextParameter",
                text("ram:ID", said.process),
            ),
            el(
                "ram:GuidelineSpecifiedDocumentContextParameter",
                text("ram:ID", said.customization),
            ),
        ),
        _document(said),
        el(
            "rsm:SupplyChainTradeTransaction",
            *(line_of(one) for one in said.lines),
            _agreement(said),
            _delivery(said),
            _settlement(said),
        ),
        **SPACES,
    )
    return (HEAD + root).encode()


def _document(said: BusinessTerms) -> str:
    notes = (
        el("ram:IncludedNote", text("ram:Content", note), text("ram:SubjectCode", code))
        for code, note in said.notes
    )
    return el(
        "rsm:ExchangedDocument",
        text("ram:ID", said.number),
        text("ram:TypeCode", said.type_code),
        day("ram:IssueDateTime", said.issued_on),
        *notes,
    )


def _agreement(said: BusinessTerms) -> str:
    named = said.references
    return el(
        "ram:ApplicableHeaderTradeAgreement",
        text("ram:BuyerReference", named.buyer),
        _party("ram:SellerTradeParty", said.seller),
        _party("ram:BuyerTradeParty", said.buyer),
        el("ram:BuyerOrderReferencedDocument", text("ram:IssuerAssignedID", named.order)),
        el("ram:ContractReferencedDocument", text("ram:IssuerAssignedID", named.contract)),
        *map(_attachment, said.attachments),
    )


def _attachment(one: Attachment) -> str:
    return el(
        "ram:AdditionalReferencedDocument",
        text("ram:IssuerAssignedID", one.id),
        text("ram:URIID", one.url),
        text("ram:TypeCode", ATTACHED),
        text("ram:Name", one.description),
    )


def _delivery(said: BusinessTerms) -> str:
    """Say where goods go; the element is wanted even if there is nothing to say."""
    address = _address(said.buyer) if said.deliver_to_buyer else ""
    name = said.references.ship_to
    inside = el("ram:ShipToTradeParty", text("ram:Name", name), address)
    return f"<ram:ApplicableHeaderTradeDelivery>{inside}</ram:ApplicableHeaderTradeDelivery>"


def _settlement(said: BusinessTerms) -> str:
    terms = el(
        "ram:SpecifiedTradePaymentTerms",
        text("ram:Description", said.terms),
        day("ram:DueDateDateTime", said.due_on),
        text("ram:DirectDebitMandateID", said.payment.mandate if said.payment else ""),
    )
    originals = (
        el(
            "ram:InvoiceReferencedDocument",
            text("ram:IssuerAssignedID", number),
            day("ram:FormattedIssueDateTime", on, space="qdt"),
        )
        for number, on in said.originals
    )
    cost_centre = text("ram:ID", said.references.cost_centre)
    return el(
        "ram:ApplicableHeaderTradeSettlement",
        text("ram:CreditorReferenceID", said.payment.creditor if said.payment else ""),
        text("ram:PaymentReference", said.payment.reference if said.payment else ""),
        text("ram:TaxCurrencyCode", said.tax_currency),
        text("ram:InvoiceCurrencyCode", said.currency),
        _payee(said.payee) if said.payee else "",
        _means(said.payment) if said.payment else "",
        *(_tax(one, said.tax_due) for one in said.taxes),
        period(said.start, said.end),
        *(allowance(one) for one in said.allowances),
        terms,
        _summation(said),
        *originals,
        el("ram:ReceivableSpecifiedTradeAccountingAccount", cost_centre),
    )


def _payee(one: Payee) -> str:
    return el(
        "ram:PayeeTradeParty",
        text("ram:Name", one.name),
        el("ram:SpecifiedLegalOrganization", text("ram:ID", one.siren, schemeID=SIREN)),
    )


def _means(paid: Payment) -> str:
    return el(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        text("ram:TypeCode", paid.means),
        el(
            "ram:ApplicableTradeSettlementFinancialCard",
            text("ram:ID", paid.card),
            text("ram:CardholderName", paid.holder),
        ),
        el("ram:PayerPartyDebtorFinancialAccount", text("ram:IBANID", paid.debtor_iban)),
        el(
            "ram:PayeePartyCreditorFinancialAccount",
            text("ram:IBANID", paid.iban),
            text("ram:AccountName", paid.account_name),
        ),
        el("ram:PayeeSpecifiedCreditorFinancialInstitution", text("ram:BICID", paid.bic)),
    )


def _summation(said: BusinessTerms) -> str:
    sums = said.totals
    return el(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        text("ram:LineTotalAmount", sums.lines),
        text("ram:AllowanceTotalAmount", sums.allowances),
        text("ram:TaxBasisTotalAmount", sums.net),
        text("ram:TaxTotalAmount", sums.tax, currencyID=said.currency),
        text("ram:TaxTotalAmount", said.tax_booked, currencyID=said.tax_currency),
        text("ram:RoundingAmount", sums.rounding),
        text("ram:GrandTotalAmount", sums.gross),
        text("ram:TotalPrepaidAmount", sums.prepaid),
        text("ram:DuePayableAmount", sums.due),
    )


def _tax(one: Tax, due: str) -> str:
    return el(
        "ram:ApplicableTradeTax",
        text("ram:CalculatedAmount", one.amount),
        text("ram:TypeCode", "VAT"),
        text("ram:ExemptionReason", one.reason),
        text("ram:BasisAmount", one.base),
        text("ram:CategoryCode", one.category),
        text("ram:ExemptionReasonCode", one.code),
        text("ram:DueDateTypeCode", DUE[due] if one.due else ""),
        text("ram:RateApplicablePercent", one.rate),
    )


def _party(tag: str, one: Party) -> str:
    ids = (
        text("ram:GlobalID" if scheme else "ram:ID", value, schemeID=scheme)
        for value, scheme in one.ids
    )
    address, scheme = one.endpoint or ("", "")
    return el(
        tag,
        *ids,
        text("ram:Name", one.name),
        text("ram:Description", one.legal),
        el("ram:SpecifiedLegalOrganization", text("ram:ID", one.siren, schemeID=SIREN)),
        el(
            "ram:DefinedTradeContact",
            el("ram:EmailURIUniversalCommunication", text("ram:URIID", one.email)),
        ),
        _address(one),
        el("ram:URIUniversalCommunication", text("ram:URIID", address, schemeID=scheme)),
        el("ram:SpecifiedTaxRegistration", text("ram:ID", one.vat_id, schemeID="VA")),
        el("ram:SpecifiedTaxRegistration", text("ram:ID", one.tax_id, schemeID="FC")),
    )


def _address(one: Party) -> str:
    first, second, third = one.lines
    return el(
        "ram:PostalTradeAddress",
        text("ram:PostcodeCode", one.postcode),
        text("ram:LineOne", first),
        text("ram:LineTwo", second),
        text("ram:LineThree", third),
        text("ram:CityName", one.city),
        text("ram:CountryID", one.country),
    )
