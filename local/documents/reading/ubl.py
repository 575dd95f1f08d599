"""Where UBL 2.1 has the business terms of EN 16931: in an Invoice, and in a CreditNote."""

from local.documents.reading.syntax import Group, Syntax

OASIS = "urn:oasis:names:specification:ubl:schema:xsd"
NAMES = {
    "cac": f"{OASIS}:CommonAggregateComponents-2",
    "cbc": f"{OASIS}:CommonBasicComponents-2",
}
CATEGORY = "cac:TaxCategory"
SCHEME = {f"{CATEGORY}/cac:TaxScheme/cbc:ID": "VAT"}


def address(first: int, second: str, third: int, below: str) -> dict[str, str]:
    """Return an address from its first term on; the lines beyond have numbers of their own."""
    return {
        f"BT-{first}": f"{below}/cbc:StreetName",
        f"BT-{first + 1}": f"{below}/cbc:AdditionalStreetName",
        second: f"{below}/cac:AddressLine/cbc:Line",
        f"BT-{first + 2}": f"{below}/cbc:CityName",
        f"BT-{first + 3}": f"{below}/cbc:PostalZone",
        f"BT-{third}": f"{below}/cac:Country/cbc:IdentificationCode",
    }


def scheme(term: str, path: str) -> dict[str, str]:
    return {term: path, f"{term}-1": f"{path}@schemeID"}


def registered(term: str, kind: str) -> Group:
    """Find a registration for tax by its scheme."""
    return Group(
        f"cac:PartyTaxScheme/cac:TaxScheme[cbc:ID='{kind}']/..",
        {term: "cbc:CompanyID"},
        fixed={"cac:TaxScheme/cbc:ID": kind},
        each=False,
    )


def ids(term: str) -> Group:
    return Group("cac:PartyIdentification/cbc:ID", {term: "", f"{term}-1": "@schemeID"})


POSTAL, ENTITY = "cac:PostalAddress", "cac:PartyLegalEntity"
SELLER = Group(
    "cac:AccountingSupplierParty/cac:Party",
    {
        "BT-27": f"{ENTITY}/cbc:RegistrationName",
        **scheme("BT-30", f"{ENTITY}/cbc:CompanyID"),
        "BT-33": f"{ENTITY}/cbc:CompanyLegalForm",
        **scheme("BT-34", "cbc:EndpointID"),
        **address(35, "BT-162", 40, POSTAL),
        "BT-43": "cac:Contact/cbc:ElectronicMail",
    },
    inner=(registered("BT-31", "VAT"), registered("BT-32", "TAX"), ids("BT-29")),
    each=False,
)
BUYER = Group(
    "cac:AccountingCustomerParty/cac:Party",
    {
        "BT-44": f"{ENTITY}/cbc:RegistrationName",
        **scheme("BT-47", f"{ENTITY}/cbc:CompanyID"),
        **scheme("BT-49", "cbc:EndpointID"),
        **address(50, "BT-163", 55, POSTAL),
        "BT-58": "cac:Contact/cbc:ElectronicMail",
    },
    inner=(registered("BT-48", "VAT"), ids("BT-46")),
    each=False,
)
PAYEE = Group(
    "cac:PayeeParty",
    {
        "BT-59": "cac:PartyName/cbc:Name",
        **scheme("BT-61", f"{ENTITY}/cbc:CompanyID"),
    },
    each=False,
)
SHIPPED = Group(
    "cac:Delivery",
    {
        "BT-70": "cac:DeliveryParty/cac:PartyName/cbc:Name",
        **address(75, "BT-165", 80, "cac:DeliveryLocation/cac:Address"),
    },
    each=False,
)
BANK = "cac:PayeeFinancialAccount"
PAYMENT = Group(
    "cac:PaymentMeans",
    {
        "BT-81": "cbc:PaymentMeansCode",
        "BT-83": "cbc:PaymentID",
        "BT-84": f"{BANK}/cbc:ID",
        "BT-85": f"{BANK}/cbc:Name",
        "BT-86": f"{BANK}/cac:FinancialInstitutionBranch/cbc:ID",
        "BT-87": "cac:CardAccount/cbc:PrimaryAccountNumberID",
        "BT-88": "cac:CardAccount/cbc:HolderName",
        "NETWORK": "cac:CardAccount/cbc:NetworkID",
        "BT-89": "cac:PaymentMandate/cbc:ID",
        "BT-91": "cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID",
    },
    each=False,
)
TAX = Group(
    "cac:TaxTotal/cac:TaxSubtotal",
    {
        "BT-116": "cbc:TaxableAmount",
        "BT-117": "cbc:TaxAmount",
        "BT-118": f"{CATEGORY}/cbc:ID",
        "BT-119": f"{CATEGORY}/cbc:Percent",
        "BT-120": f"{CATEGORY}/cbc:TaxExemptionReason",
        "BT-121": f"{CATEGORY}/cbc:TaxExemptionReasonCode",
    },
    fixed=SCHEME,
)
ALLOWANCE = Group(
    "cac:AllowanceCharge",
    {
        "BT-92": "cbc:Amount",
        "BT-95": f"{CATEGORY}/cbc:ID",
        "BT-96": f"{CATEGORY}/cbc:Percent",
        "BT-97": "cbc:AllowanceChargeReason",
        "BT-98": "cbc:AllowanceChargeReasonCode",
    },
    fixed={"cbc:ChargeIndicator": "false", **SCHEME},
)
ITEM_TAX, OBJECT = "cac:Item/cac:ClassifiedTaxCategory", "cac:DocumentReference"


