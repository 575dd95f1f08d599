"""How documents are brought: chosen, asked for again, and told, over HTTP."""

import base64
from urllib.parse import quote

import pytest

from functions.copy_documents import copy
from functions.hear_mail import hear
from functions.render_documents import render
from functions.send_mail import send
from functions.web import invoice as web
from functions.web import renew
from solde.storage import keys
from solde.workflows.send_mail import digest_of
from tests.support.deployment import queued
from tests.support.http_api import NOW


@pytest.fixture
def shop(call):
    call.shop()
    order = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-01"}
    call.made("POST", "/v1/subscriptions", order)
    call.bills(NOW)
    return call


def invoice(shop) -> dict:
    (row,) = shop("GET", "/v1/invoices")[1]["data"]
    return row


def mailed(shop) -> None:
    """The mail that follows the issue."""
    row = invoice(shop)
    detail = {"invoices": [[row["customer"], row["id"]]], "as_of": NOW.isoformat()}
    assert send.lambda_handler(queued(detail), None) == {"batchItemFailures": []}


def worked(shop) -> None:
    """Mails that were asked for."""
    for key, item in list(shop.model.items.items()):
        if key.pk.startswith("O#") and item["type"] == "mail.asked":
            detail = f'{item["detail"][:-1]},"as_of":"{NOW.isoformat()}"}}'
            record = {"messageId": "m", "body": f'{{"detail":{detail}}}'}
            assert send.lambda_handler({"Records": [record]}, None) == {"batchItemFailures": []}


def deliveries(shop, **query) -> list[dict]:
    return shop("GET", f"/v1/invoices/{invoice(shop)['id']}/deliveries", query=query)[1]["data"]


def test_a_choice_has_versions_and_none_is_that_of_the_entity(call) -> None:
    call.shop()
    path = "/v1/customers/ext:M1"
    assert call("GET", path)[1]["delivery"] is None
    wanted = {"ways": ["mail", "drop"], "mail": "attachment", "folder": "martin"}
    found = call.made("PATCH", path, {"delivery": wanted})["delivery"]
    assert found == {
        "version": 1,
        "since": "2013-01-10",
        "url": None,
        "drop_to": "archive",
        **wanted,
    }
    assert call.made("PATCH", path, {"delivery": wanted})["delivery"]["version"] == 1
    assert call.made("PATCH", path, {"name": "Martin & fils"})["delivery"]["version"] == 1
    assert call.made("PATCH", path, {"delivery": None})["delivery"] is None
    assert call.made("PATCH", path, {"delivery": {"ways": ["mail"]}})["delivery"]["version"] == 3


@pytest.mark.parametrize(
    ("delivery", "pointer"),
    [
        ({"ways": ["drop"]}, "/delivery/folder"),
        ({"ways": ["webhook"], "url": "https://127.0.0.1:80/"}, "/delivery/url"),
    ],
)
def test_a_way_that_leads_nowhere_is_refused(call, delivery, pointer) -> None:
    call.shop()
    status, problem, _ = call("PATCH", "/v1/customers/ext:M1", {"delivery": delivery})
    assert (status, problem["errors"][0]["pointer"]) == (422, pointer)


def test_a_bucket_of_the_sellers_own_is_refused_where_none_is_named(call, monkeypatch) -> None:
    call.shop()
    wanted = {"delivery": {"ways": ["drop"], "folder": "{customer}", "drop_to": "bucket"}}
    status, problem, _ = call("PATCH", "/v1/customers/ext:M1", wanted)
    assert (status, problem["errors"][0]["pointer"]) == (422, "/delivery/drop_to")
    monkeypatch.setattr(copy.wiring, "client", lambda _name: None)
    assert copy.bucket() is None
    monkeypatch.setenv("DROP_BUCKET", "erp-in")
    found = call.made("PATCH", "/v1/customers/ext:M1", wanted)
    assert found["delivery"]["drop_to"] == "bucket"
    assert copy.bucket() is not None


