"""Usage: every event that was acknowledged is rated, open or rejected with its reason, once."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator

from solde.domain.usage.proof import UsageProof
from solde.ports.audit import Stored
from solde.ports.objects import ObjectStore
from solde.workflows.rate_usage.amend import amended_key
from solde.workflows.rate_usage.manifest import Manifest, read_manifest
from solde.workflows.rate_usage.result import Outcome, read_outcome, result_key, used_days
from solde.workflows.rate_usage.state import RatingStateError, read_state
from solde.workflows.raw_events import PREFIX, events_in, hour_of
from solde.workflows.verify.report import Finding, differing, finding


def events_accounted(stored: Stored, lines: Iterable[str], objects: ObjectStore) -> Finding:
    """
    I5: raw objects → executions → day states → issued lines, and nothing lost between two.

    `lines` are what the comparison of day states with issued lines has found.
    """
    proof = _Proof(stored, objects)
    violations = [*proof.executions(), *proof.raw_objects(), *proof.days(), *lines]
    return finding("I5", "every event is billed, open or rejected", proof.events, violations)


class _Proof:
    """Walks from what was accepted to what is stored; holds names of objects and sums only."""

    def __init__(self, stored: Stored, objects: ObjectStore) -> None:
        self._stored, self._objects = stored, objects
        self._named: Counter[str] = Counter()
        self._rated = UsageProof()
        self.events = 0

    def executions(self) -> Iterator[str]:
        """Prove that each execution has said of every event that it read what became of it."""
        left_open: dict[str, int] = {}
        waits = False
        for number in range(1, self._stored.generation + 1):
            manifest = read_manifest(number, self._objects)
            if manifest is None:
                yield f"rating {number}: expected its manifest, found none"
                continue
            self._named.update(manifest.inputs)
            keys = [result_key(number, bucket) for bucket in range(manifest.buckets)]
            gone = [key for key in keys if key not in self._objects.list_keys(key)]
            if gone:
                yield f"rating {number}: expected its results, found none at {', '.join(gone)}"
                continue
            outcomes = [read_outcome(key, self._objects) for key in keys]
            yield from self._execution(manifest, outcomes, left_open)
            left_open = {one.result.key: one.result.open_count for one in outcomes}
            waits = yield from self._amended(number, outcomes, waits)
            self._add(outcomes)

    def _execution(
        self, manifest: Manifest, outcomes: list[Outcome], left_open: dict[str, int]
    ) -> Iterator[str]:
        sent = sum(map(events_in, manifest.inputs))
        self.events += sent
        carried = sum(left_open.get(key, 0) for key in manifest.carried)
        if sum(left_open.values()) != carried:
            yield f"rating {manifest.number}: expected all open events to be tried again"
        told = sum(
            one.counts["rated"]
            + one.counts.get("duplicates", 0)
            + one.result.open_count
            + one.result.final_count
            for one in outcomes
        )
        yield from differing(f"rating {manifest.number}: events", sent + carried, told)
        reasons = sum(
            count
            for one in outcomes
            for name, count in one.counts.items()
            if name.startswith("final.")
        )
        finals = sum(one.result.final_count for one in outcomes)
        yield from differing(f"rating {manifest.number}: rejects with a reason", finals, reasons)

    def _amended(
        self,
        number: int,
        outcomes: list[Outcome],
        waits: bool,  # noqa: FBT001 - of the one before
    ) -> Generator[str, None, bool]:
        """Add what corrections and cancellations came to, and return whether some wait."""
        key = amended_key(number)
        if not waits and not any(one.result.amends[1] for one in outcomes):
            return False
        if key not in self._objects.list_keys(key):
            yield f"rating {number}: expected what its corrections came to, found none at {key}"
            return waits
        self._add([amended := read_outcome(key, self._objects)])
        return amended.result.open_count > 0

    def _add(self, outcomes: list[Outcome]) -> None:
        for one in outcomes:
            for used in used_days(one.result, self._objects):
                owner = (used.customer_id, used.subscription_id)
                self._rated.add(owner, used.meter, used.day, used.cells)

    def raw_objects(self) -> Iterator[str]:
        """Prove that each raw object was read by one execution, or waits for the next."""
        try:
            open_from = read_state(self._stored.generation, self._objects).open_from
        except RatingStateError as gone:
            yield str(gone)
            open_from = ""
        for key in self._objects.list_keys(PREFIX):
            times = self._named.pop(key, 0)
            if times == 0 and hour_of(key) < open_from:
                yield f"{key}: its hour is closed, and no execution has read it"
            elif times > 1:
                yield f"{key}: expected one execution that read it, found {times}"
        for key in sorted(self._named):
            yield f"{key}: an execution has read it, and it is gone"

    def days(self) -> Iterator[str]:
        """Prove that the table holds what the executions have found, event by event."""
        yield from self._rated.against(self._stored.used)
