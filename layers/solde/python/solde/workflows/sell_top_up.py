"""Sell: a top-up of a single-purpose wallet is a deposit invoice, filled as it is paid (R22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from solde.domain.catalog import Product
from solde.domain.explanation import of_deposit
from solde.domain.invoicing.parties import Customer
from solde.domain.periods import Period, day_of
from solde.domain.rating import ExtraLine
from solde.domain.settlement import (
    Lot,
    Wallet,
    deposit_document,
    must_be_of_one_rate,
    said_of_sale,
)
from solde.ports.billing import Header
from solde.workflows.bill_run.customer import Asked
from solde.workflows.deposit import DepositContext, Planned, issue_once
from solde.workflows.one_off import one_off_plan
from solde.workflows.wallets import TopUp, must_be_same

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sold:
    """A wallet with whom it belongs to, and the products that it is good for."""

    wallet: Wallet
    customer: Customer
    products: Sequence[Product]


def sell_top_up(of: Sold, wanted: TopUp, at: datetime, context: DepositContext) -> Lot:
    """
    Issue the invoice of a top-up and return its lot, which is empty; asked again, it is the same.

    Raises:
        InvalidError: another currency than the wallet's or the entity's, nothing, a day that is
            over, or products that are not taxed alike.
        StateConflictError: the id is that of another top-up.
        StoreUnavailableError: others were faster, again and again.

    """

    def known() -> Header | None:
        if lot := _lot(of.wallet, wanted.id, context):
            must_be_same(lot, wanted)
            (header,) = context.now.run.billing.issued(lot.customer_id, [lot.id])
            return header
        return None

    def plan() -> Planned:
        return plan_top_up(of, wanted, at, context)

    issue_once(of.customer, at, context, known=known, plan=plan)
    lot = _lot(of.wallet, wanted.id, context)
    if lot is None:
        raise AssertionError(f"{wanted.id}: issued without its lot")
    return lot


def plan_top_up(of: Sold, wanted: TopUp, at: datetime, context: DepositContext) -> Planned:
    """
    Return the draft of the invoice of a top-up with its tree; nothing is written.

    Raises:
        InvalidError: as for the issue.

    """
    run, wallet = context.now.run, of.wallet
    entity = run.entities.entity(wallet.entity)
    today = day_of(at, entity.time_zone)
    wallet.must_fit(wanted.amount)
    lines = [_line(of, one, wanted, today) for one in of.products]
    drafts = one_off_plan(of.customer, Asked(entity, today), lines, run).documents
    said = said_of_sale(wallet, wanted.id, wallet.until(today, wanted.until_on), wanted.reference)
    draft = deposit_document(must_be_of_one_rate(drafts), wanted.amount.minor, said)
    return Planned(draft, of_deposit(draft, draft))


def _line(of: Sold, product: Product, wanted: TopUp, today: date) -> ExtraLine:
    """Return what a product would be billed as, which says how the money for it is taxed."""
    return ExtraLine(
        id=wanted.id,
        customer_id=of.customer.id,
        entity=of.wallet.entity,
        product=product,
        currency=wanted.amount.currency,
        quantity=Decimal(1),
        unit_amount=wanted.amount.major,
        description=of.wallet.name,
        service=Period(today, today + ONE_DAY),
        due_on=today,
    )


def _lot(wallet: Wallet, request: str, context: DepositContext) -> Lot | None:
    lots = context.credits.lots(wallet.customer_id)
    return next((one for one in lots if one.funds and one.funds.request == request), None)
