"""Step 2, event by event: seen before, who pays, which meters, and into the cell of the day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import orjson

from solde.domain.periods import day_of, month_after
from solde.domain.usage.event import CANCELS, EPOCH, MICROSECOND, Event, Flaw, shown
from solde.domain.usage.metering import MetersByType, Misread, readings
from solde.domain.usage.partial import Cells, Dimensions, Partial, begun
from solde.domain.usage.segments import FIRST_DAY, Columns, Entry, day_number
from solde.ports.usage import Payer, Unpaid
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.rate_usage.rejects import RejectLog, reject, stays_open
from solde.workflows.rate_usage.state import HORIZON_MONTHS

MINUTE_US = 60_000_000
"""A minute of UTC lies in one civil day: zones have changed at whole minutes only since 1972."""

DAY_US = 86_400_000_000
PLAIN = 9
"""Fields of an event that amends none."""

Row = Sequence[Any]
"""An event as its line says it, in the order of `Event`."""


@dataclass(frozen=True, slots=True)
class Account:
    """
    What one payer used: partials by day number, meter code and cell.

    `days` gives the day number of a minute; all accounts of a zone share it.
    """

    payer: Payer
    days: dict[int, int]
    used: dict[tuple[int, str, Dimensions], Partial] = field(default_factory=dict)


class Tally:
    """
    What the events of one bucket come to.

    An event that is refused holds its identity only within this execution: sent again with what
    was missing, it counts.
    """

    def __init__(self, manifest: Manifest, meters: MetersByType, known: Mapping[str, str]) -> None:
        self.index = Columns()
        self.open = RejectLog()
        self.final = RejectLog()
        self.amends: list[bytes] = []
        """Lines of those that correct or cancel others: what counts then is decided later."""
        self.counts: Counter[str] = Counter()
        self._manifest = manifest
        self._meters = meters
        self._known = known
        self._seen: dict[int, int] = {}
        self._twins: dict[str, str] = {}
        self._parked: dict[str, str] = {}
        self._accounts: dict[str, Account | Unpaid] = {}
        self._payers: dict[Payer, Account] = {}
        self._zones: dict[str, dict[int, int]] = {}
        horizon_on = month_after(manifest.as_of.date(), -HORIZON_MONTHS)
        self._horizon = day_number(horizon_on)

    def take(
        self, rows: Sequence[Row], payers: Mapping[str, Payer | Unpaid], place: int, since: int = 0
    ) -> None:
        """
        Count events of one input, or say why not.

        `since` is when carried ones were first refused.
        """
        if rows and max(map(len, rows)) > PLAIN:
            self._take_amendments([row for row in rows if len(row) > PLAIN], payers, place, since)
            rows = [row for row in rows if len(row) == PLAIN]
        self._take_plain(rows, payers, place, since)

    def _take_plain(
        self, rows: Sequence[Row], payers: Mapping[str, Payer | Unpaid], place: int, since: int
    ) -> None:
        """
        Count events that amend none.

        This is the loop that nearly all events go through: what it needs is at hand, and whatever
        is not the common case is told elsewhere.
        """
        seen, known, parked, index = self._seen, self._known, self._parked, self.index
        for row in rows:
            identity = row[0]
            start = int(identity[:16], 16)
            if (start in seen or identity in known or identity in parked) and self._repeated(
                row, start, since
            ):
                continue
            account = self._accounts.get(row[7]) or self._account(payers[row[7]], row[7])
            if isinstance(account, Unpaid):
                self._refuse(_unpaid(account, row[7]), row, since)
                continue
            found = readings(self._meters, row[6], row[8])
            at_us = row[2]
            day = account.days.get(at_us // MINUTE_US) or self._day(account, at_us)
            if isinstance(found, Misread) or day < self._horizon:
                self._refuse(self._why(found, day), row, since)
                continue
            used = account.used
            for meter, values, value in found:
                cell = (day, meter.code, values)
                partial = used.get(cell)
                if partial is None:
                    partial = used[cell] = begun(meter)
                partial.add(value, at_us, identity)  # type: ignore[arg-type]
            number = len(index.prefixes)
            if seen.setdefault(start, number) != number:
                self._twins[identity] = row[1]
            index.prefixes.append(start)
            index.marks += bytes.fromhex(identity[16:] + row[1])
            index.days.append(day)
            index.places.append(place)

    @property
    def metered(self) -> Counter[str]:
        """How many events each meter has taken."""
        counts: Counter[str] = Counter()
        for account in self._payers.values():
            for (_, code, _), partial in account.used.items():
                counts[code] += partial.events
        return counts

    def used(self) -> dict[Payer, dict[tuple[date, str], Cells]]:
        """Return what was used, by payer, day and meter."""
        found: dict[Payer, dict[tuple[date, str], Cells]] = {}
        for payer, account in self._payers.items():
            for (day, code, values), partial in account.used.items():
                on = FIRST_DAY + timedelta(days=day)
                found.setdefault(payer, {}).setdefault((on, code), {})[values] = partial
        return found

    @property
    def subjects(self) -> dict[str, Payer]:
        """Return who paid for each subject that is not the id of the subscription itself."""
        return {
            subject: account.payer
            for subject, account in self._accounts.items()
            if isinstance(account, Account) and subject != account.payer.subscription_id
        }

    def forget_identities(self) -> None:
        """Let go of what only serves to recognise more events."""
        self._seen.clear()
        self._parked.clear()
        self._twins.clear()

    def _take_amendments(
        self, rows: Iterable[Row], payers: Mapping[str, Payer | Unpaid], place: int, since: int
    ) -> None:
        for row in rows:
            start = int(row[0][:16], 16)
            if self._repeated(row, start, since):
                continue
            payer, day = None, row[2] // DAY_US
            if row[PLAIN][0] != CANCELS:
                account = self._accounts.get(row[7]) or self._account(payers[row[7]], row[7])
                if isinstance(account, Unpaid):
                    self._refuse(_unpaid(account, row[7]), row, since)
                    continue
                found = readings(self._meters, row[6], row[8])
                payer, day = account.payer, self._day(account, row[2])
                if isinstance(found, Misread) or day < self._horizon:
                    self._refuse(self._why(found, day), row, since)
                    continue
            whose = tuple(payer) if payer else None
            self.amends.append(orjson.dumps([row, whose, since or self._manifest.number]))
            self._index(row, start, day, place)

    def _index(self, row: Row, start: int, day: int, place: int) -> None:
        number = len(self.index.prefixes)
        if self._seen.setdefault(start, number) != number:
            self._twins[row[0]] = row[1]
        on = FIRST_DAY + timedelta(days=day)
        self.index.add(Entry(row[0], on, row[1], place))

    def _account(self, payer: Payer | Unpaid, subject: str) -> Account | Unpaid:
        if isinstance(payer, Unpaid):
            found: Account | Unpaid = payer
        else:
            days = self._zones.setdefault(payer.zone, {})
            found = self._payers.setdefault(payer, Account(payer, days))
        self._accounts[subject] = found
        return found

    def _day(self, account: Account, at_us: int) -> int:
        day = day_number(day_of(EPOCH + at_us * MICROSECOND, account.payer.zone))
        account.days[at_us // MINUTE_US] = day
        return day

    def _repeated(self, row: Row, start: int, since: int) -> bool:
        """Say whether an event came before: again in the same words, or as a conflict."""
        identity, digest = row[0], row[1]
        rated = self._known.get(identity) or self._rated_now(start, identity)
        if rated is None:
            if self._parked.get(identity) != digest:
                return False
            rated = digest
        if rated == digest:
            self.counts["duplicates"] += 1
        else:
            wanted = f"an event that this source and id have not named yet; content {rated}"
            flaw = Flaw("/id", "conflict", wanted, f"content {digest}")
            self._refuse(Misread("conflict", flaw), row, since)
        return True

    def _rated_now(self, start: int, identity: str) -> str | None:
        """Return the content digest of an identity that this tally has counted."""
        number = self._seen.get(start)
        if number is None:
            return None
        mark = self.index.mark(number)
        return mark[16:] if mark[:16] == identity[16:] else self._twins.get(identity)

    def _refuse(self, why: Misread, row: Row, since: int) -> None:
        event = Event(*row)
        one = reject(why.code, why.flaw, since or self._manifest.number, event)
        if stays_open(one, self._manifest.began_at):
            self.open.add(one)
        else:
            self.final.add(one)
            self.counts[f"final.{why.code}"] += 1
        self._parked[event.identity] = event.digest

    def _why(self, found: object, day: int) -> Misread:
        if isinstance(found, Misread):
            return found
        earliest, on = (FIRST_DAY + timedelta(days=one) for one in (self._horizon, day))
        flaw = Flaw("/time", "beyond_horizon", f"a day from {earliest} on", f"{on}")
        return Misread("beyond_horizon", flaw)


def _unpaid(unpaid: Unpaid, subject: str) -> Misread:
    return Misread(unpaid.code, Flaw("/subject", unpaid.code, unpaid.expected, shown(subject)))
