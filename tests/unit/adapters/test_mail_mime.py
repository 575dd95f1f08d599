"""The bytes of a mail, read back by the standard library's own parser."""

from email import message_from_bytes
from email.policy import default

import pytest

from solde.adapters.mail_mime import mime
from solde.domain.errors import InvalidError
from solde.ports.mail import Attachment, Mail

SENDER = "bills@solde.example.test"
MAIL = {
    "to": "compta@régie.example.test",
    "subject": "Facture FA-1 : 84,12 € à régler",
    "text": "Bonjour Zoé,\n\n84,12 €\n",
    "html": "<p>84,12 €</p>",
    "job_id": "inv_1",
}


def read(**more: object):
    answers = more.pop("answers", ())
    return message_from_bytes(
        mime(Mail(**{**MAIL, **more}), SENDER, answers=answers), policy=default
    )


def test_text_stands_before_html_and_both_before_what_is_attached() -> None:
    pdf = Attachment("FA-1.pdf", "application/pdf", b"%PDF")
    found = read(attachments=(pdf,))
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    text, html = found.get_body(("plain",)), found.get_body(("html",))
    assert text.get_content().replace("\r\n", "\n") == MAIL["text"]
    assert "84,12 €" in html.get_content()
    (attached,) = found.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("FA-1.pdf", b"%PDF")


def test_headers_say_what_sends_it_and_what_it_belongs_under() -> None:
    found = read(reply_to="h@x.test", list_name="fr.invoices", answers=("<a@x>", "<b@y>"))
    assert found["Message-ID"] == "<inv_1@solde.example.test>"
    assert found["To"] == "compta@xn--rgie-bpa.example.test"
    assert found["Subject"] == MAIL["subject"]
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["X-Entity-Ref-ID"] == "inv_1"
    assert (found["Reply-To"], found["List-Id"]) == ("h@x.test", "<fr.invoices.solde.example.test>")
    assert (found["In-Reply-To"], found["References"]) == ("<b@y>", "<a@x> <b@y>")


def test_nothing_is_said_that_is_not_known() -> None:
    found = read()
    named = ("Reply-To", "List-Id", "In-Reply-To", "References", "Cc", "Bcc", "Date")
    assert [found[name] for name in named] == [None] * 7


def test_the_same_mail_is_the_same_bytes() -> None:
    pdf = Attachment("FA-1.pdf", "application/pdf", b"%PDF")
    assert len({mime(Mail(**MAIL, attachments=(pdf,)), SENDER) for _ in range(3)}) == 1


@pytest.mark.parametrize("evil", ["\r\nBcc: x@y.z", "\nX", "\rX", "\0", "\u2028X", "\x85X"])
@pytest.mark.parametrize("field", ["subject", "to", "reply_to", "list_name", "job_id"])
def test_what_would_add_a_header_is_refused(field: str, evil: str) -> None:
    with pytest.raises(InvalidError, match="mail: expected one"):
        mime(Mail(**{**MAIL, field: f"a@b.test{evil}"}), SENDER)


@pytest.mark.parametrize(
    "to", ["", "a", "@b.c", "a@", "a@b@c", "A <a@b.c>", "a@b.c,d@e.f", "a@b.c d@e.f", "é@b.c"]
)
def test_a_mail_goes_to_one_plain_address(to: str) -> None:
    with pytest.raises(InvalidError, match="expected one address as To"):
        mime(Mail(**{**MAIL, "to": to}), SENDER)


def test_a_name_of_a_file_adds_no_header() -> None:
    evil = Attachment("a\r\nX: y.pdf", "application/pdf", b"")
    with pytest.raises(InvalidError, match="as a name"):
        mime(Mail(**MAIL, attachments=(evil,)), SENDER)


def test_a_domain_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidError, match="the name of a domain"):
        mime(Mail(**{**MAIL, "to": f"a@{'é' * 80}.test"}), SENDER)
