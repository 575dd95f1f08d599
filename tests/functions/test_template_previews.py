"""Templates tried out over the API, and mails in a seller's own words."""

import json

import pytest

from solde.runtime.documents import send_context
from solde.workflows.send_mail import send_document
from tests.support.api_examples import DOT
from tests.support.http_api import ENTITY, NOW

HOUSE = {"entity": "fr", "since": NOW.date().isoformat()}
FIELDS = [{"on": "customer", "name": "site", "type": "string", "label": "Site"}]
OWN = {"kind": "invoice", "subject": "Facture {{ document.number }}", "text": "Bonjour.\nMerci."}


@pytest.fixture
def seller(call):
    call.made("POST", "/v1/entities", {**ENTITY, "custom_fields": FIELDS})
    return call


def tried(call, **more) -> tuple[int, str, dict]:
    status, found, headers = call("POST", "/v1/templates/preview", {**HOUSE, **more})
    return status, found.decode() if isinstance(found, bytes) else found, headers


def test_a_template_is_looked_at_before_it_is_saved(seller) -> None:
    text = "Site {{ customer.fields.site }} {{ document.ship_to }} {{ entity.name }}"
    blocks, key = [{"place": "header", "text": text}], seller.key("templates:read")
    body = {**HOUSE, "blocks": blocks, "fields": ["customer.site"]}
    body["show"] = {"usage_chart": True, "annex": True, "pay_button": True}
    status, page, headers = seller("POST", "/v1/templates/preview", body, key=key)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    said = page if isinstance(page, str) else page.decode()
    assert "Site [? customer.fields.site] [? document.ship_to] Solde SAS" in said
    assert "<dd>[? customer.site]</dd>" in said
    assert 'class="chart"' in said
    assert "SN-000417" in said
    assert "https://example.com/i/sample" in said
    assert seller("GET", "/v1/templates")[1]["data"] == []


def test_paper_is_a_pdf_in_the_language_of_the_template(seller) -> None:
    status, paper, headers = seller(
        "POST", "/v1/templates/preview", {**HOUSE, "language": "de", "form": "pdf"}
    )
    assert (status, headers["Content-Type"]) == (200, "application/pdf")
    assert paper.startswith(b"%PDF")


def test_what_is_saved_stands_behind_what_is_tried(seller) -> None:
    seller.made("POST", "/v1/templates", {**HOUSE, "colours": {"ink": "#000001"}})
    group = {**HOUSE, "group": "retail", "colours": {"accent": "#000002"}}
    seller.made("POST", "/v1/templates", group)
    for more in ({"group": "retail", "version": 2}, {"group": "retail", "language": "fr"}):
        _, page, _ = tried(seller, colours={"soft": "#000003"}, **more)
        assert ":root{" in page
        assert ("#000002" in page) == ("language" in more)
        assert "--ink:#000001" in page
        assert "--soft:#000003" in page


@pytest.mark.parametrize(
    ("fields", "pointer", "said"),
    [
        ({"blocks": [{"place": "footer", "text": "{{ a.b }}"}]}, "/blocks/0/text", "expected one"),
        (
            {
                "blocks": [
                    {
                        "place": "footer",
                        "text": "{% for a in lines %}{% for b in lines %}x{% endfor %}{% endfor %}",
                    }
                ]
            },
            "/blocks/0/text",
            "no loop inside a loop",
        ),
        ({"mails": [{**OWN, "text": "{{ cycler() }}"}]}, "/mails/0/text", "found call"),
        ({"mails": [{**OWN, "subject": "{{ mail.close }}"}]}, "/mails/0/subject", "one of open"),
        ({"mails": [OWN, OWN]}, "/mails/1/kind", "each kind once"),
        ({"mails": [{**OWN, "kind": "poem"}]}, "/mails/0/kind", "'invoice'"),
        ({"form": "docx"}, "/form", "'html'"),
        ({"logo": "log_" + "0" * 26}, "/logo", "uploaded"),
        ({"fields": ["customer.sight"]}, "/fields/0", "customer.site"),
    ],
)
def test_what_cannot_be_saved_cannot_be_tried(seller, fields, pointer, said) -> None:
    status, answer, _ = seller("POST", "/v1/templates/preview", {**HOUSE, **fields})
    assert status in (404, 422)
    assert answer["errors"][0]["pointer"].startswith(pointer)
    assert said in json.dumps(answer, ensure_ascii=False)


def test_a_mail_is_looked_at_with_its_greeting_and_link(seller) -> None:
    text = "Il reste {{ mail.open }} sur {{ document.number }}. {{ document.ship_to }}"
    mails = [{"kind": "reminder_2", "subject": "Dernier rappel", "text": text}]
    _, mail, _ = tried(seller, form="mail", mail="reminder_2", mails=mails)
    assert (mail["object"], mail["kind"]) == ("mail_preview", "reminder_2")
    assert mail["subject"] == "Dernier rappel"
    wanted = "Il reste 96,17\u00a0€ sur ARS-2027-000002. [? document.ship_to]"
    assert wanted in mail["html"]
    assert wanted in " ".join(mail["text"].split("\n"))
    usual = tried(seller, form="mail", mail="reminder_1")[1]
    assert usual["subject"] != "Dernier rappel"
    bringing = tried(seller, form="mail", mails=[{**OWN, "text": "<b>🙂 שלום</b>"}])[1]
    assert "&lt;b&gt;🙂 שלום&lt;/b&gt;" in bringing["html"]
    assert "https://example.com/i/sample" in bringing["text"]
    assert bringing["text"].startswith("Bonjour Boulangeries Réunies SA,")


def test_a_logo_that_is_there_is_drawn(seller) -> None:
    logo = seller.made("POST", "/v1/logos", {"content": DOT})["id"]
    assert 'class="logo"' in tried(seller, logo=logo)[1]


def test_a_mail_that_goes_out_is_the_templates_on_one_line_of_subject(call) -> None:
    """What sends mails may not read logos."""
    call.shop()
    logo = call.made("POST", "/v1/logos", {"content": DOT})["id"]
    long = "{% for one in lines %}" + "x" * 1_900 + "{% endfor %}"
    mails = [{**OWN, "subject": "A {{ customer.name }}\nBcc: b@x.test", "text": long}]
    made = call.made("POST", "/v1/templates", {**HOUSE, "mails": mails, "logo": logo})
    assert made["mails"] == mails
    ordered = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-10"}
    call.made("POST", "/v1/subscriptions", {**ordered, "quantities": {"seats": "1"}})
    call.bills(NOW)
    (invoice,) = call("GET", "/v1/invoices")[1]["data"]
    del call.objects.bodies[f"logos/{logo}.png"]
    assert send_document(invoice["customer"], invoice["id"], NOW, send_context()) == "sent"
    (mail,) = send_context().mailer.mails
    assert mail.subject == "A Martin Bcc: b@x.test"
    assert "x" * 1_900 in mail.html
    assert "https://bills.example.test/i/" in mail.text
