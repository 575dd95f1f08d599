"""Chase: what is overdue is asked for by the levels of a policy, each once, none after payment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from solde.domain.dunning import (
    Act,
    Channel,
    Decision,
    Policy,
    Profile,
    Reason,
    assigned,
    decide,
    next_look_on,
)
from solde.domain.invoicing.parties import Entity
from solde.domain.languages import language_of
from solde.domain.money import Money
from solde.domain.periods import day_of
from solde.ports.billing import Entities
from solde.ports.dunning import Candidate, DunningStore, Overdue, Policies, Step, Task
from solde.ports.mail import Mail, Mailer
from solde.ports.sendings import Contacts, Reach

UNPAID = ("open", "partly_paid")
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a decision looks at; `known` are policies by entity, read once by who decides much."""

    store: DunningStore
    contacts: Contacts
    policies: Policies
    known: dict[str, list[Policy]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChaseContext:
    """`compose(overdue, to, tone)` makes the mail of a reminder: amiable (1) to formal (4)."""

    deciding: Deciding
    entities: Entities
    mailer: Mailer
    compose: Callable[[Overdue, str, int], Mail]

    @property
    def store(self) -> DunningStore:
        return self.deciding.store


@dataclass(frozen=True, slots=True)
class Decided:
    """What would be done about an invoice, and why."""

    overdue: Overdue
    policy: Policy
    decision: Decision
    reach: Reach


def chase_overdue(at: datetime, context: ChaseContext) -> int:
    """Take every step that is due, and return how many; safe to repeat."""
    taken = 0
    for entity in context.entities.all():
        today = day_of(at, entity.time_zone)
        for candidate in select_overdue(entity.code, today, context.store):
            if candidate.restricted:
                context.store.lift(candidate, entity.code, today=today, at=at)
            else:
                taken += remind(candidate, entity, at, context)
    return taken


def select_overdue(entity: str, today: date, store: DunningStore) -> list[Candidate]:
    return list(store.due(entity, today))


def remind(candidate: Candidate, entity: Entity, at: datetime, context: ChaseContext) -> bool:
    """Take the next step of a case, unless something speaks against it; say whether it was."""
    found = decided(candidate, entity, at, context.deciding)
    if found is None:
        return False
    decision, header = found.decision, found.overdue.header
    today = day_of(at, entity.time_zone)
    if decision.act is not Act.STEP or decision.level is None:
        if decision.act is Act.END:
            context.store.postpone(header, None)
        elif decision.reason is Reason.NOT_YET and decision.on:
            context.store.postpone(header, decision.on)
        return False
    case = found.overdue.case(reachable=True)
    step = Step(found.policy, decision, today, next_look_on(case, found.policy, today))
    task = _task(found.overdue, step)
    if not context.store.claim(found.overdue, step, task, at=at):
        return False
    if decision.level.channel is Channel.TASK:
        return True
    return _written_to(found, context)


def decided(
    candidate: Candidate, entity: Entity, at: datetime, context: Deciding
) -> Decided | None:
    """Decide about an invoice as it is stored now; None where nothing of it is open."""
    overdue = context.store.overdue(candidate)
    if overdue is None or overdue.header.status not in UNPAID:
        return None
    policy = _policy(overdue, entity, at, context)
    reach = context.contacts.reach(overdue.customer.id)
    reachable = bool(reach.addresses) or not reach.stops
    local = at.astimezone(ZoneInfo(overdue.customer.time_zone or entity.time_zone))
    decision = decide(overdue.case(reachable=reachable), policy, local)
    return Decided(overdue, policy, decision, reach)


def _policy(overdue: Overdue, entity: Entity, at: datetime, context: Deciding) -> Policy:
    """Return the version that the case began with; a new one takes what counts today."""
    if overdue.kept.policy and overdue.kept.version:
        return context.policies.version(overdue.kept.policy, overdue.kept.version)
    today = day_of(at, entity.time_zone)
    if entity.code not in context.known:
        context.known[entity.code] = list(context.policies.of(entity.code, today))
    known, header, customer = context.known[entity.code], overdue.header, overdue.customer
    counts = any(one.applies.late_from for one in known)
    profile = Profile(
        business=customer.as_of(today).business,
        group=customer.group,
        language=language_of(customer.language, entity.language),
        open=Money(header.open_minor, header.currency),
        late_before=context.store.late_before(customer.id, today - YEAR) if counts else 0,
    )
    return assigned(known, profile)


def _task(overdue: Overdue, step: Step) -> Task | None:
    level = step.decision.level
    if level is None or level.channel is Channel.MAIL:
        return None
    header = overdue.header
    return Task(
        header.customer_id,
        header.id,
        step.decision.number,
        step.on,
        level.channel.value,
        step.policy.id,
    )


def _written_to(found: Decided, context: ChaseContext) -> bool:
    """Mail a level that was claimed; where nobody can be written to that is kept instead."""
    header, number = found.overdue.header, found.decision.number
    level = found.decision.level
    if not found.reach.addresses or level is None:
        context.store.sent(header, level=number, message_id="suppressed: no address")
        return False
    mail = context.compose(found.overdue, found.reach.addresses[0], level.tone)
    context.store.sent(header, level=number, message_id=context.mailer.send(mail))
    return True
