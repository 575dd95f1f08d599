"""Examples of what has to do with money: payments, invoice plans, the books."""

from collections.abc import Iterator
from datetime import date, timedelta

from solde.domain.ledger import entry_of_payment
from solde.domain.money import Money
from solde.domain.payments import Payment
from solde.domain.settlement import Lot
from solde.ports.payments import Delivery, DeliveryStatus
from solde.runtime.collect import collect_context
from solde.runtime.debits import debit_context
from solde.storage.lots import lot_put
from solde.storage.payment_items import payment_to_item
from solde.storage.payments import PaymentTable
from solde.storage.table import Put
from solde.workflows.collect_payment import make_attempt
from solde.workflows.write_debits import write_debits
from tests.support.api_asked import Asked
from tests.support.camt import pain002
from tests.support.http_api import NOW, Api


def paid(call: Api) -> None:
    """A payment of the first invoice, and a delivery that fits nothing."""
    row = call("GET", "/v1/invoices")[1]["data"][0]
    amount = Money(row["total"], "EUR")
    payment = Payment(
        id="pay_017gj59gg0" + "0" * 16,
        customer_id=row["customer"],
        entity="fr",
        provider="stripe",
        reference="pi_3Abc",
        amount=amount,
        invoice_id=row["id"],
        allocated_minor=amount.minor,
        received_on=date(2013, 1, 10),
    )
    entry = entry_of_payment(amount, allocated=amount)
    call.model.write(Put(payment_to_item(payment, entry, date(2013, 1, 10))))
    table = PaymentTable(call.model)
    delivery = Delivery("stripe", "evt_1Xyz", b"{}", NOW)
    table.receive(delivery)
    table.finish(delivery, DeliveryStatus.PARKED, "no invoice of ours: inv_unknown")
    over = Lot(payment.id, payment.customer_id, "fr", Money(15_00, "EUR"), payment.received_on)
    call.model.write(lot_put(over))


def refunds(call: Api) -> Iterator[Asked]:
    """Pay a part of a payment back."""
    (made,) = call("GET", "/v1/payments")[1]["data"]
    path, named = f"/v1/payments/{made['id']}/refunds", "/v1/payments/{payment}/refunds"
    body = {"amount": 10_00, "reason": "Trop-perçu"}
    yield Asked(f"POST {named}", path, body, (("Idempotency-Key", "r"),))
    yield Asked(f"GET {named}", path)


def attempts(call: Api) -> Iterator[Asked]:
    """Collect what is open of an invoice."""
    rows = call("GET", "/v1/invoices", query={"status": "open"})[1]["data"]
    path, named = f"/v1/invoices/{rows[0]['id']}/payments", "/v1/invoices/{invoice_id}/payments"
    kept = "/v1/customers/{customer}/payment-methods"
    mine = "/v1/customers/ext:LICES/payment-methods"
    card = {"provider": "sandbox", "token": "settles", "label": "Visa 4242"}
    yield Asked(f"POST {kept}", mine, card)
    yield Asked(f"GET {kept}", mine)
    (method,) = call("GET", mine)[1]["data"]
    yield Asked(f"POST {kept}/{{method}}/remove", f"{mine}/{method['id']}/remove", {})
    body = {"provider": "sandbox", "method": "settles"}
    yield Asked(f"POST {named}", path, body, (("Idempotency-Key", "c"),))
    yield Asked(f"GET {named}", path)