def test_an_entity_names_the_way_for_all_but_no_url(call) -> None:
    from tests.support.http_api import ENTITY  # noqa: PLC0415

    all_of = {"ways": ["drop"], "folder": "erp"}
    made = call.made("POST", "/v1/entities", ENTITY | {"delivery": all_of})
    assert made["delivery"]["ways"] == ["drop"]
    hook = {"ways": ["webhook"], "url": "https://x.example/"}
    status, problem, _ = call("POST", "/v1/entities", ENTITY | {"version": 2, "delivery": hook})
    assert (status, problem["errors"][0]["pointer"]) == (422, "/delivery/url")


def test_a_document_is_mailed_again_to_the_address_of_now(shop) -> None:
    mailed(shop)
    shop.made(
        "PATCH", "/v1/customers/ext:M1", {"email": "new@b.test", "backup_emails": ["c@b.test"]}
    )
    path = f"/v1/invoices/{invoice(shop)['id']}/deliveries"
    asked = [shop.made("POST", path, {}, Idempotency_Key="k1") for _ in range(2)]
    assert asked[0] == asked[1]
    assert (asked[0]["state"], asked[0]["cause"]) == ("waiting", "resent")
    worked(shop)
    worked(shop)
    first, second = deliveries(shop)
    assert (first["cause"], first["to"], first["state"]) == ("issued", "a***@b.test", "sent")
    assert (second["cause"], second["to"], second["state"]) == ("resent", "n***@b.test", "sent")
    assert second["id"] == asked[0]["id"]
    assert shop("GET", path, query={"limit": "1"})[1]["has_more"] is True


def test_to_ask_again_wants_a_key_and_somebody_to_write_to(shop) -> None:
    path = f"/v1/invoices/{invoice(shop)['id']}/deliveries"
    assert shop("POST", path, {})[0] == 400
    shop.made("PATCH", "/v1/customers/ext:M1", {"email": ""})
    status, problem, _ = shop("POST", path, {}, Idempotency_Key="k1")
    assert (status, problem["errors"][0]["pointer"]) == (422, "/way")
    assert deliveries(shop) == []


def bounces(shop, address: str) -> None:
    """SES tells that an address does not exist, as the account's bus brings it."""
    row = invoice(shop)
    tags = {"customer": [row["customer"]], "invoice": [row["id"]], "job": [row["id"]]}
    recipients = [{"emailAddress": address, "diagnosticCode": "550 user unknown"}]
    bounce = {"bounceType": "Permanent", "bouncedRecipients": recipients}
    detail = {"eventType": "Bounce", "mail": {"tags": tags}, "bounce": bounce}
    assert hear.lambda_handler(queued(detail), None) == {"batchItemFailures": []}


def test_a_bounce_marks_the_customer_until_his_address_changes_or_it_is_cleared(
    shop, capsys
) -> None:
    mailed(shop)
    bounces(shop, "a@b.test")
    path = "/v1/customers/ext:M1"
    state = shop("GET", path)[1]["mail_state"]
    stop = {"email": "a@b.test", "reason": "bounced", "detail": "550 user unknown"}
    assert state == {"state": "stopped", "stops": [stop | {"at": "2013-01-10T12:00:00Z"}]}
    assert deliveries(shop)[0]["state"] == "bounced"
    assert '"MailStopped":1' in capsys.readouterr().out
    changed = shop.made("PATCH", path, {"backup_emails": ["c@b.test"]})
    assert changed["mail_state"]["state"] == "backup"
    changed = shop.made("PATCH", path, {"email": "new@b.test"})
    assert changed["mail_state"] == {"state": "good", "stops": []}
    shop.made("PATCH", path, {"email": "A@b.test", "backup_emails": []})
    assert shop("GET", "/v1/customers")[1]["data"][0]["mail_state"]["state"] == "stopped"
    cleared = shop.made("POST", f"{path}/mail-state/clear", {"email": "a@B.test"})
    assert cleared["mail_state"]["state"] == "good"


