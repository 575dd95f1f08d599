"""Documents: what was issued is unchanged, and its sums are what they say."""

import json
from collections.abc import Mapping
from typing import Any

from solde.domain.invoicing.canonical import canonical, digest, opened
from solde.domain.invoicing.draft import LATE_CHARGE, LATE_CREDIT
from solde.ports.audit import Stored
from solde.ports.billing import Header
from solde.ports.objects import ObjectStore
from solde.ports.pro_formas import ProForma
from solde.workflows.verify.corrections import Corrections
from solde.workflows.verify.late import late_sums
from solde.workflows.verify.report import Finding, differing, finding
from solde.workflows.verify.sums import sums
from solde.workflows.verify.waived import waived_sums


def documents_proved(stored: Stored, objects: ObjectStore) -> tuple[Finding, Finding, Finding]:
    """I3, I4 and I36, in one reading of every document."""
    changed: list[str] = []
    wrong: list[str] = []
    late: list[tuple[Header, Mapping[str, Any]]] = []
    corrections = Corrections()
    for header in stored.headers:
        body = _body(header, objects)
        if body is None or digest(body) != header.sha256:
            changed.append(f"{header.number}: bytes do not fit their digest {header.sha256}")
            continue
        document = json.loads(body)
        changed += differing(
            f"{header.number}: approved draft",
            header.draft_digest,
            digest(canonical(opened(document))),
        )
        if document["kind"] in (LATE_CHARGE, LATE_CREDIT):
            late.append((header, document))
            continue
        wrong += sums(header, document)
        corrections.add(header, document)
    wrong += late_sums(one for one in late if one[0].kind == LATE_CHARGE)
    wrong += waived_sums(late)
    changed += [
        f"{one.number}: bytes do not fit their digest {one.sha256}"
        for one in stored.pro_formas
        if (body := _body(one, objects)) is None or digest(body) != one.sha256
    ]
    count = len(stored.headers)
    kept = count + len(stored.pro_formas)
    return (
        finding("I3", "issued documents are unchanged", kept, changed),
        finding("I4", "totals are the sums of their lines", count, wrong),
        corrections.finding(stored, objects),
    )


def _body(header: Header | ProForma, objects: ObjectStore) -> bytes | None:
    pack = objects.get(header.place.key)
    if pack is None:
        return None
    return pack[header.place.offset : header.place.offset + header.place.length]
