"""Examples of late charges: an invoice of January that is still open in July."""

from collections.abc import Iterator
from datetime import UTC, datetime

from solde.runtime import clock
from tests.support.api_asked import Asked
from tests.support.http_api import Api

JULY = datetime(2013, 7, 15, 12, tzinfo=UTC)


def late_charges(call: Api) -> Iterator[Asked]:
    """The clock goes to July for it, and comes back."""
    held, clock._seen = clock._seen, (float("inf"), JULY)
    rate = {"from_on": "2026-07-01", "percent": "2.40", "source": "ECB, 2026-07-01"}
    yield Asked("POST /v1/reference-rates", "/v1/reference-rates", rate)
    yield Asked("GET /v1/reference-rates", "/v1/reference-rates?limit=2")
    rows = call("GET", "/v1/invoices", query={"limit": "100"})[1]["data"]
    (payment,) = call("GET", "/v1/payments")[1]["data"]
    unpaid = (one["id"] for one in rows if one["object"] == "invoice" and one["status"] != "paid")
    path = f"/v1/invoices/{min(one for one in unpaid if one != payment['invoice'])}/late-charges"
    named, keyed = "/v1/invoices/{invoice_id}/late-charges", (("idempotency_key", "late"),)
    yield Asked(f"POST {named}/preview", f"{path}/preview", {"through": "2013-07-10"})
    yield Asked(f"POST {named}", path, {"through": "2013-07-15"}, keyed)
    yield Asked(f"GET {named}", path)
    (made,) = call("GET", path)[1]["data"]
    named, waived = "/v1/invoices/{invoice_id}/waive", {"fee": 4000, "reason": "Geste commercial"}
    keyed = (("idempotency_key", "waive"),)
    yield Asked(f"POST {named}", f"/v1/invoices/{made['id']}/waive", waived, keyed)
    clock._seen = held
