"""Policies of dunning, what they decide, and tasks, as the API speaks of them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from solde.domain.dunning import Applies, Channel, Level, Policy, QuietHours
from solde.domain.errors import InvalidError
from solde.domain.holidays import HOLIDAYS
from solde.domain.money import Money, currency
from solde.ports.dunning import Overdue, Task
from solde.ports.records import Record
from solde.runtime.fields import Code, Day, Metadata, Strict, described, recorded
from solde.workflows.chase_overdue import Decided

CALENDARS = ", ".join(sorted(filter(None, HOLIDAYS)))


class LevelModel(Strict):
    """`tone` is 1 amiable, 2 firm, 3 last, 4 formal; `restricts`: the service, from then on."""

    after_days: int = Field(examples=[3])
    channel: Literal["mail", "letter", "task"] = "mail"
    tone: int = 1
    restricts: bool = False


class QuietModel(Strict):
    """Full hours of the customer's day, from one to another, over midnight too."""

    from_hour: int = Field(examples=[20])
    to_hour: int = Field(examples=[8])


class AmountModel(Strict):
    amount: int = Field(ge=1, examples=[500_00])
    currency: str = Field(pattern="^[A-Z]{3}$", examples=["EUR"])


class AppliesModel(Strict):
    """Whom it is for: all that is said must fit. `late_from`: invoices paid late in a year."""

    business: bool | None = None
    groups: list[Code] = Field(default_factory=list, max_length=20)
    languages: list[Annotated[str, Field(pattern="^[a-z]{2}$")]] = Field(
        default_factory=list, max_length=20
    )
    open_from: AmountModel | None = None
    late_from: int = Field(default=0, ge=0, le=100)


class NewPolicy(Strict):
    """A version of a policy; it counts for cases that begin on `since` or later."""

    entity: Code
    code: Code
    version: int = Field(default=1, ge=1, le=9999)
    since: Day
    rank: int = Field(default=100, ge=1, le=1000)
    calendar: str = Field(default="", max_length=20, examples=["FR"])
    quiet_hours: QuietModel | None = None
    applies_to: AppliesModel = Field(default_factory=AppliesModel)
    levels: list[LevelModel] = Field(examples=[[{"after_days": 5}]])
    metadata: Metadata = Field(default_factory=dict)

    def policy(self) -> Policy:
        """
        Return the policy.

        Raises:
            InvalidError: levels overlap, or a calendar, a tone or an hour is none.

        """
        if self.calendar not in HOLIDAYS:
            raise InvalidError(
                f"calendar: expected one of {CALENDARS}, or none, found {self.calendar!r}",
                pointer="/calendar",
            )
        said, quiet = self.applies_to, self.quiet_hours
        least = said.open_from
        if least:
            currency(least.currency)
        return Policy(
            entity=self.entity,
            code=self.code,
            levels=tuple(
                Level(one.after_days, Channel(one.channel), one.tone, one.restricts)
                for one in self.levels
            ),
            version=self.version,
            since=self.since,
            rank=self.rank,
            calendar=self.calendar,
            applies=Applies(
                said.business,
                tuple(said.groups),
                tuple(said.languages),
                Money(least.amount, least.currency) if least else None,
                said.late_from,
            ),
            quiet=QuietHours(quiet.from_hour, quiet.to_hour) if quiet else None,
        )


def policy_shown(one: Policy, record: Record, *, livemode: bool) -> dict[str, Any]:
    applies, quiet, least = one.applies, one.quiet, one.applies.open_from
    return described(
        "dunning_policy",
        id=one.id,
        entity=one.entity,
        code=one.code,
        since=one.since.isoformat(),
        rank=one.rank,
        calendar=one.calendar or None,
        quiet_hours={"from_hour": quiet.from_hour, "to_hour": quiet.to_hour} if quiet else None,
        applies_to={
            "business": applies.business,
            "groups": list(applies.groups),
            "languages": list(applies.languages),
            "open_from": {"amount": least.minor, "currency": least.currency} if least else None,
            "late_from": applies.late_from,
        },
        levels=[
            {
                "after_days": level.after_days,
                "channel": level.channel.value,
                "tone": level.tone,
                "restricts": level.restricts,
            }
            for level in one.levels
        ],
        **recorded(record, livemode=livemode),
    )


def decided_shown(one: Decided, *, livemode: bool) -> dict[str, Any]:
    header, decision = one.overdue.header, one.decision
    return described(
        "dunning_decision",
        invoice=header.id,
        number=header.number,
        customer=header.customer_id,
        open=header.open_minor,
        currency=header.currency,
        due_on=header.due_on.isoformat(),
        policy=one.policy.id or one.policy.code,
        policy_version=one.policy.version,
        act=decision.act.value,
        reason=decision.reason.value,
        level=decision.number or None,
        channel=decision.level.channel.value if decision.level else None,
        tone=decision.level.tone if decision.level else None,
        on=decision.on.isoformat() if decision.on else None,
        livemode=livemode,
    )


def task_shown(task: Task, overdue: Overdue | None, *, livemode: bool) -> dict[str, Any]:
    """Show what a person has to see to, with all that he wants to know before he calls."""
    letter = task.channel == Channel.LETTER.value
    return described(
        "task",
        id=task.invoice_id,
        invoice=task.invoice_id,
        number=overdue.header.number if overdue else None,
        customer=task.customer_id,
        name=overdue.customer.name if overdue else None,
        email=overdue.customer.email if overdue else None,
        open=overdue.header.open_minor if overdue else 0,
        currency=overdue.header.currency if overdue else None,
        due_on=overdue.header.due_on.isoformat() if overdue else None,
        policy=task.policy,
        level=task.number,
        channel=task.channel,
        since=task.since.isoformat(),
        letter=f"/v1/dunning-tasks/{task.invoice_id}/letter" if letter else None,
        livemode=livemode,
    )
