"""The statement among the samples: the first invoice, half paid and overdue."""

from typing import Any

from local.documents.samples import sample

BILLED = "domestic-b2b"
PAID, ON, AS_OF = 50_00, "2027-06-20", "2027-07-15"


def account() -> dict[str, Any]:
    """Return June as the API says it: what is left of the invoice was due on 1 July."""
    document = sample(BILLED)
    envelope, gross = document["envelope"], document["totals"]["gross"]
    left = gross - PAID
    rows = [
        (envelope["issued_on"], "invoice", envelope["id"], envelope["number"], gross, gross),
        (ON, "payment", "pay_1", "pay_1", -PAID, left),
    ]
    names = ("on", "kind", "id", "name", "amount", "balance")
    ageing = {"not_due": 0, "days_1_30": left, "days_31_60": 0, "days_61_90": 0, "over_90": 0}
    return {
        "language": document["language"],
        "entity": document["entity"],
        "customer": document["customer"],
        "currency": document["currency"],
        "from": "2027-06-01",
        "to": "2027-06-30",
        "opening": 0,
        "rows": [dict(zip(names, row, strict=True)) for row in rows],
        "documents": gross,
        "settlements": PAID,
        "closing": left,
        "as_of": AS_OF,
        "unapplied": 0,
        "ageing": ageing,
    }
