"""
Stripe asked to collect: a payment intent off session, or a page of Checkout, by its own library.

The attempt's id is the idempotency key and lies in the metadata with customer, invoice and number:
so webhooks name the attempt, and it is found again where no answer came. A method is `pm_…`, or
`cus_…/pm_…` where it belongs to a customer of Stripe's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import stripe

from solde.adapters.errors import ProviderUnavailableError
from solde.adapters.stripe.declines import kind
from solde.domain.attempts import (
    PAGE_EXPIRED,
    Answer,
    Attempt,
    Decline,
    Declines,
    NotKnown,
    Settles,
    Waits,
)
from solde.domain.money import Money

EARLIER = timedelta(hours=1)
LOOKED_THROUGH = 2_000
"""Things of one kind that are looked through for an attempt whose answer was lost."""
Shape = Mapping[str, Any]
CHARGES = ("charge", "payment")
SECONDS = 20


def client(base: str, key: str, http: stripe.HTTPClient | None = None) -> stripe.StripeClient:
    """Return Stripe's client: it repeats nothing by itself, and tells Stripe nothing of us."""
    stripe.enable_telemetry = False
    return stripe.StripeClient(
        key,
        base_addresses={"api": base},
        max_network_retries=0,
        http_client=http or stripe.RequestsClient(timeout=SECONDS),
    )


@dataclass(frozen=True, slots=True)
class StripeGateway:
    """The port `Gateway`; with `dated`, Stripe's clock is the one that attempts are kept by."""

    client: stripe.StripeClient
    home: str
    dated: bool

    def charge(self, attempt: Attempt) -> Answer:
        make = self._intent if attempt.method else self._page
        return _asked(lambda: make(attempt))

    def look_up(self, attempt: Attempt) -> Answer:
        find = self._found_intent if attempt.method else self._found_page
        try:
            return find(attempt)
        except stripe.StripeError as wrong:  # also a refusal: it does not say what became of it
            raise _unavailable(wrong) from wrong

    def take(self, attempt: Attempt) -> Answer:
        """Look again: Stripe takes by itself what was agreed to."""
        return self.look_up(attempt)

    def give_up(self, attempt: Attempt) -> bool:
        try:
            self.client.v1.checkout.sessions.expire(attempt.reference)
        except stripe.InvalidRequestError:
            return False  # it is paid, or being paid
        except stripe.StripeError as wrong:
            raise _unavailable(wrong) from wrong
        return True

    def since(self, from_: datetime, until: datetime) -> Iterable[tuple[Settles, str]]:
        window = {"gte": int(from_.timestamp()), "lt": int(until.timestamp())}
        params: Any = {"created": window, "expand": ["data.source"], "limit": 100}
        try:
            for one in self.client.v1.balance_transactions.list(params).auto_paging_iter():
                row = one.to_dict()
                source = row.get("source")
                if row["type"] in CHARGES and source and source.get("payment_intent"):
                    yield _settled_charge(source, row), _named(source)
        except stripe.StripeError as wrong:
            raise _unavailable(wrong) from wrong

    def _intent(self, attempt: Attempt) -> Answer:
        owner, _, method = attempt.method.rpartition("/")
        params: Any = {
            "amount": attempt.amount.minor,
            "currency": attempt.amount.currency.lower(),
            "payment_method": method,
            **({"customer": owner} if owner else {}),
            "confirm": True,
            "off_session": True,
            "metadata": _metadata(attempt),
        }
        key: Any = {"idempotency_key": attempt.id}
        return _became(self.client.v1.payment_intents.create(params, key).to_dict())

    def _page(self, attempt: Attempt) -> Answer:
        product = {"name": attempt.invoice_id}
        price = {
            "currency": attempt.amount.currency.lower(),
            "unit_amount": attempt.amount.minor,
            "product_data": product,
        }
        params: Any = {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": price}],
            "success_url": attempt.back(self.home),
            "cancel_url": attempt.back(self.home),
            "client_reference_id": attempt.id,
            "metadata": _metadata(attempt),
            "payment_intent_data": {"metadata": _metadata(attempt)},
        }
        key: Any = {"idempotency_key": attempt.id}
        return _paged(self.client.v1.checkout.sessions.create(params, key).to_dict())

    def _found_intent(self, attempt: Attempt) -> Answer:
        intents = self.client.v1.payment_intents
        if attempt.reference:
            return _became(intents.retrieve(attempt.reference).to_dict())
        found = _of(attempt, intents.list(self._recent(attempt)).auto_paging_iter())
        return _became(found) if found else NotKnown()

    def _found_page(self, attempt: Attempt) -> Answer:
        sessions = self.client.v1.checkout.sessions
        if attempt.reference:
            return _paged(sessions.retrieve(attempt.reference).to_dict())
        found = _of(attempt, sessions.list(self._recent(attempt)).auto_paging_iter())
        return _paged(found) if found else NotKnown()

    def _recent(self, attempt: Attempt) -> Any:  # noqa: ANN401 - Stripe's parameters
        since = (attempt.called_at or attempt.asked_at) - EARLIER
        window = {"created": {"gte": int(since.timestamp())}} if self.dated else {}
        return {"limit": 100, **window}


