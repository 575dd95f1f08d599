"""
What the law wants said, as dated data: by the seller's country, first its own words, then the EU's.

The files beside this one say of each mention when it is chosen (typed conditions, no code), and of
each version of its words from which day on, by which source, and how far that was checked. A closed
document keeps the words that it was issued with; a version is therefore never changed, another
follows it (docs/reference/mentions.md).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).with_name("legal_texts")
COMMON = "EU"
ANY = "*"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a mention may depend on, of a document and one of its totals of tax."""

    business: bool
    late: str
    """Whose rate of late payment: `legal`, `agreed` or `public`."""
    due: str
    """When the tax of services is chargeable: `issue`, `debits` or `payment`."""
    taxed: bool
    category: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """All that is said must be so; what is left out may be anything."""

    business: bool | None = None
    late: str = ""
    due: str = ""
    taxed: bool | None = None
    categories: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    def fits(self, facts: Facts) -> bool:
        reasons = self.reasons
        return (
            self.business in (None, facts.business)
            and self.late in ("", facts.late)
            and self.due in ("", facts.due)
            and self.taxed in (None, facts.taxed)
            and (not self.categories or facts.category in self.categories)
            and (not reasons or facts.reason in reasons or (ANY in reasons and facts.reason != ""))
        )


@dataclass(frozen=True, slots=True)
class Version:
    since: str
    """The first day of issue; empty: from the beginning."""
    source: str
    checked: str
    """`official` text read, `secondary` sources, or `none`."""
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mention:
    code: str
    group: str
    """`payment`, `seller` or `tax`; what `document` makers add is chosen by no fact."""
    when: When | None
    fields: tuple[str, ...]
    versions: tuple[Version, ...]

    def on(self, day: str) -> Version | None:
        """Return the last version that is in force on a day of issue."""
        return next((one for one in reversed(self.versions) if one.since <= day), None)


@cache
def mentions_of(country: str) -> tuple[Mention, ...]:
    """Return the mentions of a country in their order; one that is not known has none."""
    path = TEXTS.joinpath(f"{country}.json")
    if not path.exists():
        return ()
    return tuple(map(_mention, json.loads(path.read_text(encoding="utf-8"))["mentions"]))


def text_of(code: str, country: str, language: str, day: str) -> str:
    """
    Return the words of a mention for a day of issue; empty where it is not wanted then.

    Raises:
        KeyError: nobody has words for it.

    """
    spoken = language.partition("-")[0]
    for place in (country, COMMON):
        found = next((one for one in mentions_of(place) if one.code == code), None)
        if found is None:
            continue
        version = found.on(day)
        if version is None:
            return ""
        if spoken in version.texts:
            return version.texts[spoken]
    raise KeyError(f"{code} of {country} in {language}")


def texts(document: Mapping[str, Any], issued_on: str) -> list[str]:
    """Return the words of a draft's mentions, each in its place, for its day of issue."""
    country, language = document["entity"]["address"]["country"], document["language"]
    return [text_of(one["code"], country, language, issued_on) for one in document["mentions"]]


def _mention(said: Mapping[str, Any]) -> Mention:
    when = said["when"]
    return Mention(
        code=said["code"],
        group=said["group"],
        when=None if when is None else When(**{name: _tuple(part) for name, part in when.items()}),
        fields=tuple(said["fields"]),
        versions=tuple(
            Version(one["from"] or "", one["source"], one["checked"], one["texts"])
            for one in said["versions"]
        ),
    )


def _tuple(part: object) -> Any:  # noqa: ANN401 - a field of When, whose type its class says
    return tuple(part) if isinstance(part, list) else part
