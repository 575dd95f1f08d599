"""Mailed once, whatever the queue does, with a link that nobody can read in the table."""

import pytest

from solde.ports.mail import Mail
from solde.storage.documents import DocumentTable
from solde.workflows.send_mail import SendContext, send_document
from tests.support.seller import Seller, at

NOW = at("2013-06-01T08:00:00")


class Outgoing:
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
def documents(seller: Seller) -> DocumentTable:
    return DocumentTable(seller.table, seller.objects)


@pytest.fixture
def outgoing() -> Outgoing:
    return Outgoing()


@pytest.fixture
def sending(documents: DocumentTable, outgoing: Outgoing) -> SendContext:
    tokens = iter(f"token-{number}" for number in range(9))
    return SendContext(
        documents=documents,
        mailer=outgoing,
        token=lambda: next(tokens),
        compose=lambda document, link, job: Mail(
            document["customer"]["email"], document["envelope"]["number"], link, "", job
        ),
        public_url="https://bills.test",
    )


def invoice(seller: Seller) -> str:
    return seller.documents("acme")[0].id


def test_one_mail_with_a_link_whatever_the_queue_does(seller, outgoing, sending) -> None:
    states = [send_document("acme", invoice(seller), NOW, sending) for _ in range(3)]
    assert states == ["sent", "sent", "sent"]
    (mail,) = outgoing.mails
    assert mail.text == "https://bills.test/i/token-0"


def test_a_worker_that_died_while_sending_is_not_repeated_blindly(
    seller, outgoing, sending, documents
) -> None:
    class Dying:
        def send(self, mail: Mail) -> str:
            raise ConnectionError("no answer")

    dying = SendContext(
        documents, Dying(), sending.token, sending.compose, public_url="https://bills.test"
    )
    with pytest.raises(ConnectionError):
        send_document("acme", invoice(seller), NOW, dying)
    assert send_document("acme", invoice(seller), NOW, sending) == "failed"
    assert outgoing.mails == []


def test_without_an_address_the_mail_is_suppressed(seller, outgoing, sending) -> None:
    header = seller.documents("acme")[0]
    place = header.place
    body = seller.objects.bodies[place.key]
    seller.objects.bodies[place.key] = body.replace(b"acme@example.test", b"")
    key = next(key for key in seller.table.items if key.sk == f"I#{header.id}")
    seller.table.items[key]["len"] -= len(b"acme@example.test")
    assert send_document("acme", header.id, NOW, sending) == "suppressed"
    assert outgoing.mails == []


def test_the_token_is_stored_as_its_hash_only(seller, sending) -> None:
    send_document("acme", invoice(seller), NOW, sending)
    assert "token-0" not in str(seller.table.items)
