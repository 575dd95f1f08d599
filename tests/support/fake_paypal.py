"""PayPal as our client sees it: orders, captures and its list, in memory; replies may be lost."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from solde.adapters.errors import ProviderUnavailableError

CREATED = "2013-06-01T00:00:00Z"
DECLINES = {
    "hard": "CARD_EXPIRED",
    "soft": "INSTRUMENT_DECLINED",
    "action": "PAYER_ACTION_REQUIRED",
}


@dataclass
class FakePaypal:
    """`lose` drops that many replies after their work, `deaf` that many requests before it."""

    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    refunds: dict[str, str] = field(default_factory=dict)
    lose: int = 0
    deaf: int = 0
    refuse: int = 0

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        self._hear()
        target = urlsplit(path)
        if target.path == "/v1/reporting/transactions":
            return self._reply((200, self._came(parse_qs(target.query))))
        order = self.orders.get(target.path.rpartition("/")[2])
        return self._reply((200, order) if order else (404, {"name": "RESOURCE_NOT_FOUND"}))

    def post(self, path: str, body: Any, key: str) -> tuple[int, dict[str, Any]]:
        self._hear()
        if key not in self.answers:
            self.answers[key] = self._made(path.split("/")[3:], body, key)
        return self._reply(self.answers[key])

    def pay(self, name: str) -> None:
        """Let a payer approve an order on PayPal's page."""
        self.orders[name]["status"] = "APPROVED"

    def expire(self, name: str) -> None:
        del self.orders[name]

    @property
    def charged(self) -> int:
        return len(list(self._captures()))

    def _hear(self) -> None:
        if self.deaf:
            self.deaf -= 1
            raise ProviderUnavailableError("no way there")

    def _reply(self, answer: tuple[int, dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        if self.refuse:
            self.refuse -= 1
            return 403, {"name": "NOT_AUTHORIZED"}
        if self.lose:
            self.lose -= 1
            raise ProviderUnavailableError("no way back")
        return answer

    def _made(self, names: list[str], body: Any, key: str) -> tuple[int, dict[str, Any]]:
        if names[-1] == "refund":
            self.refunds[key] = body["amount"]["value"]
            return 201, {"id": f"RF{len(self.refunds)}", "status": "COMPLETED"}
        if names[-1] == "capture":
            return 201, self._captured(self.orders[names[1]])
        method = body["payment_source"]["paypal"].get("vault_id")
        if issue := DECLINES.get(method):
            return 422, {"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": issue}]}
        name = f"ORDER{len(self.orders) + 1}"
        href = f"https://www.paypal.test/checkoutnow?token={name}"
        self.orders[name] = {
            "id": name,
            "status": "PAYER_ACTION_REQUIRED",
            "purchase_units": [dict(body["purchase_units"][0])],
            "links": [{"rel": "payer-action", "href": href}],
        }
        if method is None:
            return 201, self.orders[name]
        pending = "PENDING" if method == "waits" else "COMPLETED"
        return 201, self._captured(self.orders[name], pending)

    def _captured(self, order: dict[str, Any], status: str = "COMPLETED") -> dict[str, Any]:
        unit = order["purchase_units"][0]
        capture = {
            "id": f"CAP{order['id']}",
            "status": status,
            "amount": unit["amount"],
            "custom_id": unit["custom_id"],
            "invoice_id": unit["invoice_id"],
            "create_time": CREATED,
        }
        unit["payments"] = {"captures": [capture]}
        order["status"] = "COMPLETED"
        return order

    def _captures(self):
        for order in self.orders.values():
            for one in order["purchase_units"][0].get("payments", {}).get("captures", ()):
                if one["status"] == "COMPLETED":
                    yield one

    def _came(self, query: dict[str, list[str]]) -> dict[str, Any]:
        rows = [
            {
                "transaction_id": one["id"],
                "transaction_event_code": "T0006",
                "transaction_initiation_date": one["create_time"],
                "transaction_amount": one["amount"],
                "fee_amount": {"value": "-3.82", "currency_code": "EUR"},
                "custom_field": one["custom_id"],
                "invoice_id": one["invoice_id"],
            }
            for one in self._captures()
            if query["start_date"][0] <= one["create_time"] < query["end_date"][0]
        ]
        rows.append({**_FEE, "transaction_amount": {"value": "-1.00", "currency_code": "EUR"}})
        return {"transaction_details": [{"transaction_info": one} for one in rows]}


_FEE = {
    "transaction_id": "FEE",
    "transaction_event_code": "T0106",
    "transaction_initiation_date": CREATED,
}