def test_only_an_address_of_the_customer_is_cleared(shop) -> None:
    path = "/v1/customers/ext:M1/mail-state/clear"
    status, problem, _ = shop("POST", path, {"email": "x@y.test"})
    assert (status, problem["errors"][0]["pointer"]) == (422, "/email")


def test_a_copy_is_dropped_where_the_customer_wants_it(shop) -> None:
    row = invoice(shop)
    detail = {"invoices": [[row["customer"], row["id"]]], "as_of": NOW.isoformat()}
    render.lambda_handler(queued(detail), None)
    path = f"/v1/invoices/{row['id']}/deliveries"
    assert shop("POST", path, {"way": "drop"}, Idempotency_Key="d")[0] == 422
    wanted = {"ways": ["mail", "drop"], "folder": "martin"}
    shop.made("PATCH", "/v1/customers/ext:M1", {"delivery": wanted})
    made = shop.made("POST", path, {"way": "drop"}, Idempotency_Key="d2")
    named = [[row["customer"], row["id"], made["id"]]]
    asked = queued({"sendings": named, "as_of": NOW.isoformat()})
    for _ in range(2):
        assert copy.lambda_handler(asked, None) == {"batchItemFailures": []}
    (one,) = deliveries(shop)
    assert (one["way"], one["state"], one["to"]) == ("drop", "sent", "martin")
    dropped = sorted(key for key in shop.objects.bodies if key.startswith("drop/"))
    assert dropped == [f"drop/martin/{row['number']}.{form}" for form in ("html", "pdf")]
    asked = queued({"sendings": [[*named[0][:2], "dlv_x"]], "as_of": NOW.isoformat()})
    assert len(copy.lambda_handler(asked, None)["batchItemFailures"]) == 1


def test_a_secret_for_the_webhook_is_shown_once(call) -> None:
    call.shop()
    path = "/v1/customers/ext:M1/webhook-secret"
    secrets = [call.made("POST", path, {})["secret"] for _ in range(2)]
    assert all(one.startswith("whsec_") and len(one) == 6 + 44 for one in secrets)
    assert secrets[0] != secrets[1]
    assert "whsec_" not in str(call("GET", "/v1/customers/ext:M1")[1])


def test_a_link_that_has_ended_is_renewed_and_everybody_is_answered_the_same(shop) -> None:
    mailed(shop)
    shop.made("PATCH", "/v1/customers/ext:M1", {"email": "new@b.test"})
    (row,) = [key for key in shop.model.items if key.pk.startswith("TOK#")]
    token = "known"  # noqa: S105 - of the test
    shop.model.items[keys.token(digest_of(token))] = shop.model.items[row]
    before = dict(shop.model.items)
    page = web.lambda_handler({"rawPath": f"/i/{token}"}, None)
    assert page["statusCode"] == 404
    assert f'action="/i/{token}/renew"' in page["body"]
    assert "form-action &#39;self&#39;" not in page["body"]
    assert "form-action 'self'" in page["headers"]["Content-Security-Policy"]
    assert shop.model.items == before
    answers = []
    for address in ("nobody@b.test", "new@b.test", "new@b.test"):
        body = base64.b64encode(f"email={quote(address)}".encode()).decode()
        event = {"rawPath": f"/i/{token}/renew", "body": body, "isBase64Encoded": True}
        answers.append(renew.lambda_handler(event, None))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["statusCode"] == 200
    assert renew.lambda_handler({"rawPath": "/i/x/renew"}, None)["statusCode"] == 200
    worked(shop)
    assert [(one["cause"], one["to"]) for one in deliveries(shop)] == [
        ("issued", "a***@b.test"),
        ("renewed", "n***@b.test"),
    ]
