"""Closed documents for structured invoices: golden ones and those of recorded runs, completed."""

import copy
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from solde.adapters.render.words import words
from solde.adapters.render.xml import business_terms, cii, ubl
from tests.support.closed import english, french
from tests.support.papers import credit_note, discounted, long

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
Document = dict[str, Any]
SELLER = {
    "siren": "001122332",
    "vat_id": "FR41001122332",
    "legal_form": "SAS",
    "capital": "50 000 €",
    "register": "RCS Lyon 001 122 332",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "bic": "AGRIFRPP",
}
OF_PAYMENT = [{"code": "no_discount"}, {"code": "late_penalty"}, {"code": "recovery_fee"}]
ENVELOPE = {
    "id": "inv_1",
    "number": "F-2027-000001",
    "issued_on": "2027-06-01",
    "due_on": "2027-07-01",
}


def between_businesses(draft: Document) -> Document:
    """
    Return a document with what the law wants known of both parties, sealed if it was not.

    Recorded runs and stories have neither registrations nor businesses.
    """
    document = copy.deepcopy(draft)
    document.setdefault("envelope", dict(ENVELOPE))
    document["entity"]["registration"] = SELLER | document["entity"]["registration"]
    customer = document["customer"]
    customer["registration"] = {"siren": "998877665"} | customer["registration"]
    if document["entity"]["address"]["country"] == "FR" and not customer["business"]:
        others = [one for one in document["mentions"] if one not in OF_PAYMENT]
        document["mentions"] = OF_PAYMENT + others
    customer["business"] = True
    return document


def is_french(document: Document) -> bool:
    return bool(document["entity"]["address"]["country"] == "FR")


def golden() -> dict[str, Document]:
    """The documents whose pages and PDFs are golden files, and the closed ones."""
    papers = {
        "invoice-en": english(),
        "invoice-fr": french(),
        "credit-note-fr": credit_note(),
        "discounted-fr": discounted(),
        "invoice-45-lines": long(45),
    }
    for name in ("closed-invoice", "closed-credit-note"):
        papers[name] = json.loads((ROOT / "tests" / "golden" / f"{name}.json").read_text())
    return {name: between_businesses(one) for name, one in papers.items()}


def recorded() -> Iterator[tuple[str, Document]]:
    """Every document of the recorded runs: closed before them, and the drafts that they made."""
    for path in sorted((ROOT / "replays").glob("*.json.gz")):
        archive = json.loads(gzip.decompress(path.read_bytes()))["archive"]
        for key, body in sorted(archive.items()):
            if key.endswith(".jsonl") and not key.endswith(".trees.jsonl"):
                for place, line in enumerate(body.splitlines(), 1):
                    yield f"{path.name} {key} {place}", between_businesses(json.loads(line))


def structured(document: Document, profile: str) -> dict[str, bytes]:
    """Return both syntaxes of a document."""
    terms = business_terms(document, words(TEMPLATES, document["language"]), profile)
    return {"cii": cii(terms), "ubl": ubl(terms)}
