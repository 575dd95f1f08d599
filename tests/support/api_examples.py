"""The story that the examples of the OpenAPI document are taken from: every operation once."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from solde.domain.money import Money
from solde.domain.settlement import Lot
from solde.storage.lots import lot_put
from solde.workflows.ingest_usage.pack import pack
from tests.support.api_asked import Asked
from tests.support.api_examples_delivery import deliveries, dunning, webhook_endpoints
from tests.support.api_examples_late import late_charges
from tests.support.api_examples_money import (
    attempts,
    books,
    debits,
    paid,
    plans,
    refunds,
    transfers,
    wallets,
)
from tests.support.api_examples_subscriptions import ADDRESS, children, subscriptions, versions
from tests.support.http_api import NOW, Api

TIME = datetime(2013, 1, 9, 6, 30, tzinfo=UTC)
DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADU"
    "lEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one dot."""
EVENT = {
    "specversion": "1.0",
    "id": "2013-01-09/compteur-7",
    "source": "urn:telereleve",
    "type": "gaz.releve",
    "subject": "LICES-SAAS",
    "time": "2013-01-09T06:30:00Z",
    "data": {"m3": "3", "site": "Lices"},
}


def story(call: Api) -> Iterator[Asked]:
    """Yield requests; what happens between them happens when the next is asked for."""
    yield from _catalog()
    yield from _customers()
    yield from subscriptions()
    call.bills(NOW)
    paid(call)
    yield from _invoices(call)
    yield from _by_hand(call)
    yield from children(call)
    yield from _usage(call)
    yield from _money_and_runs(call)
    yield from _discounts(call)
    yield from versions()
    yield from refunds(call)
    yield from plans(call)
    yield from wallets(call)
    yield from books(call)
    yield from late_charges(call)
    yield from attempts(call)
    yield from deliveries(call)
    yield from webhook_endpoints(call)
    yield from transfers(call)
    yield from debits(call)
    yield from dunning(call)


def _catalog() -> Iterator[Asked]:
    seller = {
        "code": "fr",
        "name": "Solde Démonstration SAS",
        "address": {**ADDRESS, "lines": ["1 place de l'Horloge"]},
        "currency": "EUR",
        "language": "fr-FR",
        "time_zone": "Europe/Paris",
        "tax_regime": "FR",
        "number_prefix": "FR",
        "terms_days": 30,
        "registration": {"siren": "123456782", "vat_id": "FR32123456782"},
        "custom_fields": [{"on": "customer", "name": "site", "type": "string", "label": "Site"}],
    }
    product = {"code": "seat", "name": "Poste logiciel", "tax_class": "standard"}
    meter = {"code": "gas", "event_type": "gaz.releve", "aggregation": "sum", "value": "m3"}
    price = {
        "code": "seat",
        "product": "seat",
        "currency": "EUR",
        "kind": "advance",
        "model": {"model": "per_unit", "amount": "12.50"},
    }
    part = {"code": "seats", "price": "seat", "description": "Logiciel, par poste"}
    plan = {"code": "team", "name": "Équipe", "unit": "month", "components": [part]}
    plural = {"entities": seller, "products": product, "meters": meter, "prices": price}
    rate = {"since": "2014-01-01", "percent": "10", "source": "CGI 279"}
    regime = {"code": "FR-DOM", "version": 1, "classes": {"standard": [rate]}}
    value = {"currency": "EUR", "from_on": "2013-01-01", "amount": "0.02"}
    credit = {"code": "credit", "name": "Crédits", "values": [value]}
    plural |= {"plans": plan, "tax-regimes": regime, "pricing-units": credit}
    for noun, body in plural.items():
        yield Asked(f"POST /v1/{noun}", f"/v1/{noun}", body)
        yield Asked(f"GET /v1/{noun}", f"/v1/{noun}")
        yield Asked(f"GET /v1/{noun}/{{code}}", f"/v1/{noun}/{body['code']}")
    path, pair = "/v1/exchange-rates", {"base": "EUR", "currency": "USD"}
    rate = {**pair, "on": "2013-01-09", "rate": "1.3056", "source": "ECB"}
    yield Asked(f"POST {path}", path, rate)
    yield Asked(f"GET {path}", f"{path}?base=EUR&currency=USD")
    yield from _templates()


def _templates() -> Iterator[Asked]:
    thanks = {"place": "after_lines", "text": "Merci, {{ customer.name }}."}
    asked = {"entity": "fr", "language": "fr", "since": "2013-02-01", "blocks": [thanks]}
    mail = {"kind": "invoice", "subject": "Facture {{ document.number }}", "text": "Merci."}
    asked |= {
        "mails": [mail],
        "colours": {"accent": "#8a1f4d"},
        "columns": ["description", "quantity", "amount"],
    }
    yield Asked("POST /v1/templates", "/v1/templates", asked)
    yield Asked("GET /v1/templates", "/v1/templates")
    yield Asked("GET /v1/templates/{template}", "/v1/templates/fr::fr")
    seen = {**asked, "form": "mail", "mail": "reminder_1"}
    yield Asked("POST /v1/templates/preview", "/v1/templates/preview", seen)
    yield Asked("POST /v1/logos", "/v1/logos", {"content": DOT})


