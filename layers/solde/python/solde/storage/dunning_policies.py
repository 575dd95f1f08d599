"""Policies of dunning as stored: every version of each stays."""

from collections.abc import Sequence
from datetime import date

from solde.domain.dunning import (
    STANDARD,
    Applies,
    Channel,
    Level,
    Policy,
    QuietHours,
    version_on,
)
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.money import Money
from solde.ports.records import Record
from solde.storage import keys
from solde.storage.named import codes_of, latest_of, next_version, versions_of
from solde.storage.reading import present, reading
from solde.storage.records import record_from_item, record_to_item
from solde.storage.table import ConditionFailedError, Item, Table

SCHEMA = 1
KIND = "dunning"


class PolicyTable:
    """The port `Policies` over the table, and what defines them."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, entity: str, day: date) -> Sequence[Policy]:
        names = [one for one in codes_of(self._table, KIND) if one.startswith(f"{entity}:")]
        latest = [policy_from_item(item) for item in latest_of(self._table, KIND, names)]
        found = (one if one.since <= day else self._before(one, day) for one in latest)
        return [one for one in found if one]

    def version(self, identity: str, number: int) -> Policy:
        if identity == STANDARD.id:
            return STANDARD
        items = versions_of(self._table, KIND, identity, [number])
        if not items:
            raise NotFoundError(f"dunning policy: expected {identity} {number}, found none")
        return policy_from_item(items[0])

    def latest(self, identity: str) -> tuple[Policy, Record] | None:
        item = self._table.get(keys.version(KIND, identity))
        return (policy_from_item(item), record_from_item(item)) if item else None

    def put(self, policy: Policy, record: Record) -> None:
        """
        Store the next version; cases that have begun keep theirs.

        Raises:
            StateConflictError: this version, or a later one, is there already.

        """
        body = policy_to_item(policy) | record_to_item(record) | {"version": policy.version}
        try:
            self._table.write(*next_version(KIND, policy.id, policy.version, body))
        except ConditionFailedError as failed:
            raise StateConflictError(
                f"dunning policy {policy.id}: expected a version above {policy.version}",
                pointer="/version",
            ) from failed

    def _before(self, latest: Policy, day: date) -> Policy | None:
        """Return the version that counts on a day on which the latest has not begun."""
        numbers = range(1, latest.version)
        items = versions_of(self._table, KIND, latest.id, list(numbers))
        return version_on([policy_from_item(one) for one in items], day)


def policy_to_item(policy: Policy) -> Item:
    applies, quiet = policy.applies, policy.quiet
    least = applies.open_from
    return {
        "schema": SCHEMA,
        "entity": policy.entity,
        "code": policy.code,
        "since": policy.since.isoformat(),
        "rank": policy.rank,
        "calendar": policy.calendar,
        "levels": [
            [one.after_days, one.channel.value, one.tone, one.restricts] for one in policy.levels
        ],
        **present(
            quiet=[quiet.from_hour, quiet.to_hour] if quiet else None,
            groups=list(applies.groups) or None,
            languages=list(applies.languages) or None,
            open_from=[least.minor, least.currency] if least else None,
            late_from=applies.late_from or None,
        ),
        **({} if applies.business is None else {"business": applies.business}),
    }


def policy_from_item(item: Item) -> Policy:
    with reading(item):
        quiet, least = item.get("quiet"), item.get("open_from")
        return Policy(
            entity=item["entity"],
            code=item["code"],
            levels=tuple(
                Level(days, Channel(channel), tone, restricts)
                for days, channel, tone, restricts in item["levels"]
            ),
            version=item["version"],
            since=date.fromisoformat(item["since"]),
            rank=item["rank"],
            calendar=item["calendar"],
            applies=Applies(
                business=item.get("business"),
                groups=tuple(item.get("groups", ())),
                languages=tuple(item.get("languages", ())),
                open_from=Money(*least) if least else None,
                late_from=item.get("late_from", 0),
            ),
            quiet=QuietHours(*quiet) if quiet else None,
        )
