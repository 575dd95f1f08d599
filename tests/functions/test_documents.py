"""Announce, render, send, chase: events in, facts out; one bad record is given again, alone."""

import copy
import hashlib
from dataclasses import replace
from typing import Any

import pytest

from functions.announce import publish
from functions.chase_overdue import chase
from functions.render_documents import render
from functions.send_mail import send
from functions.web import invoice as web
from solde.domain.errors import StoreUnavailableError
from solde.storage.marshal import marshal_item
from tests.support.deployment import Deployment, queued
from tests.support.official_rules import broken
from tests.support.seller import ENTITY, Seller
from tests.support.shop import Shop

WHEN = "2013-06-01T08:00:00+00:00"


def named(seller: Seller, *more: list[str]) -> dict[str, Any]:
    """The detail of an event that names the seller's invoices, and perhaps others."""
    mine = [["acme", one.id] for one in seller.documents("acme")]
    return {"invoices": [*more, *mine], "as_of": WHEN}


def stream(seller: Seller, *prefixes: str) -> dict[str, Any]:
    """The stream's records of the items whose keys begin so."""
    images = [
        {"dynamodb": {"NewImage": marshal_item(item)}}
        for key, item in sorted(seller.table.items.items())
        if key.pk.startswith(prefixes)
    ]
    return {"Records": images}


def test_what_was_issued_is_announced_once_and_forgotten(cloud: Deployment, seller: Seller) -> None:
    records = stream(seller, "O#", "A#acme")
    assert len(records["Records"]) > 2
    assert publish.lambda_handler(records, None) == {"batchItemFailures": []}
    (told,) = cloud.told.announcements
    assert told.kind == "invoice.issued"
    assert told.detail["invoices"] == [["acme", seller.documents("acme")[0].id]]
    assert [key for key in seller.table.items if key.pk.startswith("O#")] == []


def test_what_the_bus_did_not_take_stays_in_the_outbox(
    cloud: Deployment, seller: Seller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_announcements: object) -> None:
        raise StoreUnavailableError("bus: expected all to be taken")

    monkeypatch.setattr(cloud.told, "publish", refuse)
    before = copy.deepcopy(seller.table.items)
    with pytest.raises(StoreUnavailableError):
        publish.lambda_handler(stream(seller, "O#"), None)
    assert seller.table.items == before


def test_documents_are_rendered_mailed_and_opened_by_the_link_of_the_mail(
    cloud: Deployment, seller: Seller
) -> None:
    assert render.lambda_handler(queued(named(seller)), None) == {"batchItemFailures": []}
    header = seller.documents("acme")[0]
    assert set(header.documents) == {"html", "pdf"}
    pdf = header.documents["pdf"].place
    stored = cloud.objects.get_range(pdf.key, offset=pdf.offset, length=pdf.length)
    assert stored.startswith(b"%PDF")

    assert send.lambda_handler(queued(named(seller)), None) == {"batchItemFailures": []}
    (mail,) = cloud.told.mails
    assert mail.to == "acme@example.test"
    path = mail.text.split("https://bills.example.test")[1].split()[0]
    seller.table.items[_clock()] = {"pk": "CLOCK", "sk": "0", "now": WHEN}
    page = web.lambda_handler({"rawPath": path}, None)
    assert page["statusCode"] == 200
    assert header.number in page["body"]
    pdf = web.lambda_handler({"rawPath": f"{path}/pdf"}, None)
    assert (pdf["statusCode"], pdf["headers"]["Content-Type"]) == (200, "application/pdf")
    assert web.lambda_handler({"rawPath": f"{path}/other"}, None)["statusCode"] == 404
    assert web.lambda_handler({"rawPath": f"{path}x"}, None)["statusCode"] == 404


