"""Cross Industry Invoice D22B: the order of elements is that of its schema."""

from solde.adapters.render.xml.terms import Allowance, BusinessTerms, Line, Party, Tax
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
SIREN, OBJECT, DISCOUNT = "0002", "130", "95"


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
            *(_line(one) for one in said.lines),
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
        _day("ram:IssueDateTime", said.issued_on),
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
        _day("ram:DueDateDateTime", said.due_on),
    )
    originals = (
        el(
            "ram:InvoiceReferencedDocument",
            text("ram:IssuerAssignedID", number),
            _day("ram:FormattedIssueDateTime", day, space="qdt"),
        )
        for number, day in said.originals
    )
    cost_centre = text("ram:ID", said.references.cost_centre)
    return el(
        "ram:ApplicableHeaderTradeSettlement",
        text("ram:PaymentReference", said.payment.reference if said.payment else ""),
        text("ram:TaxCurrencyCode", said.tax_currency),
        text("ram:InvoiceCurrencyCode", said.currency),
        _means(said),
        *(_tax(one, said.tax_due) for one in said.taxes),
        _period(said.start, said.end),
        *(_allowance(one) for one in said.allowances),
        terms,
        _summation(said),
        *originals,
        el("ram:ReceivableSpecifiedTradeAccountingAccount", cost_centre),
    )


def _means(said: BusinessTerms) -> str:
    if not (paid := said.payment):
        return ""
    return el(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        text("ram:TypeCode", paid.means),
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


def _line(line: Line) -> str:
    return el(
        "ram:IncludedSupplyChainTradeLineItem",
        el("ram:AssociatedDocumentLineDocument", text("ram:LineID", line.id)),
        el(
            "ram:SpecifiedTradeProduct",
            text("ram:SellerAssignedID", line.sku),
            text("ram:Name", line.name),
            text("ram:Description", line.description),
            *(_attribute(label, value) for label, value in line.attributes),
        ),
        el(
            "ram:SpecifiedLineTradeAgreement",
            el(
                "ram:NetPriceProductTradePrice",
                text("ram:ChargeAmount", line.price),
                text("ram:BasisQuantity", line.base_quantity, unitCode=line.unit),
            ),
        ),
        el(
            "ram:SpecifiedLineTradeDelivery",
            text("ram:BilledQuantity", line.quantity, unitCode=line.unit),
        ),
        _line_settlement(line),
    )


def _attribute(label: str, value: str) -> str:
    return el(
        "ram:ApplicableProductCharacteristic",
        text("ram:Description", label),
        text("ram:Value", value),
    )


def _line_settlement(line: Line) -> str:
    return el(
        "ram:SpecifiedLineTradeSettlement",
        el("ram:ApplicableTradeTax", _category(line.tax)),
        _period(line.start, line.end),
        *(_allowance(one) for one in line.allowances),
        el(
            "ram:SpecifiedTradeSettlementLineMonetarySummation",
            text("ram:LineTotalAmount", line.net),
        ),
        el(
            "ram:AdditionalReferencedDocument",
            text("ram:IssuerAssignedID", line.object_id),
            text("ram:TypeCode", OBJECT),
        ),
    )


def _allowance(one: Allowance) -> str:
    return el(
        "ram:SpecifiedTradeAllowanceCharge",
        el("ram:ChargeIndicator", text("udt:Indicator", "false")),
        text("ram:ActualAmount", one.amount),
        text("ram:ReasonCode", DISCOUNT),
        text("ram:Reason", one.reason),
        el("ram:CategoryTradeTax", _category(one.tax)) if one.tax else "",
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


def _category(tax: Tax) -> str:
    return (
        text("ram:TypeCode", "VAT")
        + text("ram:CategoryCode", tax.category)
        + text("ram:RateApplicablePercent", tax.rate)
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


def _period(start: str, end: str) -> str:
    return el(
        "ram:BillingSpecifiedPeriod",
        _day("ram:StartDateTime", start),
        _day("ram:EndDateTime", end),
    )


def _day(tag: str, day: str, *, space: str = "udt") -> str:
    return el(tag, text(f"{space}:DateTimeString", day.replace("-", ""), format="102"))
