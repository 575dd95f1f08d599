"""What a reader sees of a document: every amount as the language writes it."""

import copy
from pathlib import Path

import pytest

from solde.adapters.render.view import view
from solde.adapters.render.words import words
from tests.support.closed import english, french
from tests.support.papers import pro_forma

TEMPLATES = Path(__file__).parents[4] / "templates"


def seen(document: dict):
    return view(document, words(TEMPLATES, document["language"]))


def test_an_english_invoice() -> None:
    shown = seen(english())
    assert shown.title == "Invoice"
    assert dict(shown.facts) == {
        "Number": "NYC-2013-000017",
        "Date of issue": "February 1, 2013",
        "Due date": "February 16, 2013",
        "Period of service": "Jan 1, 2013 – Jan 31, 2013",
        "Customer": "UA",
    }
    (row,) = shown.groups[0].rows
    assert (row.quantity, row.price, row.amount) == ("1", "$275,550.00", "$275,550.00")
    assert row.detail == "500 × $120.00  ·  1,500 × $105.00  ·  645 × $90.00"
    assert shown.due == ("Amount due", "$275,550.00")
    assert shown.mentions[-1] == "No tax is charged on this invoice."


def test_a_french_invoice_says_what_the_law_wants() -> None:
    shown = seen(french())
    (row,) = shown.groups[0].rows
    assert (row.quantity, row.price) == ("32 jours", "9,99\u00a0€ / 30 jours")
    assert shown.beside == (("TVA 19,6\u00a0%", "10,66\u00a0€", "2,09\u00a0€"),)
    assert [amount for _, amount in shown.totals] == [
        "10,66\u00a0€",
        "2,09\u00a0€",
        "12,75\u00a0€",
    ]
    assert "SIREN 001122332" in shown.seller_facts
    assert "N°\u00a0TVA FR41001122332" in shown.seller_facts
    text = " ".join(shown.mentions)
    assert "L441-10" in text
    assert "D441-5" in text
    assert "40\u00a0€" in text
    assert "Pas d’escompte" in text


def test_a_credit_note_says_what_it_corrects_and_asks_for_nothing() -> None:
    document = french()
    document["kind"] = "credit_note"
    document["corrects"] = [{"id": "inv_1", "number": "FR-2013-000001", "issued_on": "2013-06-01"}]
    shown = seen(document)
    assert shown.title == "Avoir"
    assert ("Rectifie", "FR-2013-000001 du 1er juin 2013") in shown.facts
    assert shown.due == ("Montant de l’avoir", "12,75\u00a0€")
    assert not any("Merci de régler" in mention for mention in shown.mentions)


def test_a_pro_forma_says_that_it_is_no_invoice_and_asks_for_nothing() -> None:
    shown = seen(pro_forma())
    assert (shown.title, shown.number) == ("Facture pro forma", "FR-PF-2013-000001")
    assert (shown.billed_to, shown.due) == ("Établie pour", ("Montant prévu", "12,75\u00a0€"))
    (note,) = shown.mentions
    assert note.startswith("Cette facture pro forma n’est pas une facture")
    assert "Date d’échéance" not in dict(shown.facts)


def test_a_discount_of_the_document_stands_between_the_lines_and_the_net() -> None:
    document = french()
    (line,) = document["lines"]
    ten = {"id": "g", "name": "Bienvenue", "rank": 0, "percent": "10", "amount": 1_07}
    line |= {"allowances": [ten], "base": 9_59}
    rate = {"category": "S", "rate": "19.6"}
    document["allowances"] = [ten | {"amount": 1_00, "tax": rate}, ten | {"amount": 7, "tax": rate}]
    document["totals"] |= {"lines": 10_66, "allowances": 1_07, "net": 9_59}
    shown = seen(document)
    assert shown.totals[:3] == (
        ("Somme des lignes", "10,66\u00a0€"),
        ("Remise\u00a0: Bienvenue, 10\u00a0%", "−1,07\u00a0€"),
        ("Total HT", "9,59\u00a0€"),
    )
    assert [row.detail for row in shown.groups[0].rows] == [""]
    del line["base"]
    assert seen(document).groups[0].rows[0].detail == "Prix après remise\u00a0: Bienvenue"


@pytest.mark.parametrize(
    ("language", "minor", "currency", "text"),
    [
        ("en", 123456789, "USD", "$1,234,567.89"),
        ("en", -5, "USD", "−$0.05"),
        ("fr", 123456789, "EUR", "1\u202f234\u202f567,89\u00a0€"),
        ("fr", -100, "EUR", "−1,00\u00a0€"),
        ("en", 1234, "JPY", "¥1,234"),
        ("en", 1234567, "KWD", "KWD\u00a01,234.567"),
        ("de", 100, "EUR", "1,00\u00a0€"),
    ],
)
def test_money_as_the_language_writes_it(language, minor, currency, text) -> None:
    assert words(TEMPLATES, language).money(minor, currency) == text


