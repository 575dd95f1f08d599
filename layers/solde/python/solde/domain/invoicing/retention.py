"""How long the law of the seller's country wants invoices kept: dated, with the source."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple


class Kept(NamedTuple):
    """Of documents issued from a day on: years from the end of the year of issue."""

    since: date
    years: int
    source: str


ALWAYS = date.min
DEFAULT = Kept(ALWAYS, 10, "none known: the longest of those that are")
COUNTRIES: dict[str, tuple[Kept, ...]] = {
    "BE": (
        Kept(ALWAYS, 7, "Code de la TVA, art. 60, before 2023"),
        Kept(date(2023, 1, 1), 10, "Code de la TVA, art. 60 § 4"),
    ),
    "DE": (
        Kept(ALWAYS, 10, "§ 14b UStG, before the Fourth Bureaucracy Relief Act"),
        # What could still be thrown away on 1 January 2025 was: § 27 (40) UStG.
        Kept(date(2015, 1, 1), 8, "§ 14b (1) UStG, § 27 (40) UStG"),
    ),
    "ES": (Kept(ALWAYS, 6, "Código de Comercio, art. 30"),),
    "FR": (Kept(ALWAYS, 10, "Code de commerce, art. L123-22"),),
    "IT": (Kept(ALWAYS, 10, "Codice civile, art. 2220"),),
    "NL": (Kept(ALWAYS, 7, "Algemene wet inzake rijksbelastingen, art. 52"),),
}


def kept(country: str, issued_on: date) -> Kept:
    """Return the rule for documents that a seller of a country issued on a day."""
    rules = COUNTRIES.get(country, (DEFAULT,))
    return next(one for one in reversed(rules) if one.since <= issued_on)


def kept_until(country: str, issued_on: date) -> date:
    """Return the last day on which a document has to be there."""
    return date(issued_on.year + kept(country, issued_on).years, 12, 31)


def kept_by(closed: Mapping[str, Any]) -> date:
    """Return the same for a closed document, by the country of who issued it."""
    issued_on = date.fromisoformat(closed["envelope"]["issued_on"])
    return kept_until(closed["entity"]["address"]["country"], issued_on)
