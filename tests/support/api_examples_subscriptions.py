"""The examples of subscriptions: how one is made, changed, priced anew and paid by another."""

from collections.abc import Iterator

from tests.support.api_asked import Asked
from tests.support.http_api import Api

ADDRESS = {
    "lines": ["12 rue des Lices"],
    "postcode": "84000",
    "city": "Avignon",
    "country": "FR",
}
SUBSCRIPTION = {
    "customer": "ext:LICES",
    "plan": "team",
    "start_on": "2013-01-01",
    "name": "Logiciel",
    "quantities": {"seats": "3"},
}


def subscriptions() -> Iterator[Asked]:
    path, named = "/v1/subscriptions", "/v1/subscriptions/{subscription}"
    yield Asked(f"POST {path}/preview", f"{path}/preview", SUBSCRIPTION)
    yield Asked(f"POST {path}", path, {**SUBSCRIPTION, "external_id": "LICES-SAAS"})
    yield Asked(f"GET {path}", path)
    mine = f"{path}/ext:LICES-SAAS"
    yield Asked(f"GET {named}", mine)
    change = {"component": "seats", "quantity": "5", "effective_on": "2013-01-16"}
    yield Asked(
        f"POST {named}/change-preview", f"{mine}/change-preview", {"change": "quantity", **change}
    )
    yield Asked(f"POST {named}/quantity", f"{mine}/quantity", change)
    item = {"component": "seats", "description": "Poste du fournil", "effective_on": "2013-01-20"}
    yield Asked(f"POST {named}/items", f"{mine}/items", item)
    plan = {"plan": "team", "effective_on": "2013-03-01"}
    yield Asked(f"POST {named}/plan", f"{mine}/plan", plan)
    yield Asked(f"POST {named}/withdraw", f"{mine}/withdraw", {"number": 3})
    yield Asked(f"POST {named}/anchor", f"{mine}/anchor", {"anchor_on": "2013-02-15"})
    zone = {"time_zone": "America/New_York"}
    held = {"until": "2013-09-01"}
    yield Asked(f"POST {named}/hold", f"{mine}/hold", held)
    order = {"purchase_order": "BC-2013-7", "effective_on": "2013-03-01"}
    yield Asked(f"POST {named}/references", f"{mine}/references", order)
    yield Asked(f"POST {named}/zone-preview", f"{mine}/zone-preview", zone)
    yield Asked(f"POST {named}/time-zone", f"{mine}/time-zone", zone)
    yield Asked(f"POST {named}/pause", f"{mine}/pause", {"effective_on": "2013-08-01"})
    yield Asked(f"POST {named}/resume", f"{mine}/resume", {"effective_on": "2013-09-01"})
    yield Asked(f"POST {named}/cancel", f"{mine}/cancel", {"effective_on": "2013-12-31"})
    yield Asked(f"POST {named}/reactivate", f"{mine}/reactivate", {})
    yield Asked(f"POST {named}/cancel", f"{mine}/cancel", {"effective_on": "2013-12-31"})
    yield Asked(f"GET {named}/changes", f"{mine}/changes")
    trial = {"unit": "month", "count": 6, "then": "end"}
    yield Asked(
        f"POST {path}", path, {**SUBSCRIPTION, "external_id": "LICES-ESSAI", "trial": trial}
    )
    tried = f"{path}/ext:LICES-ESSAI/convert"
    yield Asked(f"POST {named}/convert", tried, {"effective_on": "2013-01-31"})
    yield Asked("POST /v1/invoices/preview", "/v1/invoices/preview", {"customer": "ext:LICES"})


def children(call: Api) -> Iterator[Asked]:
    """Let a parent pay for a child, and then the child itself."""
    child = {"entity": "fr", "name": "Atelier Lices", "address": ADDRESS, "email": "a@b.test"}
    child |= {"external_id": "LICES-2", "parent": "ext:LICES"}
    call.made("POST", "/v1/customers", child)
    path = "/v1/customers/ext:LICES/children"
    yield Asked("GET /v1/customers/{customer}/children", path)
    body = {**SUBSCRIPTION, "external_id": "LICES-2-SAAS", "subscriber": "ext:LICES-2"}
    call.made("POST", "/v1/subscriptions", body)
    named = "POST /v1/subscriptions/{subscription}/payer"
    change = {"customer": "ext:LICES-2", "effective_on": "2013-02-01"}
    path = "/v1/subscriptions/ext:LICES-2-SAAS/payer"
    yield Asked(f"{named}-preview", f"{path}-preview", change)
    yield Asked(named, path, change)


def versions() -> Iterator[Asked]:
    model = {"model": "per_unit", "amount": "33.00"}
    version = {"version": 2, "from_on": "2013-02-01", "applies": "renewal", "model": model}
    preview = {**version, "price": "seat", "on": "2013-03-01"}
    path = "/v1/subscriptions/{subscription}/price-preview"
    yield Asked(f"POST {path}", path.replace("{subscription}", "ext:LICES-SAAS"), preview)
    path = "/v1/prices/{code}/versions"
    yield Asked(f"POST {path}", path.replace("{code}", "seat"), version)
    yield Asked(f"GET {path}", path.replace("{code}", "seat"))
    choice = {"price": "seat", "version": 2, "effective_on": "2013-02-01"}
    path = "/v1/subscriptions/{subscription}/price"
    yield Asked(f"POST {path}", path.replace("{subscription}", "ext:LICES-SAAS"), choice)
