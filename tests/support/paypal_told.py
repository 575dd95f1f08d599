"""What PayPal delivers, from tests/events/paypal, and what its API says of the same things."""

import json
from pathlib import Path
from typing import Any

EVENTS = Path(__file__).resolve().parents[1] / "events" / "paypal"
KINDS = {
    "capture": "/v2/payments/captures/",
    "refund": "/v2/payments/refunds/",
    "sale": "/v1/payments/sale/",
    "dispute": "/v1/customer/disputes/",
}


def event(name: str, custom: str = "inv_1") -> dict[str, Any]:
    """Return a delivery of PayPal; `custom` is what we wrote beside its capture."""
    text = (EVENTS / f"{name}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.replace('"INVOICE"', json.dumps(custom)))
    return found


class Api:
    """PayPal's API: it knows the things of the deliveries it is told, and counts what is asked."""

    def __init__(self, *events: dict[str, Any]) -> None:
        self.known: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        for one in events:
            self.knows(one)

    def knows(self, told: dict[str, Any]) -> None:
        thing = told["resource"]
        if path := KINDS.get(told["resource_type"]):
            self.known[path + thing.get("id", thing.get("dispute_id"))] = thing

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        self.asked.append(path)
        return (200, self.known[path]) if path in self.known else (404, {"name": "NOT_FOUND"})
