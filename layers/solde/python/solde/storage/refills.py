"""Requests for top-ups: each under its number, so that one fall of a wallet makes one."""

from collections.abc import Sequence
from datetime import date, datetime

from solde.domain.money import Money
from solde.domain.settlement import RequestStatus, TopUpRequest
from solde.storage import keys
from solde.storage.outbox import announcement
from solde.storage.reading import reading
from solde.storage.table import (
    Condition,
    ConditionFailedError,
    Equals,
    Item,
    NoItem,
    OneOf,
    Put,
    Table,
    Update,
    Write,
)

SCHEMA = 1


class RefillTable:
    """The port `Refills` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def latest(self, customer_id: str, wallet_id: str) -> TopUpRequest | None:
        key = keys.top_up_request(customer_id, wallet_id)
        items = self._table.query(
            key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}", backwards=True, limit=1
        )
        return next((request_from_item(item) for item in items), None)

    def requests(self, customer_id: str, wallet_id: str) -> Sequence[TopUpRequest]:
        key = keys.top_up_request(customer_id, wallet_id)
        items = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        return [request_from_item(item) for item in items]

    def ask(self, request: TopUpRequest, *, at: datetime) -> bool:
        detail = {
            "customer": request.customer_id,
            "wallet": request.wallet,
            "request": request.id,
            "amount": request.amount.minor,
            "currency": request.amount.currency,
            "balance": request.balance,
        }
        return self._written(
            Put(request_to_item(request, at), (NoItem(guard="refill_asked_once"),)),
            announcement("wallet.top_up_needed", detail, at=at),
        )

    def not_needed(self, request: TopUpRequest) -> bool:
        open_ = Equals("status", RequestStatus.OPEN.value, guard="refill_still_open")
        return self._written(_moved(request, RequestStatus.NOT_NEEDED, open_))

    def _written(self, *writes: Write) -> bool:
        try:
            self._table.write(*writes)
        except ConditionFailedError:
            return False
        return True


def request_paid(request: TopUpRequest) -> Update:
    """Write that a request is paid, also where it was not needed any more when money came."""
    unpaid = (RequestStatus.OPEN.value, RequestStatus.NOT_NEEDED.value)
    return _moved(request, RequestStatus.PAID, OneOf("status", unpaid, guard="refill_paid_once"))


def _moved(request: TopUpRequest, status: RequestStatus, condition: Condition) -> Update:
    key = keys.top_up_request(request.customer_id, request.wallet, request.number)
    return Update(key, set={"status": status.value}, conditions=(condition,))


def request_to_item(request: TopUpRequest, at: datetime) -> Item:
    key = keys.top_up_request(request.customer_id, request.wallet, request.number)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "id": request.id,
        "wallet": request.wallet,
        "entity": request.entity,
        "number": request.number,
        "amount": request.amount.minor,
        "currency": request.amount.currency,
        "balance": request.balance,
        "on": request.on.isoformat(),
        "status": request.status.value,
        "at": at.isoformat(),
    }


def request_from_item(item: Item) -> TopUpRequest:
    with reading(item):
        return TopUpRequest(
            id=item["id"],
            wallet=item["wallet"],
            customer_id=item["pk"].removeprefix("A#"),
            entity=item["entity"],
            number=item["number"],
            amount=Money(item["amount"], item["currency"]),
            balance=item["balance"],
            on=date.fromisoformat(item["on"]),
            status=RequestStatus(item["status"]),
        )
