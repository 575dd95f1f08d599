"""A mail as SES takes it: structured, so that no text can become a header."""

from solde.adapters.mail_ses import SesMailer
from solde.ports.mail import Mail
from tests.support.answering import answering


def test_texts_stand_in_fields_of_their_own() -> None:
    client, calls = answering("sesv2", send_email=[{"MessageId": "m-1"}])
    subject = "Facture\r\nBcc: thief@example.test"
    mail = Mail("a@example.test", subject, "Bonjour é", "<p>Bonjour é</p>", "inv_1")
    assert SesMailer(client, sender="bills@example.test").send(mail) == "m-1"
    (call,) = calls
    assert call["FromEmailAddress"] == "bills@example.test"
    assert call["Destination"] == {"ToAddresses": ["a@example.test"]}
    simple = call["Content"]["Simple"]
    assert simple["Subject"] == {"Data": subject, "Charset": "UTF-8"}
    assert simple["Body"]["Text"]["Data"] == "Bonjour é"
    assert simple["Body"]["Html"]["Data"] == "<p>Bonjour é</p>"
    assert call["EmailTags"] == [{"Name": "job", "Value": "inv_1"}]
