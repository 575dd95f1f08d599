"""
Peppol's additions to the norm, by our own reading of its rules: each finds what is spoiled.

That the samples keep them is shown where these are judged by the official rules.
"""

import pytest

from local.documents.samples import sample
from tests.support.peppol_rules import peppol_broken
from tests.support.structured import structured


@pytest.mark.parametrize(
    ("was", "becomes", "rule"),
    [
        ("<cbc:ProfileID>", "<cbc:ProfileID>x", "R007"),
        ("<cbc:Note>", "<cbc:Note>a</cbc:Note><cbc:Note>", "R002"),
        ("#compliant#", "#conformant#", "R004"),
        ("<cbc:BuyerReference>C-1042</cbc:BuyerReference>", "", "R003"),
        ('<cbc:EndpointID schemeID="0225">', '<cbc:EndpointID schemeID="EM">', "CL008"),
        ('<cbc:PayableAmount currencyID="EUR"', '<cbc:PayableAmount currencyID="USD"', "R051"),
        ("<cbc:PaymentMeansCode>58", "<cbc:PaymentMeansCode>59", "R061"),
        ("<cbc:InvoiceTypeCode>380", "<cbc:InvoiceTypeCode>389", "P0100"),
        ("<cbc:StartDate>2027-06-01", "<cbc:StartDate>2027-07-01", "R110"),
        ("<cbc:AllowanceChargeReasonCode>95", "<cbc:AllowanceChargeReasonCode>1", "CL002"),
        ("<cbc:DueDate>2027-07-01", "<cbc:DueDate>31/07/2027", "F001"),
        ('InvoicedQuantity unitCode="C62">1<', 'InvoicedQuantity unitCode="C62">4<', "R120"),
        ("<cbc:DocumentTypeCode>130", "<cbc:DocumentTypeCode>50", "R101"),
        (
            "<cbc:ChargeIndicator>false",
            "<cbc:MultiplierFactorNumeric>5</cbc:MultiplierFactorNumeric><cbc:ChargeIndicator>false",
            "R041",
        ),
        ("<cbc:CityName>", "<cbc:CityName/><cbc:CityName>", "R008"),
    ],
)
def test_each_rule_is_at_work(was: str, becomes: str, rule: str) -> None:
    body = structured(sample("discount-line-and-document"), "peppol")["ubl"].decode()
    assert was in body
    spoiled = body.replace(was, becomes, 1)
    assert peppol_broken(body.encode()) == []
    assert rule in peppol_broken(spoiled.encode())