def _customers() -> Iterator[Asked]:
    customer = {
        "entity": "fr",
        "name": "Boulangerie des Lices",
        "address": ADDRESS,
        "email": "compta@lices.example.test",
        "language": "fr-FR",
        "external_id": "LICES",
        "business": True,
        "custom_fields": {"site": "N-7"},
        "metadata": {"crm": "A-42"},
    }
    yield Asked("POST /v1/customers", "/v1/customers", customer)
    yield Asked("GET /v1/customers", "/v1/customers")
    yield Asked("GET /v1/customers/{customer}", "/v1/customers/ext:LICES")
    yield Asked(
        "PATCH /v1/customers/{customer}",
        "/v1/customers/ext:LICES",
        {"email": "factures@lices.example.test", "metadata": {"crm": "A-43"}},
        (("if_match", '"1"'),),
    )
    fact = {"since": "2013-01-01", "business": True, "evidence": {"siren": "123456782"}}
    path = "/v1/customers/ext:LICES/tax-facts"
    yield Asked("POST /v1/customers/{customer}/tax-facts", path, fact)
    named, path = "/v1/customers/{customer}/separate", "/v1/customers/ext:LICES/separate"
    kept = {"separate": ["purchase_order"], "effective_on": "2013-06-01"}
    yield Asked(f"POST {named}/preview", f"{path}/preview", {**kept, "on": "2013-06-01"})
    yield Asked(f"POST {named}", path, kept)
    taken = {"number": 1}
    yield Asked(f"POST {named}/withdraw/preview", f"{path}/withdraw/preview", taken)
    yield Asked(f"POST {named}/withdraw", f"{path}/withdraw", taken)


def _invoices(call: Api) -> Iterator[Asked]:
    yield Asked("GET /v1/invoices", "/v1/invoices")
    invoice = call("GET", "/v1/invoices")[1]["data"][0]["id"]
    path, named = f"/v1/invoices/{invoice}", "/v1/invoices/{invoice_id}"
    yield Asked(f"GET {named}", path)
    yield Asked(f"GET {named}/documents", f"{path}/documents")
    yield Asked(f"GET {named}/documents/{{form}}", f"{path}/documents/json")
    yield Asked(f"GET {named}/explanation", f"{path}/explanation")
    yield Asked(f"GET {named}/lines/{{line}}/explanation", f"{path}/lines/1/explanation")


def _usage(call: Api) -> Iterator[Asked]:
    single = (("content_type", "application/cloudevents+json"),)
    yield Asked("POST /v1/events", "/v1/events", EVENT, single)
    pack(dict(enumerate_texts(call)), at=TIME, objects=call.objects)
    yield Asked(
        "GET /v1/events/{source}/{event_id}", "/v1/events/urn:telereleve/2013-01-09/compteur-7"
    )
    yield Asked("GET /v1/usage", "/v1/usage?customer=ext:LICES")
    yield Asked("GET /v1/rejected-events", "/v1/rejected-events")


def _money_and_runs(call: Api) -> Iterator[Asked]:
    yield Asked("GET /v1/payments", "/v1/payments")
    yield Asked("GET /v1/payments/parked", "/v1/payments/parked")
    yield from _runs(call)


def _runs(call: Api) -> Iterator[Asked]:
    path, named, once = "/v1/bill-runs", "/v1/bill-runs/{run_id}", (("idempotency_key", "k-1"),)
    yield Asked(f"POST {path}", path, {"entity": "fr", "target_on": "2013-02-01"}, once)
    run = call("GET", path)[1]["data"][0]["id"]
    digest = call.plans(run)
    yield Asked(f"GET {path}", path)
    yield Asked(f"GET {named}", f"{path}/{run}")
    signed = {"plan_digest": digest, "comment": "as every month"}
    yield Asked(f"POST {named}/approve", f"{path}/{run}/approve", signed, once)
    yield Asked(f"POST {named}/cancel", f"{path}/{run}/cancel", {})


