"""Define: the next version of a policy of dunning, which leaves cases that have begun alone."""

from datetime import date
from typing import Protocol

from solde.domain.dunning import STANDARD, Policy
from solde.domain.errors import InvalidError
from solde.ports.records import Record


class DunningPolicies(Protocol):
    def latest(self, identity: str) -> tuple[Policy, Record] | None: ...

    def put(self, policy: Policy, record: Record) -> None: ...


def define_dunning_policy(
    policy: Policy, policies: DunningPolicies, record: Record, *, today: date
) -> None:
    """
    Store a version of a policy; the same again is harmless.

    Raises:
        InvalidError: not the version that follows, since a day that is over, or a reserved code.
        StateConflictError: somebody else has stored this version meanwhile.

    """
    if policy.code == STANDARD.code:
        raise InvalidError(
            f"code: expected one of your own, found {policy.code}, which is what counts for those "
            "whom no policy fits",
            pointer="/code",
        )
    kept = policies.latest(policy.id)
    before = kept[0] if kept else None
    if before == policy:
        return
    following = before.version + 1 if before else 1
    if policy.version != following:
        raise InvalidError(
            f"version: expected {following}, found {policy.version}", pointer="/version"
        )
    earliest = max(today, before.since) if before else today
    if policy.since < earliest:
        raise InvalidError(
            f"since: expected {earliest} or later, found {policy.since}", pointer="/since"
        )
    policies.put(policy, record)