def line(kind: str, counted: str) -> Group:
    return Group(
        f"cac:{kind}Line",
        {
            "BT-126": "cbc:ID",
            "BT-128": f"{OBJECT}/cbc:ID",
            "BT-129": f"cbc:{counted}",
            "BT-130": f"cbc:{counted}@unitCode",
            "BT-131": "cbc:LineExtensionAmount",
            "BT-134": "cac:InvoicePeriod/cbc:StartDate",
            "BT-135": "cac:InvoicePeriod/cbc:EndDate",
            "BT-146": "cac:Price/cbc:PriceAmount",
            "BT-149": "cac:Price/cbc:BaseQuantity",
            "BT-150": "cac:Price/cbc:BaseQuantity@unitCode",
            "BT-151": f"{ITEM_TAX}/cbc:ID",
            "BT-152": f"{ITEM_TAX}/cbc:Percent",
            "BT-153": "cac:Item/cbc:Name",
            "BT-154": "cac:Item/cbc:Description",
            "BT-155": "cac:Item/cac:SellersItemIdentification/cbc:ID",
        },
        fixed={
            f"{ITEM_TAX}/cac:TaxScheme/cbc:ID": "VAT",
            f"{OBJECT}/cbc:DocumentTypeCode": "130",
        },
        inner=(
            Group(
                "cac:AllowanceCharge",
                {
                    "BT-136": "cbc:Amount",
                    "BT-139": "cbc:AllowanceChargeReason",
                    "BT-140": "cbc:AllowanceChargeReasonCode",
                },
                fixed={"cbc:ChargeIndicator": "false"},
            ),
            Group(
                "cac:Item/cac:AdditionalItemProperty",
                {"BT-160": "cbc:Name", "BT-161": "cbc:Value"},
            ),
        ),
    )


TOTAL = "cac:LegalMonetaryTotal"
TOTALS = {
    "BT-106": f"{TOTAL}/cbc:LineExtensionAmount",
    "BT-107": f"{TOTAL}/cbc:AllowanceTotalAmount",
    "BT-109": f"{TOTAL}/cbc:TaxExclusiveAmount",
    "BT-112": f"{TOTAL}/cbc:TaxInclusiveAmount",
    "BT-113": f"{TOTAL}/cbc:PrepaidAmount",
    "BT-114": f"{TOTAL}/cbc:PayableRoundingAmount",
    "BT-115": f"{TOTAL}/cbc:PayableAmount",
}


def head(kind: str) -> dict[str, str]:
    return {
        "BT-1": "cbc:ID",
        "BT-2": "cbc:IssueDate",
        "BT-3": f"cbc:{kind}TypeCode",
        "BT-5": "cbc:DocumentCurrencyCode",
        "BT-6": "cbc:TaxCurrencyCode",
        "BT-8": "cac:InvoicePeriod/cbc:DescriptionCode",
        "BT-9": "cbc:DueDate",
        "BT-10": "cbc:BuyerReference",
        "BT-12": "cac:ContractDocumentReference/cbc:ID",
        "BT-13": "cac:OrderReference/cbc:ID",
        "BT-19": "cbc:AccountingCost",
        "BT-20": "cac:PaymentTerms/cbc:Note",
        "BT-23": "cbc:ProfileID",
        "BT-24": "cbc:CustomizationID",
        "BT-73": "cac:InvoicePeriod/cbc:StartDate",
        "BT-74": "cac:InvoicePeriod/cbc:EndDate",
    }


def whole(kind: str, counted: str) -> Group:
    return Group(
        "",
        head(kind) | TOTALS,
        inner=(
            SELLER,
            BUYER,
            PAYEE,
            SHIPPED,
            PAYMENT,
            Group("cbc:Note", {"BT-22": ""}),
            Group(
                "cac:BillingReference/cac:InvoiceDocumentReference",
                {"BT-25": "cbc:ID", "BT-26": "cbc:IssueDate"},
            ),
            Group(
                "cac:AdditionalDocumentReference",
                {
                    "BT-122": "cbc:ID",
                    "BT-123": "cbc:DocumentDescription",
                    "BT-124": "cac:Attachment/cac:ExternalReference/cbc:URI",
                },
            ),
            Group("cac:TaxTotal/cbc:TaxAmount", {"TAX": "", "TAX-IN": "@currencyID"}),
            TAX,
            ALLOWANCE,
            line(kind, counted),
        ),
        each=False,
    )


INVOICE = Syntax(NAMES, whole("Invoice", "InvoicedQuantity"))
CREDIT_NOTE = Syntax(NAMES, whole("CreditNote", "CreditedQuantity"))
