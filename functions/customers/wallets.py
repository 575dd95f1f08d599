"""Wallets of a customer: make one, put money in, see what is left and what moved, void the rest."""

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Header, Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.customers.gift_models import gift_shown, gifts_moved
from functions.customers.wallet_models import (
    NewTopUp,
    NewWallet,
    VoidRest,
    moved_shown,
    request_shown,
    top_up_shown,
    wallet_shown,
)
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.identity import derived_id, no_id
from solde.domain.settlement import Purpose, Wallet
from solde.runtime import wiring
from solde.runtime.access import Caller
from solde.runtime.by_hand import ALWAYS, product_named
from solde.runtime.chance import fresh_id
from solde.runtime.clock import business_now
from solde.runtime.deposits import deposit_context
from solde.runtime.paging import short_list
from solde.runtime.settings import settings
from solde.workflows.gifts import GiftContext, give, standing, withdraw
from solde.workflows.refill import RefillContext, request_of
from solde.workflows.sell_top_up import Sold, sell_top_up
from solde.workflows.wallets import WalletContext, give_up, lots_in, top_up

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
KEYED = ("/top-ups", "/void")
Key = Annotated[str, Header(alias="Idempotency-Key")]


@router.post("/v1/customers/<customer>/wallets", status_code=201, summary="Make a wallet")
def create(customer: str, body: NewWallet, key: Key = "") -> dict[str, Any]:
    """Its money pays the invoices that the customer gets from then on."""
    owner = wiring.customers().customer(wiring.customers().locate(customer))
    entity = wiring.entities().entity(owner.entity)
    identity = _named("wal", owner.id, key) if key else fresh_id("wal")
    wallet = body.wallet(identity, owner, entity.currency)
    if not wiring.wallets().make(wallet, at=business_now()) and _read(owner.id, identity) != wallet:
        raise StateConflictError("Idempotency-Key: expected one not in use for another wallet")
    return _shown(wallet)


@router.get("/v1/customers/<customer>/wallets", summary="List the wallets of a customer, by id")
def every(
    customer: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    owner = wiring.customers().locate(customer)
    found = {one.id: one for one in wiring.wallets().wallets(owner)}
    return short_list(found, _shown, cursor=cursor, limit=limit)


@router.get("/v1/customers/<customer>/wallets/<wallet>", summary="Read a wallet and its balance")
def read(customer: str, wallet: str) -> dict[str, Any]:
    return _shown(_of(customer, wallet))


@router.post(
    "/v1/customers/<customer>/wallets/<wallet>/top-ups",
    status_code=201,
    summary="Put money into a wallet that was received for it, sell a top-up, or grant an amount",
)
def fill(customer: str, wallet: str, body: NewTopUp, key: Key = "") -> dict[str, Any]:
    """
    Book the receipt; tax is due when the money is used. What is granted is booked nowhere.

    A top-up of a single purpose is sold: its invoice is issued with tax, and it is filled as that
    is paid.
    """
    mine = _of(customer, wallet)
    pays = request_of(mine, body.request, _refills()) if body.request else None
    wanted = body.top_up(_named("lot", mine.id, key), mine, pays)
    if _granted(mine):
        gift = give(mine, wanted, business_now(), _gifts())
        return gift_shown(gift, mine.customer_id, livemode=settings.live)
    if mine.purpose is Purpose.SINGLE:
        lot = sell_top_up(_sold(mine), wanted, business_now(), deposit_context())
    else:
        lot = top_up(mine, wanted, business_now(), _context())
    return top_up_shown(lot, livemode=settings.live)


@router.get(
    "/v1/customers/<customer>/wallets/<wallet>/top-ups",
    summary="List the top-ups of a wallet with what is left of each, by id",
)
def top_ups(
    customer: str,
    wallet: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    mine = _of(customer, wallet)
    if _granted(mine):
        gifts = {one.gift.id: one for one in standing(mine, business_now(), _gifts())}
        given = partial(gift_shown, customer_id=mine.customer_id, livemode=settings.live)
        return short_list(gifts, given, cursor=cursor, limit=limit)
    found = {one.id: one for one in lots_in(mine, _context())}
    show = partial(top_up_shown, livemode=settings.live)
    return short_list(found, show, cursor=cursor, limit=limit)


@router.get(
    "/v1/customers/<customer>/wallets/<wallet>/top-up-requests",
    summary="List the top-ups that were asked for as a wallet ran low",
)
def requests(
    customer: str,
    wallet: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    mine = _of(customer, wallet)
    every = wiring.refills().requests(mine.customer_id, mine.id)
    show = partial(request_shown, livemode=settings.live)
    return short_list({one.id: one for one in every}, show, cursor=cursor, limit=limit)


@router.get(
    "/v1/customers/<customer>/wallets/<wallet>/movements",
    summary="List what was put into a wallet, used, expired and voided",
)
def movements(
    customer: str,
    wallet: str,
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    """Give what was put in and lost, and behind that what invoices have used."""
    mine = _of(customer, wallet)
    if _granted(mine):
        rows = gifts_moved(standing(mine, business_now(), _gifts()), livemode=settings.live)
    else:
        facts = wiring.wallets().facts(mine.customer_id, mine.id)
        rows = moved_shown(facts, lots_in(mine, _context()), livemode=settings.live)
    return short_list(rows, lambda row: row, cursor=cursor, limit=limit)


@router.post(
    "/v1/customers/<customer>/wallets/<wallet>/void", summary="Void what is left in a wallet"
)
def void(customer: str, wallet: str, body: VoidRest) -> dict[str, Any]:
    """
    Without a top-up, all that is left is voided, and nothing is paid back.

    Money that is voided is income.
    """
    mine = _of(customer, wallet)
    if _granted(mine):
        gifts = standing(mine, business_now(), _gifts())
        named = [body.top_up] if body.top_up else [one.gift.id for one in gifts]
        withdraw(mine, named, business_now(), _gifts())
        return _shown(mine)
    named = [body.top_up] if body.top_up else [one.id for one in lots_in(mine, _context())]
    give_up(mine, named, business_now(), _context())
    return _shown(mine)


def _named(prefix: str, *of: str) -> str:
    """Name a thing by the Idempotency-Key of its request: asked again, it is the same."""
    who: Caller = router.context["caller"]
    return derived_id(prefix, who.key_id, *of, at=ALWAYS)


def _of(customer: str, wallet: str) -> Wallet:
    return _read(wiring.customers().locate(customer), wallet)


def _read(customer_id: str, wallet: str) -> Wallet:
    found = wiring.wallets().wallet(customer_id, wallet)
    if found is None:
        raise NotFoundError(f"wallet: {no_id('wal', wallet)}")
    return found


def _shown(wallet: Wallet) -> dict[str, Any]:
    if _granted(wallet):
        balance = sum(one.left for one in standing(wallet, business_now(), _gifts()))
    else:
        balance = sum(one.left.minor for one in lots_in(wallet, _context()))
    return wallet_shown(wallet, balance, livemode=settings.live)


def _sold(wallet: Wallet) -> Sold:
    products = [product_named(code) for code in sorted(wallet.scope.products)]
    return Sold(wallet, wiring.customers().customer(wallet.customer_id), products)


def _granted(wallet: Wallet) -> bool:
    return wallet.purpose is Purpose.GRANTED


def _context() -> WalletContext:
    return WalletContext(wiring.wallets(), wiring.entities())


def _refills() -> RefillContext:
    return RefillContext(wiring.refills(), wiring.wallets(), wiring.entities())


def _gifts() -> GiftContext:
    return GiftContext(wiring.gifts(), wiring.wallets(), wiring.billing(), wiring.entities())
