"""The samples: of every kind that is told, in every form, and each form by the official rules."""

import json
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from local.documents.forms import ENDINGS, TEMPLATES, Form, forms
from local.documents.reading.compare import differences
from local.documents.reading.opened import parsed
from local.documents.reading.read import read
from local.documents.samples import look, samples
from local.documents.samples.own import for_preview
from local.documents.samples.worded import LANGUAGES
from local.documents.write import write_letter, write_one, write_statement
from solde.domain.invoicing.profiles import carried
from tests.support.official_rules import broken
from tests.support.own_rules import unequal
from tests.support.peppol_rules import peppol_broken
from tests.support.set_well import badly_set

MADE = dict(samples())
LONG = "lines-500"
"""Its rules take seconds: those of one profile a syntax are enough."""


@cache
def forms_of(name: str) -> dict[str, Form]:
    return {one.ending: one for one in forms(MADE[name], look(name))}


def written(name: str) -> dict[str, bytes]:
    return {one.ending: one.body for one in forms_of(name).values() if not one.refused}


@pytest.mark.parametrize("name", MADE)
def test_each_form_keeps_the_official_rules(name: str) -> None:
    bodies = written(name)
    for ending in ("cii.xml", "fr.cii.xml", "ubl.xml", "peppol.xml"):
        if ending in bodies and not (name == LONG and ending in ("cii.xml", "peppol.xml")):
            assert broken(bodies[ending], french=ending == "fr.cii.xml") == []
    if "peppol.xml" in bodies:
        assert peppol_broken(bodies["peppol.xml"]) == []
    if "ubl.xml" in bodies:
        assert list(unequal(bodies["ubl.xml"])) == []


def test_there_are_samples_of_every_kind() -> None:
    assert len(MADE) >= 40
    kinds = [one["kind"] for one in MADE.values()]
    assert {"invoice", "credit_note", "deposit"} <= set(kinds)
    assert {one["currency"] for one in MADE.values()} == {"EUR", "USD", "JPY", "KWD"}
    categories = {tax["category"] for one in MADE.values() for tax in one["taxes"]}
    assert categories == {"S", "E", "AE", "K", "G"}
    assert len(MADE[LONG]["lines"]) == 500


@pytest.mark.parametrize("name", MADE)
def test_each_form_is_read_back_as_it_was_issued(name: str) -> None:
    for ending, body in written(name).items():
        if ending.endswith("xml"):
            assert list(differences(read(parsed(body)), MADE[name])) == []


@pytest.mark.parametrize("name", MADE)
def test_each_pdf_is_sound_and_has_its_invoice_inside(name: str) -> None:
    bodies = written(name)
    assert badly_set(bodies["pdf"]) == []
    with pikepdf.open(BytesIO(bodies["pdf"])) as opened:
        assert opened.check_pdf_syntax() == []
        inside = {str(one): opened.attachments[one].get_file() for one in opened.attachments}
        files = {one: file.read_bytes() for one, file in inside.items()}
    profile = carried(MADE[name])
    ending = {"fr-ctc": "fr.cii.xml", "peppol": "cii.xml"}.get(profile)
    assert files == ({"factur-x.xml": bodies[ending]} if ending else {})


