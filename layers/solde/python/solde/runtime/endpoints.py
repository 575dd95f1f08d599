"""What functions need that call the seller's own systems, or say which are called."""

from datetime import datetime

from solde.adapters.outbound import HttpsOutbound
from solde.adapters.webhook_signature import signed_headers
from solde.ports.announcements import Announcement
from solde.ports.billing import Header
from solde.runtime import wiring
from solde.runtime.clock import wall_seconds
from solde.runtime.settings import settings
from solde.storage import keys
from solde.storage.endpoints import EndpointTable
from solde.storage.invoices import header_from_item
from solde.storage.messages import MessageTable
from solde.workflows.call_endpoints import CallContext, due_endpoints

DUE = "endpoint.due"
"""What wakes the calls of an endpoint, on the bus."""


def endpoints() -> EndpointTable:
    return EndpointTable(wiring.table())


def messages() -> MessageTable:
    return MessageTable(wiring.table())


def call_context() -> CallContext:
    """Return a context for one caller: it learns which endpoints answer."""
    return CallContext(
        endpoints=endpoints(),
        messages=messages(),
        header=_header,
        outbound=HttpsOutbound(),
        wall=wall_seconds,
        sign=signed_headers,
        public_url=settings.public_url,
    )


def wake(at: datetime) -> int:
    """Let endpoints be called to which something is due again; return how many."""
    due = due_endpoints(at, endpoints(), messages())
    if due:
        wiring.bus().publish([Announcement(("", ""), DUE, {"endpoint": one}, at) for one in due])
    return len(due)


def _header(customer_id: str, invoice_id: str) -> Header | None:
    item = wiring.table().get(keys.invoice(customer_id, invoice_id))
    return header_from_item(item) if item else None
