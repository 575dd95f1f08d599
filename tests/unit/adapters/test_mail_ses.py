"""A mail as SES takes it: our bytes, to one address, with tags that its events bring back."""

from email import message_from_bytes
from email.policy import default

import pytest

from solde.adapters.mail_ses import SesMailer
from solde.domain.errors import InvalidError
from solde.ports.mail import Mail
from tests.support.answering import answering

MAIL = Mail("a@example.test", "Facture", "Bonjour é", "<p>Bonjour é</p>", "dlv_1")


def test_bytes_go_to_one_address_with_what_events_are_to_say() -> None:
    client, calls = answering("sesv2", send_email=[{"MessageId": "m-1"}])
    mail = Mail(MAIL.to, MAIL.subject, MAIL.text, MAIL.html, MAIL.job_id, tags={"customer": "c"})
    assert SesMailer(client, sender="bills@example.test").send(mail) == "m-1"
    (call,) = calls
    assert call["FromEmailAddress"] == "bills@example.test"
    assert call["Destination"] == {"ToAddresses": ["a@example.test"]}
    found = message_from_bytes(call["Content"]["Raw"]["Data"], policy=default)
    assert found["Message-ID"] == "<dlv_1@example.test>"
    assert found.get_body(("plain",)).get_content() == "Bonjour é\r\n"
    assert call["EmailTags"] == [
        {"Name": "job", "Value": "dlv_1"},
        {"Name": "customer", "Value": "c"},
    ]


def test_what_it_answers_is_named_as_we_did_and_as_ses_did() -> None:
    client, calls = answering("sesv2", send_email=[{"MessageId": "m-2"}] * 2)
    for of_ses in ("0102018f-x", "0102018f-x@email.amazonses.com"):
        mail = Mail(
            MAIL.to, MAIL.subject, MAIL.text, MAIL.html, "inv_1-1", answers=("inv_1", of_ses)
        )
        SesMailer(client, sender="bills@example.test").send(mail)
    found = [
        message_from_bytes(one["Content"]["Raw"]["Data"], policy=default)["References"]
        for one in calls
    ]
    assert found == [
        "<inv_1@example.test> <0102018f-x@eu-west-1.amazonses.com>",
        "<inv_1@example.test> <0102018f-x@email.amazonses.com>",
    ]


def test_what_would_add_a_header_never_reaches_ses() -> None:
    client, calls = answering("sesv2")
    evil = Mail(MAIL.to, "Facture\r\nBcc: thief@example.test", "t", "h", "dlv_1")
    with pytest.raises(InvalidError, match="Subject"):
        SesMailer(client, sender="bills@example.test").send(evil)
    assert calls == []
