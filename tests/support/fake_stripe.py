"""Stripe as its library sees it: intents, pages and what came, in memory; replies may be lost."""

import json
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import stripe

DECLINES = {
    "pm_hard": "stolen_card",
    "pm_soft": "insufficient_funds",
    "pm_action": "authentication_required",
}
CREATED = 1_370_044_800  # 2013-06-01


class FakeStripe(stripe.HTTPClient):
    """`lose` drops that many replies after their work, `deaf` that many requests before it."""

    name = "fake"

    def __init__(self) -> None:
        super().__init__()
        self.intents: dict[str, dict[str, Any]] = {}
        self.sessions: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, tuple[str, int]] = {}
        self.lose = self.deaf = self.refuse = 0

    def request(self, method, url, headers, post_data=None, *, _usage=None):
        if self.deaf:
            self.deaf -= 1
            raise stripe.APIConnectionError("no way there")
        if self.refuse:
            self.refuse -= 1
            return json.dumps({"error": {"type": "invalid_request_error", "code": "x"}}), 404, {}
        path, asked = urlsplit(url), dict(parse_qsl(post_data or ""))
        key = (headers or {}).get("Idempotency-Key", "")
        if method == "post" and key in self.answers:
            found = self.answers[key]
        else:
            status, answer = self._answer(method, path, asked)
            found = json.dumps(answer), status
            if method == "post":
                self.answers[key] = found
        if self.lose:
            self.lose -= 1
            raise stripe.APIConnectionError("no way back")
        return (*found, {})

    def pay(self, session: str) -> None:
        """Let a payer pay on a page."""
        one = self.sessions[session]
        intent = self._intent(one["amount_total"], one["currency"], one["metadata"], "succeeded")
        one |= {"payment_status": "paid", "status": "complete", "payment_intent": intent["id"]}

    def expire(self, session: str) -> None:
        self.sessions[session]["status"] = "expired"

    @property
    def charged(self) -> int:
        return sum(one["status"] == "succeeded" for one in self.intents.values())

    def _answer(self, method: str, path: Any, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        _, _, *names = path.path.split("/")
        if names == ["balance_transactions"]:
            return 200, self._came(parse_qs(path.query))
        if names[0] == "payment_intents":
            return self._of(self.intents, names[1:], lambda: self._charge(asked), method)
        if names[-1] == "expire":
            return self._expired(self.sessions[names[2]])
        return self._of(self.sessions, names[2:], lambda: self._open(asked), method)

    def _expired(self, session: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if session["status"] != "open":
            return 400, {"error": {"type": "invalid_request_error", "message": "not open"}}
        session["status"] = "expired"
        return 200, session

    def _of(self, kept, names, make, method):
        if method == "post":
            return make()
        if names:
            return 200, kept[names[0]]
        rows = list(reversed(kept.values()))
        return 200, {"object": "list", "data": rows, "has_more": False, "url": "/"}

    def _charge(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        assert (asked["confirm"], asked["off_session"]) == ("true", "true")
        method = asked["payment_method"]
        status = "processing" if method == "pm_waits" else "succeeded"
        code = DECLINES.get(method)
        intent = self._intent(
            int(asked["amount"]),
            asked["currency"],
            _named(asked, "metadata"),
            "requires_payment_method" if code else status,
        )
        if code is None:
            return 200, intent
        error = {"type": "card_error", "code": "card_declined", "decline_code": code}
        intent["last_payment_error"] = error
        return 402, {"error": {**error, "message": "no", "payment_intent": intent}}

    def _open(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        name = f"cs_{len(self.sessions) + 1}"
        price = "line_items[0][price_data]"
        self.sessions[name] = {
            "id": name,
            "object": "checkout.session",
            "amount_total": int(asked[f"{price}[unit_amount]"]),
            "currency": asked[f"{price}[currency]"],
            "created": CREATED,
            "metadata": _named(asked, "metadata"),
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "url": f"https://checkout.stripe.test/{name}",
        }
        return 200, self.sessions[name]

    def _intent(
        self, minor: int, currency: str, metadata: dict[str, str], status: str
    ) -> dict[str, Any]:
        name = f"pi_{len(self.intents) + 1}"
        self.intents[name] = {
            "id": name,
            "object": "payment_intent",
            "amount": minor,
            "amount_received": minor if status == "succeeded" else 0,
            "currency": currency,
            "created": CREATED,
            "last_payment_error": None,
            "metadata": metadata,
            "status": status,
        }
        return self.intents[name]

    def _came(self, query: dict[str, list[str]]) -> dict[str, Any]:
        since, until = int(query["created[gte]"][0]), int(query["created[lt]"][0])
        rows = [
            {
                "id": f"txn_{name}",
                "object": "balance_transaction",
                "type": "charge",
                "fee": 3_82,
                "currency": one["currency"],
                "source": {
                    "id": f"ch_{name}",
                    "object": "charge",
                    "payment_intent": name,
                    "amount_captured": one["amount_received"],
                    "currency": one["currency"],
                    "created": one["created"],
                    "metadata": one["metadata"],
                },
            }
            for name, one in self.intents.items()
            if one["status"] == "succeeded" and since <= one["created"] < until
        ]
        rows.append({"id": "txn_p", "object": "balance_transaction", "type": "payout"})
        return {"object": "list", "data": rows, "has_more": False, "url": "/"}


def _named(asked: dict[str, str], field_: str) -> dict[str, str]:
    return {
        name[len(field_) + 1 : -1]: value
        for name, value in asked.items()
        if name.startswith(f"{field_}[")
    }
