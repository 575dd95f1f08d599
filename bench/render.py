"""Documents: all forms of a three-line invoice of one page, warm."""

import json
import random
from pathlib import Path

from bench.billing import planned
from bench.measured import cpu_microseconds, peak_megabytes
from bench.reference import drawn, subscription
from solde.adapters.render.html import document_html
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.adapters.render.xml import business_terms, cii, factur_x, ubl
from solde.domain.invoicing.canonical import canonical, close

PROFILE = "en16931"
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
ENVELOPE = {
    "id": "inv_017vz54cr04h0xv1fb6q3kn4w0",
    "number": "REF-2026-000001",
    "issued_on": "2026-02-01",
    "due_on": "2026-03-03",
}


def run(n: int, seed: int) -> dict[str, object]:
    seats, calls = drawn(random.Random(seed))
    draft = planned(subscription(0, seats), 0, calls).documents[0]
    document = json.loads(canonical(close(draft, ENVELOPE)))
    said = words(TEMPLATES, "en")
    shown = view(document, said)

    def with_invoice() -> bytes:
        inside = factur_x(document, said, PROFILE)
        return document_pdf(shown, TEMPLATES, invoice=inside)

    return {
        "bench": "render",
        "n": n,
        "seed": seed,
        "pdf_cpu_us": cpu_microseconds(lambda: document_pdf(shown, TEMPLATES), times=n),
        "html_cpu_us": cpu_microseconds(lambda: document_html(shown, TEMPLATES), times=n),
        "cii_cpu_us": cpu_microseconds(
            lambda: cii(business_terms(document, said, PROFILE)), times=n
        ),
        "ubl_cpu_us": cpu_microseconds(
            lambda: ubl(business_terms(document, said, PROFILE)), times=n
        ),
        "factur_x_cpu_us": cpu_microseconds(with_invoice, times=n),
        "pdf_bytes": len(document_pdf(shown, TEMPLATES)),
        "peak_mb": peak_megabytes(),
    }
