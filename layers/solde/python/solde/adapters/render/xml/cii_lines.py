"""Lines of the Cross Industry Invoice, and the parts that lines and documents share."""

from solde.adapters.render.xml.terms import Allowance, Line, Tax
from solde.adapters.render.xml.write import el, text

OBJECT, DISCOUNT = "130", "95"


def line_of(line: Line) -> str:
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
        _settlement(line),
    )


def _attribute(label: str, value: str) -> str:
    return el(
        "ram:ApplicableProductCharacteristic",
        text("ram:Description", label),
        text("ram:Value", value),
    )


def _settlement(line: Line) -> str:
    return el(
        "ram:SpecifiedLineTradeSettlement",
        el("ram:ApplicableTradeTax", category(line.tax)),
        period(line.start, line.end),
        *(allowance(one) for one in line.allowances),
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


def allowance(one: Allowance) -> str:
    return el(
        "ram:SpecifiedTradeAllowanceCharge",
        el("ram:ChargeIndicator", text("udt:Indicator", "false")),
        text("ram:ActualAmount", one.amount),
        text("ram:ReasonCode", DISCOUNT),
        text("ram:Reason", one.reason),
        el("ram:CategoryTradeTax", category(one.tax)) if one.tax else "",
    )


def category(tax: Tax) -> str:
    return (
        text("ram:TypeCode", "VAT")
        + text("ram:CategoryCode", tax.category)
        + text("ram:RateApplicablePercent", tax.rate)
    )


def period(start: str, end: str) -> str:
    return el(
        "ram:BillingSpecifiedPeriod",
        day("ram:StartDateTime", start),
        day("ram:EndDateTime", end),
    )


def day(tag: str, day: str, *, space: str = "udt") -> str:
    return el(tag, text(f"{space}:DateTimeString", day.replace("-", ""), format="102"))
