"""
A top-up of a single-purpose wallet is sold: a deposit invoice asks for it, with its tax (R22).

Such a wallet is good for products of one place and one rate of tax, so what is sold is known when
it is paid, and taxed then. Its use is taxed no more, and what expires keeps its tax.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from solde.domain.errors import InvalidError
from solde.domain.invoicing.taken import rate_key
from solde.domain.settlement.funds import Funds, Scope
from solde.domain.settlement.wallet import Wallet

Document = Mapping[str, Any]


def said_of_sale(
    wallet: Wallet, request: str, until_on: date | None, reference: str
) -> dict[str, Any]:
    """Return what a deposit invoice says of the wallet that it tops up: what the money is for."""
    said: dict[str, Any] = {
        "id": request,
        "wallet": wallet.id,
        "rank": wallet.rank,
        "products": sorted(wallet.scope.products),
    }
    if wallet.scope.kinds:
        said["kinds"] = sorted(wallet.scope.kinds)
    if until_on:
        said["until_on"] = until_on.isoformat()
    if reference:
        said["reference"] = reference
    return said


def sold(document: Document) -> bool:
    """Tell whether a document is a top-up, or takes back of one."""
    return "wallet" in document.get("deposit", ())


def funds_of_sale(closed: Document) -> Funds:
    """Return what an issued top-up is good for: its products, at the rate at which it was taxed."""
    said = closed["deposit"]
    rates = frozenset(_rates(closed))
    return Funds(
        wallet=said["wallet"],
        put=closed["totals"]["gross"],
        rank=said["rank"],
        until_on=date.fromisoformat(said["until_on"]) if "until_on" in said else None,
        scope=Scope(frozenset(said.get("kinds", ())), frozenset(said["products"]), rates),
        request=said["id"],
    )


def must_be_of_one_rate(drafts: Sequence[Document]) -> Document:
    """
    Return the one draft of all products of a wallet, which are taxed alike.

    Raises:
        InvalidError: they are not, or their tax falls due at different times.

    """
    rates = sorted({rate for one in drafts for rate in _rates(one)})
    if len(drafts) != 1 or len(rates) != 1:
        raise InvalidError(
            "products: expected all of one rate of tax, due at one time, found "
            f"{', '.join(rates) or 'no tax'} on {len(drafts)} documents",
            pointer="/products",
        )
    return drafts[0]


def _rates(document: Document) -> list[str]:
    return [rate_key(one["category"], one["rate"]) for one in document["taxes"]]
