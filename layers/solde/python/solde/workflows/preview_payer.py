"""Preview a change of payer: what ends with one customer, and what begins with another."""

from dataclasses import replace
from datetime import date, datetime

from solde.domain.periods import day_of
from solde.ports.customers import CustomerStore
from solde.workflows.bill_run.customer import Asked
from solde.workflows.change_payer import Wish, ended, passed_on
from solde.workflows.preview import (
    Preview,
    PreviewContext,
    billed_on,
    compared,
    preview_change,
    preview_invoice,
)
from solde.workflows.subscribe import state_with


def preview_payer(
    wish: Wish,
    on: date | None,
    at: datetime,
    context: PreviewContext,
    customers: CustomerStore,
) -> tuple[Preview, Preview]:
    """
    Return what who pays now and who pays then would be billed, `on` a day or when each is next.

    Raises:
        InvalidError: the change would be refused, or the day is too far away.

    """
    where, payer, run = wish.located, wish.payer, context.run
    before, following = passed_on(wish, context.subscribe, customers)
    if before.ends_on == wish.on:  # done already: a repeat changes nothing
        leaving = preview_invoice(where.customer_id, where.entity, on, at, run)
    else:
        leaving = preview_change(where, ended(wish.on), on, at, context)
    entity = run.entities.entity(payer.entity)
    today = day_of(at, entity.time_zone)
    held = run.billing.load(payer.id, payer.entity)
    if any(one.id == following.id for one in held.subscriptions):
        return leaving, preview_invoice(payer.id, payer.entity, on, at, run)
    state = state_with(following, held, today, context.subscribe)
    after = replace(held, state=state, subscriptions=(*held.subscriptions, following))
    return leaving, compared(held, after, Asked(entity, billed_on(after, on, today)), run)