def plans(call: Api) -> Iterator[Asked]:
    """An order with a deposit, in two milestones, the second of which waits for its event."""
    plan = {
        "customer": "ext:LICES",
        "product": "seat",
        "description": "Installation",
        "total": 100000,
        "purchase_order": "BC-2013-7",
        "deposit": {"percent": "30", "on_event": True},
        "milestones": [
            {"name": "commande", "percent": "30", "due_on": "2013-02-01"},
            {"name": "livraison", "percent": "70"},
        ],
    }
    named = "/v1/invoice-plans"
    yield Asked(f"POST {named}", named, plan, (("Idempotency-Key", "p"),))
    yield Asked(f"GET {named}", f"{named}?customer=ext:LICES")
    (made,) = call("GET", named, query={"customer": "ext:LICES"})[1]["data"]
    path = f"{named}/{made['id']}/milestones/2/reach"
    reached = "POST /v1/invoice-plans/{plan}/milestones/{milestone}/reach"
    yield Asked(reached, path, {"customer": "ext:LICES", "due_on": "2013-02-10"})
    path = f"{named}/{made['id']}/deposit/reach"
    reached = "POST /v1/invoice-plans/{plan}/deposit/reach"
    yield Asked(reached, path, {"customer": "ext:LICES"})


def wallets(call: Api) -> Iterator[Asked]:
    """A wallet for usage, with a top-up, of which the rest is voided in the end."""
    path, named = "/v1/customers/ext:LICES/wallets", "/v1/customers/{customer}/wallets"
    wallet = {
        "name": "Appels prépayés",
        "kinds": ["usage"],
        "expires_after_days": 365,
        "refill": {"below": 2000, "amount": 10000},
    }
    yield Asked(f"POST {named}", path, wallet, (("Idempotency-Key", "w"),))
    yield Asked(f"GET {named}", path)
    (made,) = call("GET", path)[1]["data"]
    path, named = f"{path}/{made['id']}", f"{named}/{{wallet}}"
    yield Asked(f"GET {named}", path)
    received = {"amount": 12000, "reference": "VIR 2013-01-10"}
    yield Asked(f"POST {named}/top-ups", f"{path}/top-ups", received, (("Idempotency-Key", "t"),))
    yield Asked(f"GET {named}/top-ups", f"{path}/top-ups")
    (top_up,) = call("GET", f"{path}/top-ups")[1]["data"]
    rest = {"top_up": top_up["id"]}
    yield Asked(f"POST {named}/void", f"{path}/void", rest, (("Idempotency-Key", "v"),))
    yield Asked(f"GET {named}/movements", f"{path}/movements")
    call.chases("2013-01-11T06:00:00+00:00")
    yield Asked(f"GET {named}/top-up-requests", f"{path}/top-up-requests")


def books(call: Api) -> Iterator[Asked]:
    """Bank charges by hand, and the month before, which has nothing else."""
    entry = {
        "entity": "fr",
        "on": "2012-12-31",
        "currency": "EUR",
        "text": "Frais bancaires",
        "postings": [{"account": "627", "debit": 1250}, {"account": "512", "credit": 1250}],
    }
    yield Asked(
        "POST /v1/journal-entries", "/v1/journal-entries", entry, (("Idempotency-Key", "j"),)
    )
    yield Asked("GET /v1/journal-entries", "/v1/journal-entries?entity=fr")
    month = {"entity": "fr", "month": "2012-12"}
    yield Asked("POST /v1/closes", "/v1/closes", month)
    call.closes("2012-12")
    yield Asked("GET /v1/closes", "/v1/closes?entity=fr")
    path, days = "/v1/customers/{customer}/statement", "from=2013-01-01&to=2013-01-31"
    asked = path.replace("{customer}", "ext:LICES")
    yield Asked(f"GET {path}", f"{asked}?{days}")
    yield Asked(f"GET {path}/documents/{{form}}", f"{asked}/documents/json?{days}")
    path = "/v1/closes/{entity}/{month}"
    yield Asked(f"GET {path}", "/v1/closes/fr/2012-12")
    yield Asked(f"GET {path}/journal", "/v1/closes/fr/2012-12/journal")


