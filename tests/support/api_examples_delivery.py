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
