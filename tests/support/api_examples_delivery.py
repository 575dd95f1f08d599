"""Examples of how documents are brought to customers."""

from collections.abc import Iterator

from tests.support.api_asked import Asked
from tests.support.http_api import Api


def deliveries(call: Api) -> Iterator[Asked]:
    """A document is mailed once more; the list tells of it."""
    row = call("GET", "/v1/invoices")[1]["data"][-1]
    path, named = f"/v1/invoices/{row['id']}/deliveries", "/v1/invoices/{invoice_id}/deliveries"
    yield Asked(f"POST {named}", path, {"way": "mail"}, (("Idempotency-Key", "again"),))
    yield Asked(f"GET {named}", path)
    path = "/v1/customers/ext:LICES/mail-state/clear"
    named = "POST /v1/customers/{customer}/mail-state/clear"
    yield Asked(named, path, {"email": "factures@lices.example.test"})
    path = "/v1/customers/ext:LICES/webhook-secret"
    yield Asked("POST /v1/customers/{customer}/webhook-secret", path, {})
