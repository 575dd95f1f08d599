"""How documents are brought to a customer: the ways, choose in versions."""

import re
from collections.abc import Mapping
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
ARCHIVE = "archive"
BUCKET = "bucket"
FACTS = ("entity", "customer", "kind", "year", "month", "day")
"""What a folder may name of a document, each in braces."""
_FACT = rf"\{{(?:{'|'.join(FACTS)})\}}"
_PART = rf"(?:[A-Za-z0-9]|{_FACT})(?:[A-Za-z0-9_.-]|{_FACT}){{0,39}}"
FOLDER = re.compile(rf"{_PART}(?:/{_PART}){{0,4}}")
UNFIT = re.compile(r"[^A-Za-z0-9_.-]|^[^A-Za-z0-9]")
"""What a fact has that no part of a folder may have."""
URL = re.compile(r"https://[A-Za-z0-9.-]{4,253}(/[!-~]{0,500})?")
"""A host and a path, and nothing else: no user, no port, no fragment of another meaning."""
CHOICES_KEPT = 10


@dataclass(frozen=True, slots=True)
class Ways:
    """
    By mail with the link, or with the document attached; a copy dropped; a webhook; on paper.

    `folder` is where copies are dropped, and may name facts of the document; `drop_to` says in
    which bucket: the archive, or that which the deployment names. `url` is what the webhook calls.
    """

    ways: tuple[str, ...] = (MAIL,)
    mail: str = LINK
    folder: str = ""
    url: str = ""
    drop_to: str = ARCHIVE

    def __post_init__(self) -> None:
        if not self.ways or len(set(self.ways)) != len(self.ways) or {*self.ways} - {*WAYS}:
            raise InvalidError(
                f"delivery: expected some of {', '.join(WAYS)}, each once, found "
                f"{', '.join(self.ways) or 'none'}",
                pointer="/delivery/ways",
            )
        if self.drop_to != ARCHIVE and (self.drop_to != BUCKET or DROP not in self.ways):
            raise InvalidError(
                f"delivery.drop_to: expected {ARCHIVE}, or {BUCKET} with {DROP}, found "
                f"{self.drop_to[:60]!r}",
                pointer="/delivery/drop_to",
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


def folder_of(folder: str, facts: Mapping[str, str]) -> str:
    """Return a folder with the facts that it names; what no folder may have becomes a dash."""
    fitting = {name: UNFIT.sub("-", value) for name, value in facts.items()}
    return folder.format_map(fitting)


def ways_document(ways: Ways) -> dict[str, Any]:
    """Return ways as they are kept; where copies go is said if it is not the archive."""
    said = {**asdict(ways), "ways": list(ways.ways)}
    if ways.drop_to == ARCHIVE:
        del said["drop_to"]
    return said


def ways_of(said: dict[str, Any]) -> Ways:
    return replace(STANDARD, **{**said, "ways": tuple(said["ways"])})