def _asked(ask: Callable[[], Answer]) -> Answer:
    """Take a decline or a refusal as an answer, and whatever says nothing as none."""
    try:
        return ask()
    except stripe.CardError as declined:
        error = declined.json_body["error"]
        code = error.get("decline_code") or error.get("code") or "unknown"
        return Declines(kind(code), code, (error.get("payment_intent") or {}).get("id", ""))
    except stripe.InvalidRequestError as refused:
        code = refused.code or "invalid_request"
        return Declines(Decline.HARD, code)
    except stripe.StripeError as wrong:
        raise _unavailable(wrong) from wrong


def _unavailable(wrong: Exception) -> ProviderUnavailableError:
    return ProviderUnavailableError(f"stripe: {type(wrong).__name__}")


def _of(attempt: Attempt, things: Iterator[Any]) -> Shape | None:
    """
    Find what was made for an attempt among the newest.

    Raises:
        ProviderUnavailableError: there are more than are looked through: nobody knows.

    """
    for thing in islice(things, LOOKED_THROUGH):
        one: Shape = thing.to_dict()
        if (one["metadata"] or {}).get("attempt_id") == attempt.id:
            return one
    if next(things, None) is not None:
        raise ProviderUnavailableError(f"stripe: {attempt.id} is not among {LOOKED_THROUGH}")
    return None


def _metadata(attempt: Attempt) -> dict[str, str]:
    return {
        "attempt_id": attempt.id,
        "attempt": str(attempt.number),
        "customer_id": attempt.customer_id,
        "invoice_id": attempt.invoice_id,
    }


def _became(intent: Shape) -> Answer:
    match intent["status"]:
        case "succeeded":
            amount = Money(intent["amount_received"], intent["currency"].upper())
            return Settles(intent["id"], amount, _instant(intent["created"]))
        case "processing":
            return Waits(intent["id"])
        case "requires_action":
            return Declines(Decline.ACTION, "authentication_required", intent["id"])
        case _:
            error = intent.get("last_payment_error") or {}
            code = error.get("decline_code") or error.get("code") or intent["status"]
            return Declines(kind(code), code, intent["id"])


def _paged(session: Shape) -> Answer:
    if session["payment_status"] == "paid":
        amount = Money(session["amount_total"], session["currency"].upper())
        return Settles(session["payment_intent"], amount, _instant(session["created"]))
    if session["status"] == "expired":
        return Declines(Decline.SOFT, PAGE_EXPIRED, session["id"])
    return Waits(session["id"], session["url"] or "")


def _settled_charge(charge: Shape, row: Shape) -> Settles:
    """Read a charge by its row of the balance, which says the fee in the balance's currency."""
    amount = Money(charge["amount_captured"], charge["currency"].upper())
    fee = Money(row["fee"], row["currency"].upper())
    return Settles(charge["payment_intent"], amount, _instant(charge["created"]), fee)


def _named(charge: Shape) -> str:
    return str((charge["metadata"] or {}).get("invoice_id", ""))


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
