"""How documents are brought to a customer: the ways, choose in versions."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from solde.domain.errors import InvalidError

MAIL = "mail"
DROP = "drop"
WEBHOOK = "webhook"
PRINT = "print"
WAYS = (MAIL, DROP, WEBHOOK, PRINT)
LINK = "link"
ATTACHMENT = "attachment"
FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}(/[A-Za-z0-9][A-Za-z0-9_.-]{0,39}){0,4}")
URL = re.compile(r"https://[A-Za-z0-9.-]{4,253}(/[!-~]{0,500})?")
"""A host and a path, and nothing else: no user, no port, no fragment of another meaning."""
CHOICES_KEPT = 10


@dataclass(frozen=True, slots=True)
class Ways:
    """
    By mail with the link, or with the document attached; a copy dropped; a webhook; on paper.

    `folder` is where copies are dropped, `url` what the webhook calls.
    """

    ways: tuple[str, ...] = (MAIL,)
    mail: str = LINK
    folder: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if not self.ways or len(set(self.ways)) != len(self.ways) or {*self.ways} - {*WAYS}:
            raise InvalidError(
                f"delivery: expected some of {', '.join(WAYS)}, each once, found "
                f"{', '.join(self.ways) or 'none'}",
                pointer="/delivery/ways",
            )
        _must_go_with(DROP, self, "folder", FOLDER)
        _must_go_with(WEBHOOK, self, "url", URL)


def _must_go_with(way: str, choose: Ways, field: str, form: re.Pattern[str]) -> None:
    value = getattr(choose, field)
    if way not in choose.ways and not value:
        return
    if way not in choose.ways or not form.fullmatch(value):
        expected = f"one for {way}" if way in choose.ways else f"none without {way}"
        raise InvalidError(
            f"delivery.{field}: expected {expected}, found {value[:60]!r}",
            pointer=f"/delivery/{field}",
        )


STANDARD = Ways()


@dataclass(frozen=True, slots=True)
class WaysFrom:
    """What was choose for a customer, and from when on; no ways: as his entity says."""

    number: int
    since: date
    ways: Ways | None


def choose(before: tuple[WaysFrom, ...], ways: Ways | None, today: date) -> tuple[WaysFrom, ...]:
    """Return the choices with one more, unless it is what stands; the latest few are kept."""
    last = before[-1] if before else WaysFrom(0, today, None)
    if last.ways == ways:
        return before
    return (*before, WaysFrom(last.number + 1, today, ways))[-CHOICES_KEPT:]


def ways_document(ways: Ways) -> dict[str, Any]:
    return {**asdict(ways), "ways": list(ways.ways)}


def ways_of(said: dict[str, Any]) -> Ways:
    return replace(STANDARD, **{**said, "ways": tuple(said["ways"])})
