"""Chase: invoices past due are reminded of, each reminder once, none after payment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.dunning import STANDARD, next_action_on, waits
from solde.domain.periods import day_of
from solde.ports.billing import Entities
from solde.ports.dunning import Candidate, DunningStore, Overdue
from solde.ports.mail import Mail, Mailer
from solde.ports.sendings import Contacts

UNPAID = ("open", "partly_paid")


@dataclass(frozen=True, slots=True)
class ChaseContext:
    """`compose(overdue, to, level)` makes the mail of the first (1) or second (2) reminder."""

    store: DunningStore
    contacts: Contacts
    entities: Entities
    mailer: Mailer
    compose: Callable[[Overdue, str, int], Mail]


def chase_overdue(at: datetime, context: ChaseContext) -> int:
    """Send every reminder that is due today, and return how many went out; safe to repeat."""
    sent = 0
    for entity in context.entities.all():
        today = day_of(at, entity.time_zone)
        for candidate in select_overdue(entity.code, today, context):
            sent += remind(candidate, today, context)
    return sent


def select_overdue(entity: str, today: date, context: ChaseContext) -> list[Candidate]:
    return list(context.store.due(entity, today))


def remind(candidate: Candidate, today: date, context: ChaseContext) -> bool:
    """
    Send one reminder, unless the invoice was paid since it was selected, or nothing is asked.

    Where mail bounces and nobody else is named, the reminder waits and is not counted.
    """
    found = context.store.overdue(candidate)
    if found is None or found.header.status not in UNPAID:
        return False
    header = found.header
    if _held(found, today):
        return False
    if header.next_action_on is None or header.next_action_on > today:
        return False
    level = header.reminders + 1
    if level > STANDARD.reminders_max:
        return False
    reach = context.contacts.reach(found.customer.id)
    if reach.stops and not reach.addresses:
        return False
    following = next_action_on(header.due_on, reminders=level)
    if not context.store.claim(header, next_action_on=following, on=today):
        return False
    if not reach.addresses:
        context.store.sent(header, level=level, message_id="suppressed: no address")
        return False
    message_id = context.mailer.send(context.compose(found, reach.addresses[0], level))
    context.store.sent(header, level=level, message_id=message_id)
    return True


def _held(found: Overdue, today: date) -> bool:
    """Tell whether nothing is asked for now: it was agreed so, or the customer has spoken."""
    until = found.customer.collection_held_until
    return (until is not None and today < until) or waits(found.notices, today)
