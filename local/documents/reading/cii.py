"""Where CII D22B has the business terms of EN 16931."""

from local.documents.reading.syntax import Group, Syntax

UN = "urn:un:unece:uncefact:data:standard"
NAMES = {
    "rsm": f"{UN}:CrossIndustryInvoice:100",
    "ram": f"{UN}:ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{UN}:UnqualifiedDataType:100",
    "qdt": f"{UN}:QualifiedDataType:100",
}
DAY = "udt:DateTimeString"
AGREEMENT, DELIVERY, SETTLEMENT = (
    f"rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTrade{one}"
    for one in ("Agreement", "Delivery", "Settlement")
)
ADDRESS = "ram:PostalTradeAddress"
SUM = "ram:SpecifiedTradeSettlementHeaderMonetarySummation"
MEANS = "ram:SpecifiedTradeSettlementPaymentMeans"
VAT = {"ram:TypeCode": "VAT"}


def address(first: int, second: str, third: int) -> dict[str, str]:
    """Return an address from its first term on; the lines beyond have numbers of their own."""
    return {
        f"BT-{first}": f"{ADDRESS}/ram:LineOne",
        f"BT-{first + 1}": f"{ADDRESS}/ram:LineTwo",
        second: f"{ADDRESS}/ram:LineThree",
        f"BT-{first + 2}": f"{ADDRESS}/ram:CityName",
        f"BT-{first + 3}": f"{ADDRESS}/ram:PostcodeCode",
        f"BT-{third}": f"{ADDRESS}/ram:CountryID",
    }


def contact(term: str) -> dict[str, str]:
    return {term: "ram:DefinedTradeContact/ram:EmailURIUniversalCommunication/ram:URIID"}


def endpoint(term: str) -> dict[str, str]:
    path = "ram:URIUniversalCommunication/ram:URIID"
    return {term: path, f"{term}-1": f"{path}@schemeID"}


def ids(term: str) -> Group:
    return Group("ram:GlobalID", {term: "", f"{term}-1": "@schemeID"})


def legal(term: str) -> dict[str, str]:
    path = "ram:SpecifiedLegalOrganization/ram:ID"
    return {term: path, f"{term}-1": f"{path}@schemeID"}


def registered(scheme: str) -> str:
    return f"ram:SpecifiedTaxRegistration/ram:ID[@schemeID='{scheme}']"


