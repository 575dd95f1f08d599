"""Wallets as the API speaks of them: what they are good for, what is in them, what moved."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from solde.domain.errors import InvalidError
from solde.domain.invoicing.parties import Customer
from solde.domain.money import Money, currency
from solde.domain.settlement import (
    RANK,
    Lot,
    Purpose,
    Refill,
    RequestStatus,
    Scope,
    TopUpRequest,
    Wallet,
)
from solde.ports.wallets import Moved
from solde.runtime.fields import Amount, Code, Day, Strict, Text, created_by_id, described
from solde.workflows.wallets import TopUp

MOST = 10**12
Minor = Annotated[int, Field(ge=1, le=MOST)]
Kind = Literal["one_time", "advance", "arrears", "usage", "commitment"]


class RefillModel(Strict):
    """With less than `below` in it, the wallet wants `amount` more; minor units."""

    below: Minor
    amount: Minor


class NewWallet(Strict):
    """
    Money of several rates and products (`multi_purpose`): its tax is due when it is used.

    That of a `single_purpose`, `products` of one rate of tax, is sold by an invoice with its tax.
    What is `granted` is paid by nobody: it is a discount, taken off before tax.

    `kinds` and `products` say which charges it is good for; without them, all. A lower `rank` is
    used first, then what expires first, then the oldest.
    """

    name: Text
    purpose: Literal["single_purpose", "multi_purpose", "granted"] = "multi_purpose"
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    rank: int = Field(default=RANK, ge=1, le=100)
    kinds: list[Kind] = Field(default_factory=list, max_length=5)
    products: list[Code] = Field(default_factory=list, max_length=50)
    expires_after_days: Annotated[int, Field(ge=1, le=36_500)] | None = None
    credit_value: Amount | None = None
    refill: RefillModel | None = None

    def wallet(self, identity: str, owner: Customer, default: str) -> Wallet:
        """
        Return the wallet; `default` is the currency of the customer's entity.

        Raises:
            InvalidError: there is no such currency, or a credit is worth nothing; or it is of a
                single purpose, and has no product or another currency than the entity.

        """
        if self.purpose == "single_purpose" and self.currency not in (None, default):
            raise InvalidError(
                f"currency: expected {default}, in which its tax is booked, found {self.currency}",
                pointer="/currency",
            )
        said = {} if self.credit_value is None else {"credit_value": self.credit_value}
        return Wallet(
            id=identity,
            customer_id=owner.id,
            entity=owner.entity,
            currency=currency(self.currency or default),
            name=self.name,
            purpose=Purpose(self.purpose),
            rank=self.rank,
            scope=Scope(frozenset(self.kinds), frozenset(self.products)),
            days=self.expires_after_days,
            refill=Refill(self.refill.below, self.refill.amount) if self.refill else None,
            **said,
        )


class NewTopUp(Strict):
    """
    Money that was received, by `amount` in minor units or in `credits` of the wallet.

    For a `request` it is the amount that was asked for. `currency` is proved to be the wallet's. It
    can be used before `expires_on`; without that, as long as the wallet says. `reference` names the
    receipt.
    """

    amount: Minor | None = None
    credits: Amount | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    expires_on: Day | None = None
    reference: Annotated[str, Field(max_length=100)] = ""
    request: Annotated[str, Field(max_length=40)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "NewTopUp":
        told = (self.amount is not None) + (self.credits is not None)
        if told > 1 or not (told or self.request):
            raise ValueError("expected either amount or credits")
        return self

    def top_up(self, identity: str, wallet: Wallet, pays: TopUpRequest | None = None) -> TopUp:
        """Return what was received; for a request it has the id that the request gives it."""
        code = self.currency or wallet.currency
        if self.credits is not None:
            minor = wallet.worth(self.credits).minor
        else:
            minor = pays.amount.minor if pays and self.amount is None else self.amount or 0
        named = pays.lot_id if pays else identity
        return TopUp(named, Money(minor, code), self.expires_on, self.reference, pays)


class VoidRest(Strict):
    top_up: Annotated[str, Field(max_length=40)] | None = None


def wallet_shown(wallet: Wallet, balance: int, *, livemode: bool) -> dict[str, Any]:
    """Return a wallet with what is left in it: minor units."""
    wanted = wallet.wants(balance)
    refill = wallet.refill
    return described(
        "wallet",
        id=wallet.id,
        customer=wallet.customer_id,
        entity=wallet.entity,
        name=wallet.name,
        purpose=wallet.purpose.value,
        currency=wallet.currency,
        balance=balance,
        rank=wallet.rank,
        kinds=sorted(wallet.scope.kinds),
        products=sorted(wallet.scope.products),
        expires_after_days=wallet.days,
        credit_value=f"{wallet.credit_value:f}",
        refill={"below": refill.below, "amount": refill.amount} if refill else None,
        wants=wanted.minor if wanted else 0,
        livemode=livemode,
    )


def request_shown(one: TopUpRequest, *, livemode: bool) -> dict[str, Any]:
    return described(
        "top_up_request",
        id=one.id,
        wallet=one.wallet,
        customer=one.customer_id,
        number=one.number,
        amount=one.amount.minor,
        currency=one.amount.currency,
        balance=one.balance,
        on=one.on.isoformat(),
        status=one.status.value,
        top_up=one.lot_id if one.status is RequestStatus.PAID else None,
        livemode=livemode,
    )


def top_up_shown(lot: Lot, *, livemode: bool) -> dict[str, Any]:
    """Return a top-up; `left`, `used`, `lost`, `unpaid` and `taken_back` come to `amount`."""
    held = lot.funds
    assert held is not None  # noqa: S101 - lots of a wallet have funds
    return described(
        "top_up",
        id=lot.id,
        wallet=held.wallet,
        customer=lot.customer_id,
        amount=held.put,
        left=lot.left.minor,
        used=lot.used,
        lost=held.lost,
        unpaid=held.waits,
        taken_back=held.back,
        invoice=lot.id if lot.invoiced else None,
        currency=lot.left.currency,
        on=lot.on.isoformat() if lot.on else None,
        expires_on=held.until_on.isoformat() if held.until_on else None,
        uses=[{"invoice": one.invoice_id, "amount": one.minor} for one in lot.uses],
        livemode=livemode,
    )


def moved_shown(
    facts: Sequence[Moved], lots: Sequence[Lot], *, livemode: bool
) -> Mapping[str, dict[str, Any]]:
    """Return the movements by their place: what was put in is above zero, the rest below."""
    rows = [
        row_shown(one.kind.value.removeprefix("wallet_"), one.lot_id, one.amount.minor, one.amount)
        | {"on": one.on.isoformat(), "reference": one.reference or None}
        for one in facts
    ]
    for lot in lots:
        rows += _sold(lot)
    rows += [
        row_shown("used", lot.id, use.minor, lot.left)
        | {"invoice": use.invoice_id, "created_at": created_by_id(use.invoice_id)}
        for lot in lots
        for use in lot.uses
    ]
    return {f"{place:06d}": row | {"livemode": livemode} for place, row in enumerate(rows)}


def _sold(lot: Lot) -> list[dict[str, Any]]:
    """Return what the invoice of a top-up asked for, and what notes took back of it."""
    held = lot.funds
    if held is None or not lot.invoiced:
        return []
    beside = {"invoice": lot.id, "created_at": created_by_id(lot.id)}
    found = [("top_up", held.put), ("taken_back", held.back)]
    return [row_shown(kind, lot.id, minor, lot.left) | beside for kind, minor in found if minor]


def row_shown(kind: str, lot_id: str, minor: int, money: Money) -> dict[str, Any]:
    amount = minor if kind == "top_up" else -minor
    return described("movement", kind=kind, top_up=lot_id, amount=amount, currency=money.currency)