def test_a_business_gets_its_structured_invoice_and_a_consumer_none(cloud: Deployment) -> None:
    """Rendered, stored under their digests, and given by the API; who lacks a fact is parked."""
    facts = {"siren": "001122332", "vat_id": "FR41001122332"}
    entity = replace(ENTITY, code="ctc", number_prefix="CTC", e_invoice="fr-ctc")
    entity = replace(entity, registration=facts)
    seller = Seller(table=cloud.table, objects=cloud.objects, entity=entity)
    seller.sells("flat", "100.00")
    for name, siren in (("beta", "732829320"), ("anna", ""), ("wrong", "998877665")):
        seller.customer(name, siren=siren)
        seller.subscribes(name, "2013-06-01", ("flat", "1"))
    (run,) = seller.runs_billing("2013-06-01")
    assert seller.documents("wrong") == []
    (parked,) = [one for batch in seller.context.runs.batches(run.id) for one in batch.parked]
    assert (parked.customer_id, parked.code) == ("wrong", "invalid")
    assert "BR-FR-11: customer.registration.siren" in parked.reason
    for name in ("beta", "anna"):
        (header,) = seller.documents(name)
        message = {"invoices": [[name, header.id]], "as_of": WHEN}
        assert render.lambda_handler(queued(message), None) == {"batchItemFailures": []}
    assert set(seller.documents("anna")[0].documents) == {"html", "pdf"}
    (beta,) = seller.documents("beta")
    assert set(beta.documents) == {"html", "pdf", "cii", "ubl"}
    for form, place in beta.documents.items():
        at = place.place
        body = cloud.objects.get_range(at.key, offset=at.offset, length=at.length)
        assert hashlib.sha256(body).hexdigest() == place.sha256
        if form in ("cii", "ubl"):
            assert broken(body, french=True) == []


def _clock():
    from solde.storage import keys  # noqa: PLC0415 - one place needs it

    return keys.clock()


@pytest.mark.parametrize("handler", [render, send])
def test_a_document_that_is_not_there_holds_up_no_other(
    cloud: Deployment, seller: Seller, handler
) -> None:
    """Not those of its own message, and not those of the messages that came with it."""
    missing = ["acme", "inv_00000000000000000000000000"]
    batch = queued(named(seller, missing), {"as_of": WHEN}, named(seller))
    batch["Records"].append({"messageId": "m3", "body": "no json"})
    answer = handler.lambda_handler(batch, None)
    given_again = [one["itemIdentifier"] for one in answer["batchItemFailures"]]
    assert given_again == ["m0", "m1", "m3"]
    done = cloud.told.mails if handler is send else seller.documents("acme")[0].documents
    assert done


def test_a_mail_given_again_is_not_sent_again(cloud: Deployment, seller: Seller) -> None:
    for _ in range(2):
        send.lambda_handler(queued(named(seller), named(seller)), None)
    assert len(cloud.told.mails) == 1


def test_a_mail_whose_outcome_nobody_knows_fails_with_an_alarm(
    cloud: Deployment, seller: Seller, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    def vanish(_mail: object) -> str:
        raise StoreUnavailableError("no answer")

    with monkeypatch.context() as broken:
        broken.setattr(cloud.told, "send", vanish)
        answer = send.lambda_handler(queued(named(seller)), None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert send.lambda_handler(queued(named(seller)), None) == {"batchItemFailures": []}
    assert cloud.told.mails == []
    assert "ALARM mail failed" in capsys.readouterr().out


def test_the_chase_sends_each_reminder_once(cloud: Deployment, seller: Seller) -> None:
    """Due on 1 July: the first reminder on the 4th, the second on the 15th."""
    sent = {}
    for day in [*range(1, 32), *range(1, 32)]:
        answer = chase.lambda_handler({"as_of": f"2013-07-{day:02d}T07:00:00+00:00"}, None)
        sent[day] = sent.get(day, 0) + answer["reminders"]
    assert {day: count for day, count in sent.items() if count} == {4: 1, 15: 1}
    first, second = cloud.told.mails
    assert first.subject == "Rappel\u00a0: facture FRA-2013-000001 échue le 1er juillet 2013"
    assert second.subject == "Deuxième rappel\u00a0: facture FRA-2013-000001 impayée"
    assert "119,60\u00a0€" in first.text


def test_a_reminder_belongs_under_the_mail_of_its_invoice(
    cloud: Deployment, seller: Seller
) -> None:
    send.lambda_handler(queued(named(seller)), None)
    chase.lambda_handler({"as_of": "2013-07-04T07:00:00+00:00"}, None)
    first, reminder = cloud.told.mails
    assert first.answers == ()
    assert reminder.answers == (seller.documents("acme")[0].id, "m-1")


def test_no_reminder_after_the_payment(cloud: Deployment, seller: Seller) -> None:
    Shop(seller).paid("evt_1", 119_60)
    for day in range(1, 32):
        chase.lambda_handler({"as_of": f"2013-07-{day:02d}T07:00:00+00:00"}, None)
    assert cloud.told.mails == []


def test_a_chase_without_an_instant_is_refused(cloud: Deployment) -> None:
    with pytest.raises(KeyError):
        chase.lambda_handler({}, None)
    with pytest.raises(ValueError, match="zone"):
        chase.lambda_handler({"as_of": "2013-07-04T07:00:00"}, None)