SELLER = Group(
    f"{AGREEMENT}/ram:SellerTradeParty",
    {
        "BT-27": "ram:Name",
        "BT-29": "ram:ID",
        **legal("BT-30"),
        "BT-31": registered("VA"),
        "BT-32": registered("FC"),
        "BT-33": "ram:Description",
        **endpoint("BT-34"),
        **address(35, "BT-162", 40),
        **contact("BT-43"),
    },
    inner=(ids("BT-29"),),
    each=False,
)
BUYER = Group(
    f"{AGREEMENT}/ram:BuyerTradeParty",
    {
        "BT-44": "ram:Name",
        "BT-46": "ram:ID",
        **legal("BT-47"),
        "BT-48": registered("VA"),
        **endpoint("BT-49"),
        **address(50, "BT-163", 55),
        **contact("BT-58"),
    },
    inner=(ids("BT-46"),),
    each=False,
)
PAYEE = Group(
    f"{SETTLEMENT}/ram:PayeeTradeParty",
    {"BT-59": "ram:Name", "BT-60": "ram:ID", **legal("BT-61")},
    each=False,
)
SHIPPED = Group(
    f"{DELIVERY}/ram:ShipToTradeParty",
    {"BT-70": "ram:Name", **address(75, "BT-165", 80)},
    each=False,
)
PAYMENT = Group(
    f"{SETTLEMENT}/{MEANS}",
    {
        "BT-81": "ram:TypeCode",
        "BT-84": "ram:PayeePartyCreditorFinancialAccount/ram:IBANID",
        "BT-85": "ram:PayeePartyCreditorFinancialAccount/ram:AccountName",
        "BT-86": "ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID",
        "BT-87": "ram:ApplicableTradeSettlementFinancialCard/ram:ID",
        "BT-88": "ram:ApplicableTradeSettlementFinancialCard/ram:CardholderName",
        "BT-91": "ram:PayerPartyDebtorFinancialAccount/ram:IBANID",
    },
    each=False,
)
TAX = Group(
    f"{SETTLEMENT}/ram:ApplicableTradeTax",
    {
        "BT-116": "ram:BasisAmount",
        "BT-117": "ram:CalculatedAmount",
        "BT-118": "ram:CategoryCode",
        "BT-119": "ram:RateApplicablePercent",
        "BT-120": "ram:ExemptionReason",
        "BT-121": "ram:ExemptionReasonCode",
        "BT-8": "ram:DueDateTypeCode",
    },
    fixed=VAT,
)
OFF = "ram:ChargeIndicator/udt:Indicator"
ALLOWANCE = Group(
    f"{SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge",
    {
        "BT-92": "ram:ActualAmount",
        "BT-95": "ram:CategoryTradeTax/ram:CategoryCode",
        "BT-96": "ram:CategoryTradeTax/ram:RateApplicablePercent",
        "BT-97": "ram:Reason",
        "BT-98": "ram:ReasonCode",
    },
    fixed={OFF: "false", "ram:CategoryTradeTax/ram:TypeCode": "VAT"},
)
LINE_TAX = "ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax"
OBJECT = "ram:SpecifiedLineTradeSettlement/ram:AdditionalReferencedDocument"
PERIOD = "ram:SpecifiedLineTradeSettlement/ram:BillingSpecifiedPeriod"
PRICE = "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice"
COUNT = "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity"
NET = "ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeSettlementLineMonetarySummation"
LINE = Group(
    "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem",
    {
        "BT-126": "ram:AssociatedDocumentLineDocument/ram:LineID",
        "BT-128": f"{OBJECT}/ram:IssuerAssignedID",
        "BT-129": COUNT,
        "BT-130": f"{COUNT}@unitCode",
        "BT-131": f"{NET}/ram:LineTotalAmount",
        "BT-134": f"{PERIOD}/ram:StartDateTime/{DAY}",
        "BT-135": f"{PERIOD}/ram:EndDateTime/{DAY}",
        "BT-146": f"{PRICE}/ram:ChargeAmount",
        "BT-149": f"{PRICE}/ram:BasisQuantity",
        "BT-150": f"{PRICE}/ram:BasisQuantity@unitCode",
        "BT-151": f"{LINE_TAX}/ram:CategoryCode",
        "BT-152": f"{LINE_TAX}/ram:RateApplicablePercent",
        "BT-153": "ram:SpecifiedTradeProduct/ram:Name",
        "BT-154": "ram:SpecifiedTradeProduct/ram:Description",
        "BT-155": "ram:SpecifiedTradeProduct/ram:SellerAssignedID",
    },
    fixed={f"{LINE_TAX}/ram:TypeCode": "VAT", f"{OBJECT}/ram:TypeCode": "130"},
    inner=(
        Group(
            "ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeAllowanceCharge",
            {"BT-136": "ram:ActualAmount", "BT-139": "ram:Reason", "BT-140": "ram:ReasonCode"},
            fixed={OFF: "false"},
        ),
        Group(
            "ram:SpecifiedTradeProduct/ram:ApplicableProductCharacteristic",
            {"BT-160": "ram:Description", "BT-161": "ram:Value"},
        ),
    ),
)
DOCUMENT, CONTEXT = "rsm:ExchangedDocument", "rsm:ExchangedDocumentContext"
TERMS = f"{SETTLEMENT}/ram:SpecifiedTradePaymentTerms"
WHOLE = Group(
    "",
    {
        "BT-1": f"{DOCUMENT}/ram:ID",
        "BT-2": f"{DOCUMENT}/ram:IssueDateTime/{DAY}",
        "BT-3": f"{DOCUMENT}/ram:TypeCode",
        "BT-5": f"{SETTLEMENT}/ram:InvoiceCurrencyCode",
        "BT-6": f"{SETTLEMENT}/ram:TaxCurrencyCode",
        "BT-9": f"{TERMS}/ram:DueDateDateTime/{DAY}",
        "BT-10": f"{AGREEMENT}/ram:BuyerReference",
        "BT-12": f"{AGREEMENT}/ram:ContractReferencedDocument/ram:IssuerAssignedID",
        "BT-13": f"{AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID",
        "BT-19": f"{SETTLEMENT}/ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID",
        "BT-20": f"{TERMS}/ram:Description",
        "BT-23": f"{CONTEXT}/ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID",
        "BT-24": f"{CONTEXT}/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
        "BT-73": f"{SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:StartDateTime/{DAY}",
        "BT-74": f"{SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:EndDateTime/{DAY}",
        "BT-83": f"{SETTLEMENT}/ram:PaymentReference",
        "BT-89": f"{TERMS}/ram:DirectDebitMandateID",
        "BT-90": f"{SETTLEMENT}/ram:CreditorReferenceID",
        "BT-106": f"{SETTLEMENT}/{SUM}/ram:LineTotalAmount",
        "BT-107": f"{SETTLEMENT}/{SUM}/ram:AllowanceTotalAmount",
        "BT-109": f"{SETTLEMENT}/{SUM}/ram:TaxBasisTotalAmount",
        "BT-112": f"{SETTLEMENT}/{SUM}/ram:GrandTotalAmount",
        "BT-113": f"{SETTLEMENT}/{SUM}/ram:TotalPrepaidAmount",
        "BT-114": f"{SETTLEMENT}/{SUM}/ram:RoundingAmount",
        "BT-115": f"{SETTLEMENT}/{SUM}/ram:DuePayableAmount",
    },
    inner=(
        SELLER,
        BUYER,
        PAYEE,
        SHIPPED,
        PAYMENT,
        Group(f"{DOCUMENT}/ram:IncludedNote", {"BT-21": "ram:SubjectCode", "BT-22": "ram:Content"}),
        Group(
            f"{SETTLEMENT}/ram:InvoiceReferencedDocument",
            {
                "BT-25": "ram:IssuerAssignedID",
                "BT-26": "ram:FormattedIssueDateTime/qdt:DateTimeString",
            },
        ),
        Group(
            f"{AGREEMENT}/ram:AdditionalReferencedDocument",
            {"BT-122": "ram:IssuerAssignedID", "BT-123": "ram:Name", "BT-124": "ram:URIID"},
            fixed={"ram:TypeCode": "916"},
        ),
        Group(f"{SETTLEMENT}/{SUM}/ram:TaxTotalAmount", {"TAX": "", "TAX-IN": "@currencyID"}),
        TAX,
        ALLOWANCE,
        LINE,
    ),
    each=False,
)
CII = Syntax(NAMES, WHOLE, day="DateTimeString")
