"""The outbox: one announcement per transaction, deleted by announce once it is published."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from solde.domain.identity import derived_id
from solde.storage import keys
from solde.storage.table import Put

SCHEMA = 1


def announcement(kind: str, detail: Mapping[str, Any], *, at: datetime) -> Put:
    """
    Announce facts in the transaction that writes them.

    The id follows from the content, so a repeat announces the same thing under the same key.
    """
    body = json.dumps(detail, sort_keys=True, separators=(",", ":"))
    identity = derived_id("out", kind, body, at=at)
    key = keys.outbox(at, identity)
    return Put(
        {
            "pk": key.pk,
            "sk": key.sk,
            "schema": SCHEMA,
            "type": kind,
            "detail": body,
            "at": at.isoformat(),
        }
    )
