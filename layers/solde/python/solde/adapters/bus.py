"""EventBridge: announcements go out in tens; what was not taken is an error to repeat."""

import json
from collections.abc import Sequence
from typing import Any

from solde.domain.errors import StoreUnavailableError
from solde.ports.announcements import Announcement

SOURCE = "solde"
ENTRIES_MAX = 10


class EventBus:
    """The port `Bus`."""

    def __init__(self, client: Any, name: str) -> None:  # noqa: ANN401 - a boto3 client
        self._client = client
        self._name = name

    def publish(self, announcements: Sequence[Announcement]) -> None:
        for first in range(0, len(announcements), ENTRIES_MAX):
            entries = [self._entry(one) for one in announcements[first : first + ENTRIES_MAX]]
            answer = self._client.put_events(Entries=entries)
            if answer["FailedEntryCount"]:
                raise StoreUnavailableError(f"bus: {answer['FailedEntryCount']} not taken")

    def _entry(self, one: Announcement) -> dict[str, Any]:
        """Send the business time along: consumers take it from the message."""
        detail = {**one.detail, "as_of": one.at.isoformat()}
        return {
            "Source": SOURCE,
            "DetailType": one.kind,
            "Detail": json.dumps(detail, separators=(",", ":")),
            "EventBusName": self._name,
        }
