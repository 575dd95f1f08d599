"""An annex: devices with their amounts, usage by day, each with what it comes to."""

from pathlib import Path

from local.documents.samples import sample
from solde.adapters.render.annex import annex
from solde.adapters.render.words import words

TEMPLATES = Path(__file__).parents[4] / "templates"
DOCUMENT = sample("usage-annex")
SAID = words(TEMPLATES, "fr-FR")


def test_devices_and_days_have_sub_totals() -> None:
    """Two printers of 12.50; 1,377.5 + 0.25 calls."""
    devices, calls = annex(DOCUMENT, SAID)
    assert devices.name == "Équipements, Agence 1"
    assert devices.rows[0] == (
        "TP-0417",
        "Imprimante thermique",
        "01/06/2027 – 30/06/2027",
        "1",
        "12,50\u00a0€",
    )
    assert devices.total == ("Sous-total Agence 1", "25,00\u00a0€")
    assert calls.rows == (("10/05/2027", "1\u202f377,5"), ("21/05/2027", "0,25"))
    assert calls.total == ("Sous-total 01/05/2027 – 31/05/2027", "1\u202f377,75")


def test_usage_without_days_has_its_total_and_a_document_without_devices_none() -> None:
    line = {**DOCUMENT["lines"][1], "used": {"total": None}}
    (calls,) = annex({**DOCUMENT, "lines": [line]}, SAID)
    assert (calls.rows, calls.total[1]) == ((), "–")
    assert list(annex({**DOCUMENT, "lines": [DOCUMENT["lines"][0]]}, SAID)) == []
