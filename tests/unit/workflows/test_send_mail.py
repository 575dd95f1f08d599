"""Mailed once, whatever the queue does, with a link that nobody can read in the table."""

from dataclasses import replace

import pytest

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.sending import issued_id
from solde.domain.invoicing.ways import ATTACHMENT, Ways, WaysFrom
from solde.ports.billing import PackSlice, Rendered
from solde.ports.mail import Mail
from solde.ports.sendings import RESENT, Sending, Stop
from solde.storage import keys
from solde.storage.contacts import ContactTable
from solde.storage.documents import DocumentTable
from solde.storage.parties import customer_from_item, customer_to_item
from solde.storage.sendings import SendingTable
from solde.storage.table import Put, Update
from solde.workflows.send_mail import ATTACHED_MAX, SendContext, send_again, send_document
from tests.support.seller import Seller, at

NOW = at("2013-06-01T08:00:00")
STOP = Stop("bounced", "550 user unknown", NOW)


class Mails:
    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> str:
        self.mails.append(mail)
        return f"m-{len(self.mails)}"


@pytest.fixture
def seller() -> Seller:
    seller = Seller()
    seller.sells("basic", "100.00")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    return seller


@pytest.fixture
def outgoing() -> Mails:
    return Mails()


@pytest.fixture
def sending(seller: Seller, outgoing: Mails) -> SendContext:
    tokens = iter(f"token-{number}" for number in range(9))
    return SendContext(
        documents=DocumentTable(seller.table, seller.objects),
        sendings=SendingTable(seller.table),
        contacts=ContactTable(seller.table),
        mailer=outgoing,
        token=lambda: next(tokens),
        wall=lambda: 1_370_000_000,
        compose=lambda document, out: Mail(
            out.to,
            document["envelope"]["number"],
            out.link,
            "",
            out.job_id,
            attachments=out.attachments,
        ),
        public_url="https://bills.test",
    )


def invoice(seller: Seller) -> str:
    return seller.documents("acme")[0].id


def told(seller: Seller, sending: SendContext) -> list[tuple[str, str, str]]:
    found = sending.sendings.of("acme", invoice(seller))
    return [(one.way, one.state, one.note) for one in found]


def chooses(seller: Seller, **fields) -> None:
    """Change the customer's profile."""
    customer = replace(customer_from_item(seller.table.get(keys.profile("acme"))), **fields)
    seller.table.write(Put(customer_to_item(customer, created_at="2013-01-01")))


def chosen(**fields) -> tuple[WaysFrom, ...]:
    return (WaysFrom(3, NOW.date(), Ways(**fields)),)


def test_one_mail_with_a_link_whatever_the_queue_does(seller, outgoing, sending) -> None:
    states = [send_document("acme", invoice(seller), NOW, sending) for _ in range(3)]
    assert states == ["sent", "sent", "sent"]
    (mail,) = outgoing.mails
    assert (mail.text, mail.job_id) == ("https://bills.test/i/token-0", invoice(seller))
    (one,) = sending.sendings.of("acme", invoice(seller))
    assert one.id == issued_id(invoice(seller), "mail")
    assert (one.way, one.cause, one.form, one.state) == ("mail", "issued", "link", "sent")
    assert (one.to, one.note, one.choice, one.at) == ("a***@example.test", "m-1", 0, NOW)
    assert seller.documents("acme")[0].mailed_on == NOW.date()


def test_a_worker_that_died_while_sending_is_not_repeated_blindly(
    seller, outgoing, sending
) -> None:
    class Dying:
        def send(self, mail: Mail) -> str:
            raise ConnectionError("no answer")

    with pytest.raises(ConnectionError):
        send_document("acme", invoice(seller), NOW, replace(sending, mailer=Dying()))
    assert send_document("acme", invoice(seller), NOW, sending) == "failed"
    assert outgoing.mails == []
    assert told(seller, sending) == [("mail", "failed", "outcome unknown")]


def test_without_an_address_the_mail_is_suppressed(seller, outgoing, sending) -> None:
    chooses(seller, email="")
    assert send_document("acme", invoice(seller), NOW, sending) == "suppressed"
    assert outgoing.mails == []
    assert told(seller, sending) == [("mail", "suppressed", "no address")]


