"""An endpoint: where a system of the seller is called, and of which kinds of happenings."""

from dataclasses import dataclass
from datetime import datetime

from solde.domain.endpoints.address import must_be_public
from solde.domain.endpoints.happening import KINDS
from solde.domain.errors import InvalidError

EVERY = "*"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """
    `kinds` are those of `KINDS` that it is called for, or `*` for every one.

    `failing_since` is when the first of the calls failed that have failed in a row; `ended` says
    why it is not called any more, and is empty while it is.
    """

    id: str
    url: str
    kinds: tuple[str, ...] = (EVERY,)
    description: str = ""
    failing_since: datetime | None = None
    ended: str = ""

    def __post_init__(self) -> None:
        must_be_public(self.url)
        known = {EVERY, *KINDS}
        wrong = [one for one in self.kinds if one not in known]
        if wrong or not self.kinds or len(set(self.kinds)) != len(self.kinds):
            raise InvalidError(
                f"events: expected some of *, {', '.join(KINDS)}, each once, found "
                f"{', '.join(self.kinds) or 'none'}",
                pointer="/events",
            )

    def wants(self, kind: str) -> bool:
        return not self.ended and (EVERY in self.kinds or kind in self.kinds)
