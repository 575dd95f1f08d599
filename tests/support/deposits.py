"""An order in two rates, deposits of it asked for over HTTP, and what its documents say."""

from datetime import date

from solde.storage.rating_book import RatingBookTable
from tests.support.http_api import CUSTOMER, ENTITY
from tests.support.lived import Lived
from tests.support.second_opinion import broken

LINES = [
    {"product": "site", "description": "Web site", "unit_amount": "1000.00"},
    {"product": "book", "description": "Handbook", "unit_amount": "500.00"},
]
ORDER = {"customer": "ext:M2", "purchase_order": "BC-7", "lines": LINES}
DEPOSIT = {**ORDER, "deposit": {"percent": "30"}}


def sold(lived: Lived, **fields) -> Lived:
    call = lived.call
    lived.at("2027-06-01")
    RatingBookTable(call.model).rated("fra", date(2040, 1, 1), at=lived.now)
    call.made("POST", "/v1/entities", {**ENTITY, "code": "fra", "number_prefix": "FRA"} | fields)
    call.made("POST", "/v1/customers", {**CUSTOMER, "entity": "fra", "external_id": "M2"})
    for code, taxed in (("site", "standard"), ("book", "reduced")):
        call.made("POST", "/v1/products", {"code": code, "name": code, "tax_class": taxed})
    return lived


def asked(shop: Lived, key: str = "d", **body) -> dict:
    made = shop.call.made("POST", "/v1/invoices", {**DEPOSIT, **body}, idempotency_key=key)
    (found,) = made["data"]
    return found


def billed(shop: Lived, key: str = "f", **body) -> dict:
    made = shop.call.made("POST", "/v1/invoices", {**ORDER, **body}, idempotency_key=key)
    (found,) = made["data"]
    return found


def refused(shop: Lived, body: dict, key: str = "x", path: str = "/v1/invoices") -> tuple[int, str]:
    """Ask for what is refused: nothing is stored; return the status and what is said."""
    before = {at: item for at, item in shop.call.model.items.items() if at.pk[:3] != "ID#"}
    status, found, _ = shop.call("POST", path, body, idempotency_key=key)
    assert status >= 400, found
    after = {at: item for at, item in shop.call.model.items.items() if at.pk[:3] != "ID#"}
    assert after == before
    return status, found["detail"]


def balance(shop: Lived, *accounts: str) -> list[int]:
    entries = [item["jrn"] for item in shop.call.model.items.values() if "jrn" in item]
    return [sum(int(one.get(account, 0)) for one in entries) for account in accounts]


def read(shop: Lived, one: dict) -> dict:
    return shop.call("GET", f"/v1/invoices/{one['id']}")[1]


def explained(shop: Lived, one: dict, *how: str) -> dict:
    """Return the tree of a document, which must hold, and have only lines of these kinds."""
    why = shop.call("GET", f"/v1/invoices/{one['id']}/explanation")[1]
    assert {node["how"] for node in why["tree"]["lines"]} == set(how)
    assert broken(why["document"], why["tree"]) == []
    return why["tree"]
