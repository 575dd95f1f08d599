"""Filters of lists: what an id tells of when a thing was made, whose it is, in which state."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from solde.domain.errors import InvalidError
from solde.domain.identity import instant_of
from solde.runtime.paging import Row

Test = Callable[[Row], bool]


def older_than(since: str | None) -> Test:
    """
    Return a test for rows that were made before an instant.

    Raises:
        InvalidError: the text is no instant with its zone.

    """
    if since is None:
        return lambda _row: False
    bound = _instant(since)

    def older(row: Row) -> bool:
        made_at = instant_of(identity(row))
        return made_at is not None and made_at < bound

    return older


def made_since(since: str | None) -> Test:
    older = older_than(since)
    return lambda row: not older(row)


def issued_before(since: str | None) -> Test:
    """
    Return a test for documents that were issued days before an instant.

    Documents are listed by issue day, which is that of the seal in the zone of the seller.
    """
    if since is None:
        return lambda _row: False
    first_on = (_instant(since) - timedelta(days=1)).date().isoformat()
    return lambda row: str(row["issued_on"]) < first_on


def identity(row: Row) -> str:
    """Return the id of what a row is about."""
    sk = str(row["sk"])
    return str(row["pk"]).partition("#")[2] if sk in ("0", "B#1") else sk.rpartition("#")[2]


def one_of(name: str, wanted: Sequence[str] | None, known: Sequence[str]) -> frozenset[str]:
    """
    Return the values that a filter lets through; none given lets through all.

    Raises:
        InvalidError: a value is none that there is.

    """
    for value in wanted or ():
        if value not in known:
            raise InvalidError(
                f"{name}: expected one of {list(known)}, found {value[:100]!r}", pointer=f"/{name}"
            )
    return frozenset(wanted or known)


def _instant(text: str) -> datetime:
    said = f"created_at[gte]: expected an instant such as 2013-01-31T00:00:00Z, found {text[:50]!r}"
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise InvalidError(said, pointer="/created_at[gte]") from wrong
    if at.tzinfo is None:
        raise InvalidError(said, pointer="/created_at[gte]")
    return at
