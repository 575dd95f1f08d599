"""Mentions of payment are for French documents, those of tax follow the categories."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.invoicing.mentions import mentions
from solde.domain.invoicing.parties import Address, Customer, Entity
from solde.domain.money import Money
from solde.domain.tax import TaxTotal, Treatment
from solde.domain.tax.chargeability import ON_DEBITS
from solde.domain.tax.standing import Evidence, Standing

PARIS = Address(("1 rue de Rivoli",), "75001", "Paris", "FR")
SELLER = Entity("fr", 1, "Seller", PARIS, "EUR", "fr", "Europe/Paris", "FR", "F", 30)
CONSUMER = Customer("cus_1", "fr", "Customer", PARIS, "a@example.test", "fr")


def said(entity: Entity, customer: Customer, category: str = "S", reason: str = "") -> list[str]:
    percent = Decimal(20 if category == "S" else 0)
    total = TaxTotal(
        Treatment(category, percent, reason=reason), Money(100, "EUR"), Money(0, "EUR")
    )
    return [" ".join(one.values()) for one in mentions(entity, customer, [total])]


def test_only_a_business_owes_penalties_and_the_fee_for_recovery() -> None:
    assert said(SELLER, CONSUMER) == ["no_discount"]
    business = replace(CONSUMER, business=True)
    assert said(SELLER, business) == ["no_discount", "late_penalty", "recovery_fee"]
    abroad = replace(SELLER, address=replace(PARIS, country="DE"))
    assert said(abroad, business) == []


@pytest.mark.parametrize(
    ("percent", "body", "found"),
    [
        ("", "", "late_penalty"),
        ("12.5", "", "late_penalty_agreed 12.5"),
        ("", "Ville de Nîmes", "late_penalty_public"),
        ("12.5", "Ville de Nîmes", "late_penalty_public"),
    ],
)
def test_the_rate_of_late_payment_is_the_laws_the_agreed_or_that_of_public_buyers(
    percent, body, found
) -> None:
    known = Evidence(siren="123456782", public_body=body)
    standing = Standing(date(2026, 1, 1), business=True, evidence=known)
    buyer = replace(CONSUMER, business=True, standings=(standing,))
    seller = replace(SELLER, late_percent=percent)
    assert said(seller, buyer) == ["no_discount", found, "recovery_fee"]


def test_a_mention_is_a_code_and_a_reason_where_it_has_no_words() -> None:
    exempt = TaxTotal(Treatment("E", Decimal(0), reason="R"), Money(1, "EUR"), Money(0, "EUR"))
    home = [exempt._replace(treatment=Treatment("E", Decimal(0), reason="VATEX-FR-FRANCHISE"))]
    abroad = [exempt._replace(treatment=Treatment("AE", Decimal(0)))]
    business = replace(CONSUMER, business=True)
    assert mentions(SELLER, business, [exempt]) == [
        {"code": "no_discount"},
        {"code": "late_penalty"},
        {"code": "recovery_fee"},
        {"code": "no_tax_reason", "reason": "R"},
    ]
    assert mentions(SELLER, CONSUMER, home)[1:] == [{"code": "franchise"}]
    assert mentions(SELLER, CONSUMER, abroad)[1:] == [{"code": "reverse_charge"}]


@pytest.mark.parametrize(
    ("due", "tax", "said_too"),
    [
        (ON_DEBITS, 1, [{"code": "vat_on_debits"}]),
        (ON_DEBITS, 0, []),  # there is no tax to be due
        ("issue", 20, []),
    ],
)
def test_that_tax_is_due_by_debits_is_said_where_there_is_any(due, tax, said_too) -> None:
    seller = replace(SELLER, services_due=due)
    total = TaxTotal(Treatment("S", Decimal(20)), Money(100, "EUR"), Money(tax, "EUR"))
    assert mentions(seller, CONSUMER, [total])[1:] == said_too


@pytest.mark.parametrize(
    ("category", "reason", "mention"),
    [
        ("AE", "VATEX-EU-AE", "reverse_charge"),
        ("K", "VATEX-EU-IC", "intra_community"),
        ("G", "VATEX-EU-G", "export"),
        ("E", "VATEX-FR-FRANCHISE", "franchise"),
        ("E", "VATEX-EU-D", "margin_travel"),
        ("E", "VATEX-EU-F", "margin_second_hand"),
        ("E", "VATEX-EU-I", "margin_art"),
        ("E", "VATEX-EU-J", "margin_antiques"),
        ("E", "VATEX-EU-132-1I", "no_tax_reason VATEX-EU-132-1I"),
    ],
)
def test_why_there_is_no_tax_is_said(category: str, reason: str, mention: str) -> None:
    assert said(SELLER, CONSUMER, category, reason) == ["no_discount", mention]


def test_a_german_small_business_says_so_and_no_other_does() -> None:
    berlin = replace(SELLER, address=replace(PARIS, country="DE"))
    assert said(berlin, CONSUMER, "E", "VATEX-DE-USTG19") == ["small_business"]
    elsewhere = ["no_discount", "no_tax_reason VATEX-DE-USTG19"]
    assert said(SELLER, CONSUMER, "E", "VATEX-DE-USTG19") == elsewhere
