"""Bounces and complaints, as SES tells them: mail stops, and the next contact gets it."""

from dataclasses import replace

import pytest

from solde.domain.invoicing.sending import issued_id
from solde.ports.sendings import Sending
from solde.storage import keys
from solde.storage.contacts import ContactTable
from solde.storage.parties import customer_from_item, customer_to_item
from solde.storage.sendings import SendingTable
from solde.storage.table import Put
from solde.workflows.hear_mail import HearContext, hear_mail
from tests.support.seller import Seller, at

NOW = at("2013-06-02T08:00:00")
INVOICE = "inv_017gj59gg004kqc6zrzg73en3x"


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.customer("acme")
    return made


@pytest.fixture
def context(seller: Seller) -> HearContext:
    """One mail of an invoice went to acme@example.test."""
    sendings = SendingTable(seller.table)
    sent = Sending(issued_id(INVOICE, "mail"), "acme", INVOICE, "mail", "issued", NOW)
    sendings.claim(sent)
    return HearContext(ContactTable(seller.table), sendings)


def event(kind: str, address: str, *, job: str = INVOICE, how: str = "Permanent") -> dict:
    """The detail of an event, of what we look at."""
    tags = {"customer": ["acme"], "invoice": [INVOICE], "job": [job]}
    recipient = {"emailAddress": address, "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
    told = {"eventType": kind, "mail": {"messageId": "m-1", "tags": tags}}
    if kind == "Bounce":
        return told | {"bounce": {"bounceType": how, "bouncedRecipients": [recipient]}}
    complaint = {"complainedRecipients": [recipient], "complaintFeedbackType": "abuse"}
    return told | {"complaint": complaint}


def backed(seller: Seller, *emails: str) -> None:
    customer = customer_from_item(seller.table.get(keys.profile("acme")))
    put = Put(customer_to_item(replace(customer, backup_emails=emails), created_at=""))
    seller.table.write(put)


def states(context: HearContext) -> list[tuple[str, str]]:
    return [(one.cause, one.state) for one in context.sendings.of("acme", INVOICE)]


def test_a_bounce_for_good_stops_the_address_and_is_told_of_the_sending(context) -> None:
    told = event("Bounce", "Acme <ACME@example.test>")
    assert [hear_mail(told, NOW, context) for _ in range(2)] == [["bounced"], []]
    (stop,) = context.contacts.reach("acme").stops.values()
    assert (stop.reason, stop.at) == ("bounced", NOW)
    assert stop.detail == "smtp; 550 5.1.1 user unknown"
    assert states(context) == [("issued", "bounced")]


def test_what_bounced_goes_to_the_next_contact_once(seller, context) -> None:
    backed(seller, "next@example.test")
    for _ in range(3):
        hear_mail(event("Bounce", "acme@example.test"), NOW, context)
    assert states(context) == [("issued", "bounced"), ("returned", "waiting")]
    asked = [one for key, one in seller.table.items.items() if key.pk.startswith("O#")]
    assert [one["type"] for one in asked] == ["mail.asked"]


def test_who_complains_gets_no_more_and_nobody_gets_it_instead(seller, context) -> None:
    backed(seller, "next@example.test")
    assert hear_mail(event("Complaint", "acme@example.test"), NOW, context) == ["complained"]
    assert states(context) == [("issued", "complained")]
    assert context.contacts.reach("acme").addresses == ("next@example.test",)


@pytest.mark.parametrize(
    "told",
    [event("Bounce", "acme@example.test", how="Transient"), {"eventType": "Delivery", "mail": {}}],
)
def test_what_may_be_over_tomorrow_stops_nothing(context, told) -> None:
    assert hear_mail(told, NOW, context) == []
    assert context.contacts.reach("acme").stops == {}
    assert states(context) == [("issued", "sending")]


def test_a_reminder_that_bounces_stops_the_address_and_is_no_sending(context) -> None:
    told = event("Bounce", "acme@example.test", job=f"{INVOICE}-1")
    assert hear_mail(told, NOW, context) == ["bounced"]
    assert states(context) == [("issued", "sending")]
    told["mail"]["tags"] = {}
    assert hear_mail(told, NOW, context) == []
