"""Endpoints of the seller's own systems, over HTTP: made, tried, told, ended, told again."""

import json
from datetime import timedelta

import pytest
from standardwebhooks import Webhook

from functions.call_endpoints.call import lambda_handler
from solde.runtime import endpoints as wired
from tests.support.http_api import NOW

PATH = "/v1/webhook-endpoints"
URL = "https://erp.example.com/hooks"


class Receiver:
    def __init__(self) -> None:
        self.answer, self.calls = 204, []

    def post(self, _url, body, headers) -> int:
        self.calls.append((body, dict(headers)))
        return self.answer

    @property
    def heard(self) -> list[str]:
        return [json.loads(body)["type"] for body, _ in self.calls]


@pytest.fixture
def receiver(monkeypatch) -> Receiver:
    found = Receiver()
    monkeypatch.setattr(wired, "HttpsOutbound", lambda: found)
    return found


@pytest.fixture
def shop(call):
    call.shop()
    order = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-01"}
    call.made("POST", "/v1/subscriptions", order)
    return call


def endpoint(shop, *events: str) -> dict:
    return shop.made("POST", PATH, {"url": URL, "events": list(events) or ["*"]})


def told(shop, *kinds: str, at=NOW) -> None:
    """Bring what is announced of these kinds to the endpoints, as the bus does."""
    for key, item in sorted(shop.model.items.items()):
        if key.pk.startswith("O#") and item["type"] in kinds:
            detail = {**json.loads(item["detail"]), "as_of": at.isoformat()}
            body = json.dumps({"detail-type": item["type"], "detail": detail})
            records = {"Records": [{"messageId": "m", "body": body}]}
            assert lambda_handler(records, None) == {"batchItemFailures": []}


def messages(shop, made) -> list[tuple[str, str, int]]:
    rows = shop("GET", f"{PATH}/{made['id']}/messages")[1]["data"]
    return [(one["event"], one["state"], one["attempts"]) for one in rows]


def test_a_system_is_told_of_an_invoice_with_what_it_is_about_and_can_prove_it(
    shop, receiver
) -> None:
    made = endpoint(shop, "invoice.issued")
    shop.bills(NOW)
    told(shop, "invoice.issued", "documents.stored")
    ((body, headers),) = receiver.calls
    invoice = shop("GET", "/v1/invoices")[1]["data"][0]
    said = json.loads(body)["data"]
    assert said == {
        "id": invoice["id"],
        "customer": invoice["customer"],
        "kind": "invoice",
        "number": invoice["number"],
        "currency": "EUR",
        "total": invoice["total"],
        "issued_on": invoice["issued_on"],
        "due_on": invoice["due_on"],
        "url": f"https://bills.example.test/v1/invoices/{invoice['id']}",
    }
    assert invoice["total"] > 0
    Webhook(made["secret"]).verify(body, headers)
    assert messages(shop, made) == [("invoice.issued", "sent", 1)]
    (item,) = [one for key, one in shop.model.items.items() if key.pk.startswith("HM#")]
    assert sum(len(name) + len(str(value)) for name, value in item.items()) < 1024  # one unit


def test_the_secret_is_shown_when_it_is_made_and_never_again(shop) -> None:
    made = endpoint(shop)
    assert made["secret"].startswith("whsec_")
    assert "secret" not in shop("GET", f"{PATH}/{made['id']}")[1]
    assert "secret" not in str(shop("GET", PATH)[1])
    assert shop.made("POST", f"{PATH}/{made['id']}/secret", {})["secret"] != made["secret"]


def test_an_endpoint_is_tried_with_a_message_that_says_nothing_else(shop, receiver) -> None:
    made = endpoint(shop, "invoice.paid")
    status, sent, _ = shop("POST", f"{PATH}/{made['id']}/test", {})
    assert (status, sent["event"], sent["state"]) == (202, "endpoint.test", "waiting")
    told(shop, "endpoint.due")
    assert receiver.heard == ["endpoint.test"]
    assert messages(shop, made) == [("endpoint.test", "sent", 1)]


