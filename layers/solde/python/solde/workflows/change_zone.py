"""Change a zone: the days of usage are those of another place, from a billing period on."""

from datetime import datetime

from solde.domain.errors import InvalidError, StoreUnavailableError
from solde.domain.periods import day_of, zone_after
from solde.domain.subscriptions import Subscription
from solde.domain.subscriptions.effect import Moment, effective_day
from solde.ports.customers import Located
from solde.workflows.subscribe import ATTEMPTS, SubscribeContext


def change_zone(located: Located, to: str, at: datetime, context: SubscribeContext) -> str:
    """
    Let another zone count from the next billing period on, and return the zones in turn (R6).

    The instant between the two is the old zone's, so that no event is lost or counted twice.

    Raises:
        InvalidError: no such zone, one that counts already, or another turn on the same day.

    """
    for _ in range(ATTEMPTS):
        subscription, read, after = turned(located, to, at, context)
        if context.subscriptions.set_zone(subscription, read=read, after=after):
            return after
    raise StoreUnavailableError(f"{located.subscription_id}: changed {ATTEMPTS} times meanwhile")


def turned(
    located: Located, to: str, at: datetime, context: SubscribeContext
) -> tuple[Subscription, str, str]:
    """
    Return a subscription, its zones in turn, and those with another from its next period on.

    Raises:
        InvalidError: no such zone, one that counts already, another turn on the same day, or
            service ends by then.

    """
    subscription, _ = context.subscriptions.kept(located)
    read = context.subscriptions.zone(subscription.id)
    on = effective_day(Moment.AT_PERIOD_END, subscription, day_of(at, read))
    if on >= subscription.ends_on:
        raise InvalidError(
            f"time_zone: expected a subscription that goes on after {on}, from which day another "
            f"zone counts, found one that ends on {subscription.ends_on}",
            pointer="/time_zone",
        )
    return subscription, read, zone_after(read, on, to)