def test_a_fine_price_keeps_its_decimals() -> None:
    said = words(TEMPLATES, "en")
    assert said.price("12.3456", "USD") == "$12.3456"
    assert said.price("12.3", "USD") == "$12.30"


def test_a_price_with_tax_says_what_of_it_is_tax() -> None:
    """9.99, of which 1.67 is VAT: a cent that is rounded is nobody's business."""
    document = french()
    document["inclusive"] = "base"
    document["totals"].update(net=8_33, tax=1_67, rounding=-1, gross=9_99, due=9_99)
    document["lines"] = document["lines"][:1]
    document["lines"][0].update(net=8_33, with_tax=9_99)
    found = view(document, words(TEMPLATES, "en"))
    assert found.totals == (("Total", "€9.99"), ("of which VAT", "€1.67"))
    assert (found.columns[-1], found.groups[0].amount) == ("Amount incl. VAT", "€9.99")
    assert found.groups[0].rows[0].amount == "€9.99"


def test_why_there_is_no_tax_is_said() -> None:
    document = french()
    document["mentions"] = [
        {"code": "reverse_charge"},
        {"code": "no_tax_reason", "reason": "VATEX-EU-132-1I"},
    ]
    found = view(document, words(TEMPLATES, "fr")).mentions
    assert any(one.startswith("Autoliquidation") for one in found)
    assert "TVA non facturée : VATEX-EU-132-1I." in found


def deposit() -> dict:
    document = french()
    document |= {"kind": "deposit", "inclusive": "base", "deposit": {"id": "d", "order": "BC-7"}}
    document["totals"] |= {"rounding": 0}
    (line,) = document["lines"]
    line |= {"with_tax": 12_75, "tax": {**line["tax"], "due": {"at": "payment"}}}
    line["subscription"] = {**line["subscription"], "references": {"purchase_order": "BC-7"}}
    document["envelope"] |= {"number": "FR-DP-2013-000001"}
    return document


def test_a_deposit_is_an_invoice_that_says_what_it_is_and_on_which_order() -> None:
    shown = seen(deposit())
    assert (shown.title, shown.number) == ("Facture d’acompte", "FR-DP-2013-000001")
    assert ("Bon de commande", "BC-7") in shown.facts
    assert "Période de service" not in dict(shown.facts)
    assert "Date d’échéance" in dict(shown.facts)
    assert shown.due == ("Net à payer", "12,75\u00a0€")
    assert any("Merci de régler" in mention for mention in shown.mentions)
    assert view(deposit(), words(TEMPLATES, "en")).title == "Deposit invoice"


def test_the_invoice_of_an_order_names_each_deposit_that_it_deducts() -> None:
    """12.75 less a deposit of 5.00 and 1.75 of credit."""
    document = french()
    deducted = {"deposit": "dep_1", "number": "FR-DP-2013-000001", "issued_on": "2013-06-01"}
    document["prepaid"] = [{"id": "inv_1", "amount": 5_00, **deducted}, {"id": "p", "amount": 1_75}]
    document["totals"] |= {"prepaid": 6_75, "due": 6_00}
    assert view(document, words(TEMPLATES, "en")).totals[-2:] == (
        ("Deposit FR-DP-2013-000001 of June 1, 2013", "−€5.00"),
        ("Paid by your credit", "−€1.75"),
    )
    by_card = copy.deepcopy(document)
    by_card["customer"]["registration"] |= {"card_last4": "4242"}
    assert view(by_card, words(TEMPLATES, "en")).totals[-1] == ("Already paid", "−€1.75")
    shown = seen(document)
    assert shown.totals[-2][0] == "Acompte FR-DP-2013-000001 du 1er juin 2013"
    assert shown.due[1] == "6,00\u00a0€"


def test_an_agreed_rate_of_late_payment_is_written_as_the_language_does() -> None:
    document = french()
    document["mentions"] = [
        {"code": "late_penalty_agreed", "percent": "12.5"},
        {"code": "late_penalty_public"},
    ]
    agreed, public = seen(document).mentions[-2:]
    assert "au taux annuel de 12,5\u00a0% (article L441-10" in agreed
    assert "majoré de 8 points (article 8 du décret 2013-269)" in public
    note = {**document, "kind": "credit_note"}
    assert not any("L441-10" in one or "2013-269" in one for one in seen(note).mentions)
