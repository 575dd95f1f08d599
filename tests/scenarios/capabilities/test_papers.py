"""Papers that are asked for: a pro forma of what will be billed, then a statement of what was."""

import json

import pytest

from local.rest import wait_for_rest

pytestmark = pytest.mark.cloud


def test_a_pro_forma_owes_nothing_and_a_statement_says_what_is_owed(subscribed) -> None:
    """A seat at 100.00: shown on paper of a series of its own, then billed, then stated."""
    seller = subscribed(tax_regime="FR")
    anna = f"ext:{seller.named('anna')}"
    (shown,) = seller.posts("pro-formas", {"customer": anna, "bill": {}})["data"]
    assert (shown["number"], shown["total"]) == (f"{seller.code.upper()}-PF-2027-000001", 120_00)
    page = seller.downloads(f"pro-formas/{shown['id']}/documents/html").decode()
    assert "This pro forma is not an invoice" in page
    assert seller.downloads(f"pro-formas/{shown['id']}/documents/pdf").startswith(b"%PDF-")
    stated = f"customers/{anna}/statement"
    assert seller.reads(stated, **{"from": "2027-06-01"})["closing"] == 0

    assert seller.bills("2027-06-01") == ["seats 2027-06-01..2027-06-30 100.00"]
    days = "from=2027-06-01&to=2027-06-30"
    page = seller.downloads(f"{stated}/documents/html?{days}").decode()
    assert f"Invoice {seller.code.upper()}-2027-000001" in page
    assert '<tr class="due"><td>Closing balance</td><td class="n">€120.00</td></tr>' in page
    assert seller.downloads(f"{stated}/documents/pdf?{days}").startswith(b"%PDF-")


def test_a_bounce_stops_mail_to_the_address(subscribed) -> None:
    """SES tells of it over the queue that its rule leads to; nobody else is named, so none goes."""
    seller = subscribed()
    seller.bills("2027-06-01")
    wait_for_rest(seller.cloud.places)
    (invoice,) = seller.invoices("anna")
    (mailed,) = seller.reads(f"invoices/{invoice['id']}/deliveries")["data"]
    assert (mailed["cause"], mailed["form"], mailed["state"]) == ("issued", "link", "sent")

    address = f"anna@{seller.code}.example.test"
    tags = {name: [value] for name, value in (("job", invoice["id"]), ("invoice", invoice["id"]))}
    tags["customer"] = [invoice["customer"]]
    recipients = [{"emailAddress": address, "diagnosticCode": "550 5.1.1 user unknown"}]
    bounce = {"bounceType": "Permanent", "bouncedRecipients": recipients}
    detail = {"eventType": "Bounce", "mail": {"tags": tags}, "bounce": bounce}
    sqs = seller.cloud.client("sqs")
    (queue,) = [one for one in sqs.list_queues()["QueueUrls"] if is_of("hearmail", one)]
    sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"detail": detail}))
    wait_for_rest(seller.cloud.places)
    state = seller.reads(f"customers/{invoice['customer']}")["mail_state"]
    assert (state["state"], state["stops"][0]["reason"]) == ("stopped", "bounced")
    rows = seller.reads(f"invoices/{invoice['id']}/deliveries")["data"]
    assert [(one["cause"], one["state"]) for one in rows] == [("issued", "bounced")]


def is_of(name: str, url: str) -> bool:
    """Whether a queue is the one of that name, and not the one of its dead letters."""
    return name in url.lower().replace("-", "") and "dead" not in url.lower()