def test_what_failed_shows_since_when_and_is_sent_once_it_is_enabled_again(
    shop, receiver, capsys
) -> None:
    receiver.answer = 410
    made = endpoint(shop)
    shop.bills(NOW)
    told(shop, "invoice.issued")
    found = shop("GET", f"{PATH}/{made['id']}")[1]
    assert (found["state"], found["disabled_because"]) == ("disabled", "410: gone")
    assert found["failing_since"] == "2013-01-10T12:00:00Z"
    assert "ALARM endpoint ended" in capsys.readouterr().out
    receiver.answer = 200
    assert shop("POST", f"{PATH}/{made['id']}/enable", {})[1]["state"] == "failing"
    told(shop, "endpoint.due", at=NOW + timedelta(minutes=6))
    assert receiver.heard == ["invoice.issued", "invoice.issued"]
    assert shop("GET", f"{PATH}/{made['id']}")[1]["state"] == "enabled"


def test_one_message_or_all_since_an_instant_are_told_again_under_their_ids(shop, receiver) -> None:
    made = endpoint(shop)
    shop.bills(NOW)
    told(shop, "invoice.issued")
    row = shop("GET", f"{PATH}/{made['id']}/messages")[1]["data"][0]
    again = shop("POST", f"{PATH}/{made['id']}/messages/{row['id']}/replay", {})[1]
    assert (again["state"], again["attempts"]) == ("waiting", 0)
    told(shop, "endpoint.due")
    since = {"since": "2013-01-09T00:00:00Z", "failed_only": False}
    assert shop("POST", f"{PATH}/{made['id']}/replay", since)[1]["data"] == [
        {"id": row["id"], "event": "invoice.issued", "about": row["about"]}
    ]
    told(shop, "endpoint.due")
    ids = [headers["webhook-id"] for _, headers in receiver.calls]
    assert ids == [row["id"]] * 3
    nothing = {"since": "2013-01-09T00:00:00Z"}
    assert shop("POST", f"{PATH}/{made['id']}/replay", nothing)[1]["data"] == []


def test_an_endpoint_that_is_disabled_is_told_nothing(shop, receiver) -> None:
    made = endpoint(shop)
    assert shop("POST", f"{PATH}/{made['id']}/disable", {})[1]["state"] == "disabled"
    shop.bills(NOW)
    told(shop, "invoice.issued")
    assert receiver.calls == []
    assert messages(shop, made) == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"url": "http://erp.example.com/", "events": ["*"]}, "/url"),
        ({"url": "https://10.0.0.1/", "events": ["*"]}, "/url"),
        ({"url": "https://erp.example.com:444/", "events": ["*"]}, "/url"),
        ({"url": "https://printer.local/", "events": ["*"]}, "/url"),
        ({"url": URL, "events": []}, "/events"),
        ({"url": URL, "events": ["invoice.payed"]}, "/events"),
        ({"url": URL, "events": ["invoice.paid", "invoice.paid"]}, "/events"),
        ({"url": URL}, "/events"),
        ({"url": URL, "events": ["*"], "secret": "mine"}, "/secret"),
    ],
)
def test_nonsense_is_refused_where_it_is_entered_and_nothing_is_kept(shop, body, pointer) -> None:
    status, problem, _ = shop("POST", PATH, body)
    assert status == 422
    assert [one["pointer"] for one in problem["errors"]] == [pointer]
    assert shop("GET", PATH)[1]["data"] == []


@pytest.mark.parametrize("path", ["", "/messages", "/messages/msg_1/replay", "/enable", "/test"])
def test_what_is_not_there_is_named(shop, path) -> None:
    method = "GET" if path in ("", "/messages") else "POST"
    status, problem, _ = shop(method, f"{PATH}/whe_1{path}", {} if method == "POST" else None)
    assert (status, problem["code"]) == (404, "not_found")


def test_no_more_than_twenty_are_called(shop) -> None:
    for _ in range(20):
        endpoint(shop)
    status, problem, _ = shop("POST", PATH, {"url": URL, "events": ["*"]})
    assert (status, problem["code"]) == (409, "state_conflict")
    assert len(shop("GET", PATH, query={"limit": "100"})[1]["data"]) == 20


def test_a_message_that_nobody_can_read_is_given_again(shop) -> None:
    records = {"Records": [{"messageId": "m", "body": '{"detail-type":"invoice.issued"}'}]}
    assert lambda_handler(records, None) == {"batchItemFailures": [{"itemIdentifier": "m"}]}