def transfers(call: Api) -> Iterator[Asked]:
    """A statement with money that fits nothing for certain: assigned, and undone."""
    (seller,) = call("GET", "/v1/entities")[1]["data"]
    known = ("code", "name", "address", "currency", "language", "time_zone", "tax_regime")
    fields = {name: seller[name] for name in (*known, "number_prefix", "terms_days")}
    known = {"iban": "FR1420041010050500013M02606", "creditor_id": "FR72ZZZ123456"}
    registered = {**seller["registration"], **known}
    version = {"version": seller["version"] + 1, "registration": registered}
    call.made("POST", "/v1/entities", {**fields, **version})
    came = {
        "reference": "2013010900123",
        "amount": 45_00,
        "booked_on": "2013-01-09",
        "name": "Lices SARL",
        "iban": "DE89370400440532013000",
        "text": "Votre facture de janvier",
    }
    body = {"account": registered["iban"], "entries": [came], "opening": 0, "closing": 45_00}
    path = "/v1/bank-statements"
    yield Asked(f"POST {path}", path, body)
    yield Asked(f"GET {path}", path)
    (made,) = call("GET", path)[1]["data"]
    yield Asked(f"GET {path}/{{statement}}", f"{path}/{made['id']}")
    named = f"{path}/{{statement}}/transfers"
    (one,) = call("GET", f"{path}/{made['id']}/transfers")[1]["data"]
    table = PaymentTable(call.model)
    if delivery := table.delivery("bank", one["id"]):
        table.finish(delivery, DeliveryStatus.PARKED, "transfer: expected a reference, found none")
    yield Asked(f"GET {named}", f"{path}/{made['id']}/transfers")
    rows = call("GET", "/v1/invoices", query={"limit": "100"})[1]["data"]
    invoice = next(row["id"] for row in rows if row["id"].startswith("inv_"))
    path, named = f"/v1/bank-transfers/{one['id']}", "/v1/bank-transfers/{transfer}"
    yield Asked(f"GET {named}", path)
    owed = {"invoice": invoice}
    yield Asked(f"POST {named}/assign", f"{path}/assign", owed, (("Idempotency-Key", "ba"),))
    wrong = {"reason": "Mauvaise facture"}
    yield Asked(f"POST {named}/undo", f"{path}/undo", wrong, (("Idempotency-Key", "bu"),))


def debits(call: Api) -> Iterator[Asked]:
    """A mandate, by which the first open invoice is collected, and a file; then it is revoked."""
    path, named = "/v1/customers/ext:LICES/mandates", "/v1/customers/{customer}/mandates"
    signed = {"iban": "DE89370400440532013000", "holder": "Lices SARL", "signed_on": "2013-01-08"}
    yield Asked(f"POST {named}", path, signed)
    yield Asked(f"GET {named}", path)
    (mandate,) = call("GET", path)[1]["data"]
    yield Asked("POST /v1/debit-batches", "/v1/debit-batches", {})
    _collected(call)
    yield Asked("GET /v1/debit-batches", "/v1/debit-batches")
    (batch,) = call("GET", "/v1/debit-batches")[1]["data"]
    file = "/v1/debit-batches/{batch}/file"
    yield Asked(f"GET {file}", file.replace("{batch}", batch["id"]))
    refused = {"pain002": pain002(("att-1", "RJCT", "AC04"))}
    yield Asked("POST /v1/debit-returns", "/v1/debit-returns", refused)
    named = f"{named}/{{mandate}}"
    ended = {"revoked_on": "2013-01-10"}
    yield Asked(f"POST {named}/revoke", f"{path}/{mandate['id']}/revoke", ended)


def _collected(call: Api) -> None:
    """Issue an invoice, ask for it by the mandate, and let the morning before its day come."""
    line = {"product": "seat", "description": "Intervention", "unit_amount": "90.00"}
    body = {"customer": "ext:LICES", "lines": [line]}
    (made,) = call.made("POST", "/v1/invoices", body, idempotency_key="collected")["data"]
    method = {"payment_method": "default"}
    path = f"/v1/invoices/{made['id']}/payments"
    asked = call.made("POST", path, method, idempotency_key="by-mandate")
    make_attempt(asked["customer"], asked["invoice"], 1, NOW, collect_context())
    write_debits(NOW + timedelta(days=40), debit_context())