def _by_hand(call: Api) -> Iterator[Asked]:
    """Give back a part of a line, and charge one that no price asks for."""
    keyed = (("idempotency_key", "by-hand"),)
    invoice = call("GET", "/v1/invoices")[1]["data"][0]["id"]
    credit = {"type": "credit", "invoice": invoice, "line": 1, "amount": 5_00}
    credit["reason"] = "Geste commercial"
    yield Asked("POST /v1/adjustments/preview", "/v1/adjustments/preview", credit)
    yield Asked("POST /v1/adjustments", "/v1/adjustments", credit, keyed)
    yield Asked("GET /v1/adjustments", "/v1/adjustments?customer=ext:LICES")
    (made,) = call("GET", "/v1/adjustments", query={"customer": "ext:LICES"})[1]["data"]
    path = f"/v1/adjustments/{made['id']}/withdraw"
    withdrawn = "POST /v1/adjustments/{adjustment}/withdraw"
    yield Asked(withdrawn, path, {"customer": "ext:LICES"})
    line = {"product": "seat", "description": "Reprise des données", "unit_amount": "80.00"}
    body = {"customer": "ext:LICES", "lines": [{**line, "quantity": "3"}]}
    yield Asked("POST /v1/invoices", "/v1/invoices", body, keyed)
    yield from _pro_formas(call, body)
    path = "/v1/credit-notes"
    back = {"invoice": invoice, "lines": [{"line": 1, "amount": 5_00}], "reason": "Erreur de tarif"}
    yield Asked(f"POST {path}/preview", f"{path}/preview", back)
    yield Asked(f"POST {path}", path, back, keyed)
    yield Asked(f"GET {path}", f"{path}?invoice={invoice}")
    (made,) = call("GET", path, query={"invoice": invoice})[1]["data"]
    yield Asked(f"GET {path}/{{credit_note}}", f"{path}/{made['id']}")
    yield from _with_credit(call)
    path = f"/v1/invoices/{invoice}/write-off"
    body = {"stage": "doubtful", "reason": "Sans réponse"}
    yield Asked("POST /v1/invoices/{invoice_id}/write-off", path, body, keyed)
    named = "GET /v1/customers/{customer}/credit"
    yield Asked(named, "/v1/customers/ext:LICES/credit")


def _pro_formas(call: Api, body: Mapping[str, object]) -> Iterator[Asked]:
    path = "/v1/pro-formas"
    yield Asked(f"POST {path}", path, body, (("idempotency_key", "pro-forma"),))
    yield Asked(f"GET {path}", path)
    (made,) = call("GET", path)[1]["data"]
    path, named = f"{path}/{made['id']}", f"{path}/{{pro_forma}}"
    yield Asked(f"GET {named}", path)
    yield Asked(f"GET {named}/documents", f"{path}/documents")
    yield Asked(f"GET {named}/documents/{{form}}", f"{path}/documents/json")


def _with_credit(call: Api) -> Iterator[Asked]:
    """Settle a part of an invoice by what is over of a payment."""
    rows = call("GET", "/v1/invoices")[1]["data"]
    made = next(one for one in rows if one["object"] == "invoice" and one["status"] == "open")
    over = Lot(f"pay_{'0' * 26}", made["customer"], "fr", Money(30_00, "EUR"), date(2013, 1, 9))
    call.model.write(lot_put(over))
    path = f"/v1/invoices/{made['id']}/apply-credit"
    keyed = (("idempotency_key", "credit"),)
    yield Asked("POST /v1/invoices/{invoice_id}/apply-credit", path, {"amount": 20_00}, keyed)


def _discounts(call: Api) -> Iterator[Asked]:
    offer = {"name": "Bienvenue", "percent": "10", "periods": 3, "components": ["seats"]}
    coupon = {"code": "BIENVENUE", "offer": offer, "until_on": "2013-07-01", "per_customer": 1}
    yield Asked("POST /v1/coupons", "/v1/coupons", coupon)
    yield Asked("GET /v1/coupons", "/v1/coupons")
    yield Asked("GET /v1/coupons/{code}", "/v1/coupons/BIENVENUE")
    path, named = "/v1/subscriptions/ext:LICES-SAAS", "/v1/subscriptions/{subscription}"
    redeemed = {"coupon": "BIENVENUE", "effective_on": "2013-02-01"}
    yield Asked(f"POST {named}/discounts", f"{path}/discounts", redeemed)
    grant = call("GET", path)[1]["discounts"][0]["id"]
    end = {"discount": grant, "effective_on": "2013-04-01"}
    yield Asked(f"POST {named}/discounts/end", f"{path}/discounts/end", end)
    path, named = "/v1/customers/ext:LICES", "/v1/customers/{customer}"
    loyal = {"name": "Fidélité", "amount": 5_00, "currency": "EUR", "level": "document"}
    given = {"offer": loyal, "effective_on": "2013-02-01", "end_on": "2014-02-01"}
    yield Asked(f"POST {named}/discounts/preview", f"{path}/discounts/preview", given)
    yield Asked(f"POST {named}/discounts", f"{path}/discounts", given)
    yield Asked(f"GET {named}/discounts", f"{path}/discounts")
    grant = call("GET", f"{path}/discounts")[1]["data"][0]["id"]
    end = {"discount": grant, "effective_on": "2013-12-01"}
    yield Asked(f"POST {named}/discounts/end/preview", f"{path}/discounts/end/preview", end)
    yield Asked(f"POST {named}/discounts/end", f"{path}/discounts/end", end)


def enumerate_texts(call: Api) -> Iterator[tuple[str, str]]:
    for number, body in enumerate(call.queue):
        yield str(number), body