@pytest.mark.parametrize(
    ("name", "form", "said"),
    [
        # 1,234 calls of June beside the fee of July: from the first day of both to the last
        (
            "usage-before-fee",
            "ubl.xml",
            "<cbc:StartDate>2027-06-01</cbc:StartDate><cbc:EndDate>2027-07-31</cbc:EndDate>",
        ),
        # 9.99 ÷ 1.2 = 8.325, 8.33 × 0.2 = 1.67: one cent more than is charged
        ("inclusive-9.99", "cii.xml", "<ram:RoundingAmount>-0.01</ram:RoundingAmount>"),
        ("jpy", "ubl.xml", '<cbc:PayableAmount currencyID="JPY">5328<'),  # 3 × 1,480 × 1.2
        # 47.38 ÷ 1.0842 = 43.70
        ("usd", "fr.cii.xml", '<ram:TaxTotalAmount currencyID="EUR">43.70</ram:TaxTotalAmount>'),
        # two seats of 10 go on 11 June: 20 of its 30 days
        ("proration-negative-quantity", "ubl.xml", 'InvoicedQuantity unitCode="DAY">-40<'),
        ("zero-total", "fr.cii.xml", "<ram:DuePayableAmount>0.00</ram:DuePayableAmount>"),
        ("credit-note-full", "ubl.xml", "<cbc:CreditNoteTypeCode>381<"),
        ("deposit", "fr.cii.xml", "<ram:TypeCode>386</ram:TypeCode>"),
        # 1,727.50 less 518.25
        ("final-after-deposit", "peppol.xml", '<cbc:PayableAmount currencyID="EUR">1209.25<'),
        ("franchise", "cii.xml", "<ram:ExemptionReasonCode>VATEX-FR-FRANCHISE<"),
        ("corrective-invoice", "fr.cii.xml", "<ram:TypeCode>384</ram:TypeCode>"),
        ("self-billed", "ubl.xml", "<cbc:InvoiceTypeCode>389<"),
        ("self-billed", "ubl.xml", "Boulangeries Réunies SA</cbc:RegistrationName>"),
        ("paid-by-card", "peppol.xml", "<cbc:PrimaryAccountNumberID>4242<"),
        ("direct-debit", "fr.cii.xml", "<ram:DirectDebitMandateID>RUM-2027-0042<"),
        ("direct-debit", "ubl.xml", '<cbc:ID schemeID="SEPA">FR72ZZZ123456</cbc:ID>'),
        ("payee", "cii.xml", "<ram:PayeeTradeParty><ram:Name>Affacturage du Sud SA<"),
        ("attachment", "fr.cii.xml", "<ram:Name>BON_LIVRAISON</ram:Name>"),
        ("intra-eu-goods", "peppol.xml", "<cbc:TaxExemptionReasonCode>VATEX-EU-IC<"),
    ],
)
def test_what_a_sample_is_for_is_in_it(name: str, form: str, said: str) -> None:
    assert said in written(name)[form].decode()


def test_three_decimals_have_page_and_pdf_only_and_the_rule_is_told() -> None:
    """3 × 4.115 dinars and 20 %: 14.814."""
    assert set(written("kwd")) == {"pdf", "html"}
    assert b"14.814" in written("kwd")["html"]
    told = [one.refused.partition(":")[0] for one in forms_of("kwd").values() if one.refused]
    assert told == ["BR-DEC-23"] * 4


def test_a_consumer_and_a_foreign_seller_have_no_french_form() -> None:
    for name in ("domestic-b2c", "export", "peppol-belgium"):
        assert "BR-FR-05" in forms_of(name)["fr.cii.xml"].refused
    assert set(written("export")) == {*ENDINGS} - {"fr.cii.xml"}


def test_what_is_no_invoice_has_page_and_pdf_only() -> None:
    for name in ("quote", "pro-forma", "late-charge"):
        assert set(written(name)) == {"pdf", "html"}
        assert forms_of(name)["cii.xml"].refused.startswith("BR-04: kind")
    assert "Valable jusqu’au" in written("quote")["html"].decode()
    # 103.80 × 12.40 % × 45 ÷ 365 = 1.59, and 40.00
    assert MADE["late-charge"]["totals"]["due"] == 41_59


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_templates_are_tried_on_is_made_by_the_engine(language: str) -> None:
    stored = (TEMPLATES / "samples" / f"{language[:2]}.json").read_text(encoding="utf-8")
    assert json.loads(stored) == for_preview(language)


def test_a_reminder_is_written_as_a_letter(tmp_path) -> None:
    """103.80 due on 1 July."""
    assert write_letter(tmp_path).endings == ("pdf", "html")
    said = (tmp_path / "reminder-letter.html").read_text()
    assert "Deuxième rappel" in said
    assert "103,80" in said
    assert (tmp_path / "reminder-letter.pdf").read_bytes().startswith(b"%PDF")


def test_a_statement_tells_what_is_open_by_its_age(tmp_path) -> None:
    """103.80 less 50.00, due on 1 July and looked at on the 15th."""
    assert write_statement(tmp_path).endings == ("pdf", "html")
    said = (tmp_path / "statement.html").read_text()
    assert 'Échu de 1 à 30 jours</td><td class="n">53,80' in said


def test_a_consumer_has_no_address_in_peppol() -> None:
    assert forms_of("domestic-b2c")["peppol.xml"].refused.startswith("R010: customer")
    assert set(written("domestic-b2c")) == {"pdf", "html", "cii.xml", "ubl.xml"}


def test_files_are_named_by_sample_and_form(tmp_path) -> None:
    one = write_one(tmp_path, "kwd", MADE["kwd"])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["kwd.html", "kwd.json", "kwd.pdf"]
    assert (one.endings, len(one.refused)) == (("pdf", "html"), 4)


def test_equal_samples_give_equal_bytes() -> None:
    again = dict(samples())["several-rates"]
    assert {one.ending: one for one in forms(again)} == forms_of("several-rates")
