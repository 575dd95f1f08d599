"""Reference rates of the ECB as the API speaks of them: one a half-year, each with its source."""

from typing import Any

from pydantic import Field

from solde.domain.late import ReferenceRate
from solde.ports.records import Record
from solde.runtime.fields import Amount, Day, Metadata, Strict, Text, described, recorded


class NewReferenceRate(Strict):
    """What the ECB took for its main refinancing operations on a 1 January or 1 July."""

    from_on: Day
    percent: Amount
    source: Text
    metadata: Metadata = Field(default_factory=dict)

    def rate(self) -> ReferenceRate:
        return ReferenceRate(self.from_on, self.percent, self.source)


def reference_rate_shown(rate: ReferenceRate, record: Record, *, livemode: bool) -> dict[str, Any]:
    """Return a rate; nobody made one that is shipped."""
    return described(
        "reference_rate",
        id=rate.from_on.isoformat(),
        from_on=rate.from_on.isoformat(),
        percent=f"{rate.percent:f}",
        source=rate.source,
        **recorded(record, livemode=livemode),
    )
