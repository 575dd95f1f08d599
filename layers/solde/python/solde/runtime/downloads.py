"""A stored form of a document as the answer to a request: its bytes, its digest, its name."""

import hashlib
from datetime import date
from typing import Any

from aws_lambda_powertools.event_handler import Response

from solde.domain.invoicing.retention import kept_until
from solde.ports.printing import PrintFile
from solde.runtime import wiring
from solde.runtime.fields import described
from solde.runtime.http import TooLargeError
from solde.workflows.deliver_document import JSON, SUFFIXES, TYPES, Form

BYTES_MAX = 4_000_000
"""An answer of a function holds 6 MB, in base64; what is larger is fetched by a signed link."""


def form_shown(found: Form, document: str, until: date) -> dict[str, Any]:
    """Tell of a form; `document` is the path of its document, kept `until` a day by law."""
    return described(
        "document",
        form=found.name,
        content_type=found.content_type,
        sha256=found.sha256,
        size=found.place.length,
        kept_until=until.isoformat(),
        url=f"/v1/{document}/documents/{found.name}",
    )


def kept_by_law(entity: str, issued_on: date) -> date:
    """Return the day until which the law of an entity's country wants a document kept."""
    country = wiring.entities().entity(entity).address.country
    return kept_until(country, issued_on)


def download_of(found: Form, number: str) -> Response[bytes | str]:
    """
    Return the answer that brings a form, named by its document's number.

    Raises:
        TooLargeError: it does not fit into an answer.

    """
    place = found.place
    if place.length > BYTES_MAX:
        raise TooLargeError(
            f"{found.name}: expected at most {BYTES_MAX} bytes, found {place.length}"
        )
    headers = _headers(number, found.suffix, found.sha256)
    body = wiring.archive().get_range(place.key, offset=place.offset, length=place.length)
    text = body.decode() if found.name == JSON else body
    return Response(200, content_type=found.content_type, body=text, headers=headers)


def object_of(file: PrintFile, content_type: str, name: str) -> Response[bytes | str]:
    """
    Return the answer that brings a whole object.

    Raises:
        TooLargeError: it does not fit into an answer.

    """
    if file.size > BYTES_MAX:
        raise TooLargeError(
            f"{name}: expected at most {BYTES_MAX} bytes, found {file.size}: it is {file.key}"
        )
    found = wiring.archive().get(file.key) or b""
    body = found.decode() if content_type.startswith("text/") else found
    headers = attached(name) | {"ETag": f'"{file.sha256}"'}
    return Response(200, content_type=content_type, body=body, headers=headers)


def made_now(body: bytes, form: str, name: str) -> Response[bytes | str]:
    """Return the answer that brings a form that is stored nowhere."""
    headers = _headers(name, SUFFIXES.get(form, form), hashlib.sha256(body).hexdigest())
    return Response(200, content_type=TYPES[form], body=body, headers=headers)


def _headers(name: str, suffix: str, sha256: str) -> dict[str, str]:
    return attached(f"{name.replace('/', '-')}.{suffix}") | {"ETag": f'"{sha256}"'}


def attached(name: str) -> dict[str, str]:
    """Return the headers of what is saved under a name, and is nothing but what its type says."""
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
