"""Bring documents by ways other than mail: dropped as files, told to a webhook."""

import secrets
from typing import Any

from solde.adapters.objects_s3 import S3Objects
from solde.adapters.outbound import HttpsOutbound
from solde.adapters.webhook_signature import signed_headers
from solde.runtime import wiring
from solde.runtime.clock import wall_seconds
from solde.runtime.messages import Event, as_of, each_detail, each_sending
from solde.runtime.observe import alarm, tell
from solde.runtime.reach import contacts, sendings
from solde.runtime.settings import settings
from solde.storage.documents import DocumentTable
from solde.workflows.copy_document import CopyContext, copy_document

TOKEN_BYTES = 24


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _copy)


def context() -> CopyContext:
    return CopyContext(
        documents=DocumentTable(wiring.table(), wiring.archive()),
        sendings=sendings(),
        contacts=contacts(),
        objects=wiring.archive(),
        outbound=HttpsOutbound(),
        token=lambda: secrets.token_urlsafe(TOKEN_BYTES),
        wall=wall_seconds,
        sign=signed_headers,
        public_url=settings.public_url,
        bucket=bucket(),
    )


def bucket() -> S3Objects | None:
    """Return the seller's own bucket, where the deployment names one."""
    if not settings.drop_bucket:
        return None
    return S3Objects(wiring.client("s3"), settings.drop_bucket, kms_key=settings.drop_key)


def _copy(detail: Event) -> None:
    def one(customer_id: str, invoice_id: str, sending_id: str) -> None:
        named = customer_id, invoice_id, sending_id
        state = copy_document(named, as_of(detail), context())
        if state == "failed":
            alarm("delivery failed", customer=customer_id, invoice=invoice_id)
        tell("delivery ended", customer=customer_id, invoice=invoice_id, state=state)

    each_sending(detail, one)