def test_where_mail_bounces_the_next_contact_gets_it_and_then_nobody(
    seller, outgoing, sending
) -> None:
    chooses(seller, backup_emails=("second@example.test",))
    sending.contacts.stop("acme@example.test", STOP)
    send_document("acme", invoice(seller), NOW, sending)
    assert [mail.to for mail in outgoing.mails] == ["second@example.test"]
    sending.contacts.stop("SECOND@example.test", replace(STOP, reason="complained"))
    asked = Sending("dlv_2", "acme", invoice(seller), "mail", RESENT, NOW)
    sending.sendings.ask(asked)
    assert send_again(("acme", invoice(seller), "dlv_2"), NOW, sending) == "suppressed"
    assert len(outgoing.mails) == 1
    note = "no address left: bounced, complained"
    assert told(seller, sending)[1] == ("mail", "suppressed", note)


def test_asked_again_it_goes_to_the_address_of_now_and_once(seller, outgoing, sending) -> None:
    send_document("acme", invoice(seller), NOW, sending)
    chooses(seller, email="new@example.test")
    asked = Sending("dlv_2", "acme", invoice(seller), "mail", RESENT, NOW)
    assert [sending.sendings.ask(asked) for _ in range(2)] == [True, False]
    named = ("acme", invoice(seller), "dlv_2")
    assert [send_again(named, NOW, sending) for _ in range(3)] == ["sent"] * 3
    assert [mail.to for mail in outgoing.mails] == ["acme@example.test", "new@example.test"]
    assert outgoing.mails[1].job_id == "dlv_2"
    with pytest.raises(NotFoundError, match="dlv_3"):
        send_again(("acme", invoice(seller), "dlv_3"), NOW, sending)


def test_the_document_goes_along_where_that_is_chosen_and_it_is_small_enough(
    seller, outgoing, sending
) -> None:
    chooses(seller, choices=chosen(mail=ATTACHMENT))
    (header,) = seller.documents("acme")
    seller.objects.bodies["d"] = b"%PDFxml"
    forms = {"pdf": ("d", 0, 4), "cii": ("d", 4, 3), "ubl": ("d", 0, 0)}
    places = {name: Rendered(PackSlice(*at), "sha") for name, at in forms.items()}
    sending.documents.rendered([(header, places)], at=NOW)
    send_document("acme", header.id, NOW, sending)
    (mail,) = outgoing.mails
    found = [(one.name, one.content_type, one.body) for one in mail.attachments]
    assert found == [
        ("FRA-2013-000001.pdf", "application/pdf", b"%PDF"),
        ("FRA-2013-000001.cii.xml", "application/xml", b"xml"),
    ]
    (one,) = sending.sendings.of("acme", header.id)
    assert (one.form, one.choice) == ("attachment", 3)


def test_what_is_too_large_falls_back_to_the_link_and_says_so(seller, sending) -> None:
    chooses(seller, choices=chosen(mail=ATTACHMENT))
    (header,) = seller.documents("acme")
    place = Rendered(PackSlice("d", 0, ATTACHED_MAX + 1), "sha")
    sending.documents.rendered([(header, {"pdf": place})], at=NOW)
    said = []

    def compose(document, out):
        said.append((out.attachments, out.too_large))
        return Mail(out.to, "s", out.link, "", out.job_id)

    send_document("acme", header.id, NOW, replace(sending, compose=compose))
    assert said == [((), True)]
    assert sending.sendings.of("acme", header.id)[0].form == "link"


def test_other_ways_are_asked_for_with_the_end_of_the_mail(seller, outgoing, sending) -> None:
    """Once, also where a worker comes again; and without mail its job ends as suppressed."""
    chooses(seller, choices=chosen(ways=("drop",), folder="acme"))
    for _ in range(2):
        send_document("acme", invoice(seller), NOW, sending)
    assert outgoing.mails == []
    expected = [("mail", "suppressed", "not by mail"), ("drop", "waiting", "")]
    assert told(seller, sending) == expected


def test_a_link_is_made_for_the_address_and_forgotten_by_the_wall_clock(seller, sending) -> None:
    send_document("acme", invoice(seller), NOW, sending)
    (row,) = [one for key, one in seller.table.items.items() if key.pk.startswith("TOK#")]
    assert row["made"] == "2013-06-01"
    assert row["expires_at"] == 1_370_000_000 + 430 * 86_400


def test_the_token_is_stored_as_its_hash_only(seller, sending) -> None:
    send_document("acme", invoice(seller), NOW, sending)
    assert "token-0" not in str(seller.table.items)


def test_a_job_of_before_that_has_ended_is_left_alone(seller, outgoing, sending) -> None:
    job = Update(
        keys.mail_job("acme", invoice(seller)),
        set={"schema": 1, "state": "sent", "message": "m-0", "claimed_at": NOW.isoformat()},
    )
    seller.table.write(job)
    assert send_document("acme", invoice(seller), NOW, sending) == "sent"
    assert outgoing.mails == []
    assert told(seller, sending) == [("mail", "sent", "m-0")]
