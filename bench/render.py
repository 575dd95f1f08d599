"""Documents: all forms of an invoice of three lines on one page, and of one of 501, warm."""

import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench.billing import long_plan, planned
from bench.measured import cpu_microseconds, peak_megabytes
from bench.reference import drawn, subscription
from solde.adapters.render.html import document_html
from solde.adapters.render.look import Look
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.adapters.render.xml import business_terms, cii, factur_x, ubl
from solde.domain.invoicing.canonical import canonical, close
from solde.domain.templates import Block

LOOK = Look(
    columns=("description", "quantity", "price", "tax", "amount"),
    blocks=(
        Block("header", "{{ customer.name }}", "document.kind == 'invoice'"),
        Block("after_lines", "{% for one in subscriptions %}{{ one.name }}{% endfor %}"),
        Block("footer", "{{ entity.name }}"),
    ),
)
PROFILE = "en16931"
LONG, FEW = 167, 20
"""Subscriptions of three lines on the long invoice, which is timed once in FEW times."""
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
ENVELOPE = {
    "id": "inv_017vz54cr04h0xv1fb6q3kn4w0",
    "number": "REF-2026-000001",
    "issued_on": "2026-02-01",
    "due_on": "2026-03-03",
}


def run(n: int, seed: int) -> dict[str, object]:
    """Time all forms of three lines, and from FEW times on also those of 501 lines."""
    seats, calls = drawn(random.Random(seed))
    page = _closed(planned(subscription(0, seats), 0, calls).documents[0])
    long = _closed(long_plan(LONG).documents[0]) if n >= FEW else {}
    return {
        "bench": "render",
        "n": n,
        "seed": seed,
        **_timed(page, n, ""),
        **(_timed(long, n // FEW, f"_{len(long['lines'])}_lines") if long else {}),
        "pdf_bytes": len(document_pdf(view(page, words(TEMPLATES, "en")), TEMPLATES)),
        "peak_mb": peak_megabytes(),
    }


def _closed(draft: Mapping[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(canonical(close(draft, ENVELOPE)))
    return document


def _timed(document: Mapping[str, Any], times: int, which: str) -> dict[str, float]:
    """Return what each form costs; `view` is what page and PDF are both made from."""
    said = words(TEMPLATES, "en")
    shown, dressed = view(document, said), view(document, said, LOOK)

    def with_invoice() -> bytes:
        return document_pdf(shown, TEMPLATES, invoice=factur_x(document, said, PROFILE))

    acts: dict[str, Callable[[], object]] = {
        "view": lambda: view(document, said),
        "pdf": lambda: document_pdf(shown, TEMPLATES),
        "html": lambda: document_html(shown, TEMPLATES),
        "cii": lambda: cii(business_terms(document, said, PROFILE)),
        "ubl": lambda: ubl(business_terms(document, said, PROFILE)),
        "factur_x": with_invoice,
        "templated_view": lambda: view(document, said, LOOK),
        "templated_pdf": lambda: document_pdf(dressed, TEMPLATES),
    }
    return {
        f"{name}{which}_cpu_us": cpu_microseconds(act, times=times) for name, act in acts.items()
    }
