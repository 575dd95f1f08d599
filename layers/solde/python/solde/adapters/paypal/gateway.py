"""
PayPal asked to collect: an order by what a payer left with us, or one that he approves on a page.

Beside the capture stand our invoice, customer and number of the attempt. Its id is the key of the
request and PayPal's `invoice_id`, of which PayPal captures no second one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlencode

from solde.adapters.errors import ProviderUnavailableError
from solde.adapters.paypal.events import HAS_COME, named
from solde.adapters.paypal.money import money, text
from solde.domain.attempts import (
    PAGE_EXPIRED,
    Agrees,
    Answer,
    Attempt,
    Decline,
    Declines,
    NotKnown,
    Settles,
    Waits,
)
from solde.ports.refunds import RefundAsked, Refused, Sent

OK = (200, 201)
NOT_FOUND = 404
PAGES = 100
EARLIER, LATER = timedelta(hours=1), timedelta(days=15)
"""PayPal lists 31 days of its transactions at once."""
_HARD = """
    AGREEMENT_ALREADY_CANCELLED CARD_EXPIRED PAYEE_BLOCKED_TRANSACTION
    PAYER_ACCOUNT_LOCKED_OR_CLOSED PAYER_ACCOUNT_RESTRICTED PAYMENT_SOURCE_INFO_CANNOT_BE_VERIFIED
    TOKEN_ID_NOT_FOUND TRANSACTION_BLOCKED_BY_PAYEE
"""
HARD = frozenset(_HARD.split())
ACTION = frozenset({"PAYER_ACTION_REQUIRED", "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING"})


class Api(Protocol):
    def get(self, path: str) -> tuple[int, dict[str, Any]]: ...

    def post(self, path: str, body: Mapping[str, Any], key: str) -> tuple[int, dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class PaypalGateway:
    """The ports `Gateway` and `Provider`; `home` is where a page leads that nothing is said of."""

    api: Api
    home: str

    def charge(self, attempt: Attempt) -> Answer:
        unit = {
            "amount": text(attempt.amount),
            "custom_id": f"{attempt.invoice_id}/{attempt.customer_id}/{attempt.number}",
            "invoice_id": attempt.id,
        }
        body = {
            "intent": "CAPTURE",
            "purchase_units": [unit],
            "payment_source": {"paypal": self._source(attempt)},
        }
        status, found = self.api.post("/v2/checkout/orders", body, attempt.id)
        return _ordered(found) if status in OK else _declined(status, found)

    def look_up(self, attempt: Attempt) -> Answer:
        if attempt.reference:
            status, found = self.api.get(f"/v2/checkout/orders/{attempt.reference}")
            if status == NOT_FOUND and not attempt.method:
                return Declines(Decline.SOFT, PAGE_EXPIRED, attempt.reference)
            if status not in OK:  # also a refusal: it does not say what became of it
                raise ProviderUnavailableError(f"paypal: {attempt.reference}: found {status}")
            return _ordered(found)
        from_ = attempt.called_at or attempt.asked_at
        for settles, _, ours in self._transactions(from_ - EARLIER, from_ + LATER):
            if ours == attempt.id:
                return settles
        return NotKnown()

    def take(self, attempt: Attempt) -> Answer:
        path = f"/v2/checkout/orders/{attempt.reference}/capture"
        status, found = self.api.post(path, {}, f"{attempt.id}-capture")
        if status in OK:
            return _ordered(found)
        return _declined(status, found, attempt.reference)

    def give_up(self, attempt: Attempt) -> bool:
        """Say yes: what is agreed to is taken by us or by nobody, and ends after hours."""
        del attempt
        return True

    def since(self, from_: datetime, until: datetime) -> Iterable[tuple[Settles, str]]:
        for settles, invoice, _ in self._transactions(from_, until):
            yield settles, invoice

    def refund(self, wanted: RefundAsked) -> Sent | Refused:
        path = f"/v2/payments/captures/{wanted.reference}/refund"
        body = {"amount": text(wanted.amount), "custom_id": wanted.id}
        status, found = self.api.post(path, body, wanted.id)
        if status in OK and found.get("status") in ("COMPLETED", "PENDING"):
            return Sent(str(found["id"]))
        return Refused(f"{_code(found) or status}: {found.get('message', '')}"[:200])

    def _source(self, attempt: Attempt) -> Mapping[str, Any]:
        if attempt.method:
            return {"vault_id": attempt.method}
        back = attempt.back(self.home)
        return {"experience_context": {"return_url": back, "cancel_url": back}}

    def _transactions(self, from_: datetime, until: datetime) -> Iterator[tuple[Settles, str, str]]:
        """Yield money received between two instants, with our invoice, and our attempt's id."""
        page = 1
        while page <= PAGES:
            asked = {
                "start_date": _stamp(from_),
                "end_date": _stamp(until),
                "transaction_status": "S",
                "fields": "transaction_info",
                "page_size": "500",
                "page": str(page),
            }
            path = f"/v1/reporting/transactions?{urlencode(asked)}"
            status, found = self.api.get(path)
            if status not in OK:
                raise ProviderUnavailableError(f"paypal: transactions: found {status}")
            for one in found.get("transaction_details", ()):
                yield from _received(one["transaction_info"])
            if page >= int(found.get("total_pages", 0)):
                return
            page += 1
        raise ProviderUnavailableError(f"paypal: transactions: expected at most {PAGES} pages")


def _ordered(order: Mapping[str, Any]) -> Answer:
    if order["status"] == "APPROVED":
        return Agrees(order["id"])
    if order["status"] == "COMPLETED":
        return _captured(order)
    if order["status"] == "VOIDED":
        return Declines(Decline.SOFT, "voided", order["id"])
    links = {one["rel"]: one["href"] for one in order.get("links", ())}
    return Waits(order["id"], links.get("payer-action") or links.get("approve", ""))


def _captured(order: Mapping[str, Any]) -> Answer:
    capture = order["purchase_units"][0]["payments"]["captures"][0]
    if capture["status"] in HAS_COME:
        at = datetime.fromisoformat(capture["create_time"]).astimezone(UTC)
        return Settles(capture["id"], money(capture["amount"]), at)
    if capture["status"] == "PENDING":
        return Waits(order["id"])
    code = str((capture.get("status_details") or {}).get("reason") or capture["status"]).lower()
    return Declines(Decline.SOFT, code, order["id"])


def _declined(status: int, found: Mapping[str, Any], reference: str = "") -> Declines:
    code = _code(found) or f"http_{status}"
    kind = Decline.HARD if code in HARD else Decline.ACTION if code in ACTION else Decline.SOFT
    return Declines(kind, code.lower(), reference)


def _code(found: Mapping[str, Any]) -> str:
    details = found.get("details") or [{}]
    return str(details[0].get("issue") or found.get("name") or "")


def _received(info: Mapping[str, Any]) -> Iterator[tuple[Settles, str, str]]:
    """Take payments only (T00…), in: fees, conversions and what goes out have other codes."""
    if not info["transaction_event_code"].startswith("T00"):
        return
    amount = money(info["transaction_amount"])
    if amount.minor > 0:
        at = datetime.fromisoformat(info["transaction_initiation_date"]).astimezone(UTC)
        invoice, _, _ = named({"custom_id": info.get("custom_field")})
        fee = -money(info["fee_amount"]) if "fee_amount" in info else None
        settles = Settles(info["transaction_id"], amount, at, fee)
        yield settles, invoice, str(info.get("invoice_id") or "")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
