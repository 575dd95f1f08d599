"""Which layers a document takes: those of its entity that fit its customer, on its day of issue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from solde.domain.errors import InvalidError
from solde.domain.templates.template import MEASURED, Template, template_id


class Choice(NamedTuple):
    """A version of a layer, and the first day of issue that it is for."""

    template: str
    version: int
    since: date
    parts: tuple[str, ...] = ()
    """What of usage it shows."""


def with_choice(known: Sequence[Choice], new: Template, today: date) -> tuple[Choice, ...]:
    """
    Return the choices of an entity with a new version among them, by layer and day.

    A version from the same day on takes the place of the one before. What no document of today or
    later can take is left out; documents that are drafted name what they take themselves.
    """
    parts = tuple(one for one in MEASURED if new.show.get(one))
    added = Choice(new.id, new.version, new.since, parts)
    kept = [one for one in known if (one.template, one.since) != (added.template, added.since)]
    every = sorted([*kept, added], key=lambda one: (one.template, one.since))
    return tuple(
        one
        for one, after in zip(every, [*every[1:], None], strict=True)
        if not (after and after.template == one.template and after.since < today)
    )


def chosen(known: Iterable[Choice], entity: str, group: str, language: str) -> tuple[Choice, ...]:
    """Return what fits a customer, the most specific layer first: a group before a language."""
    primary = language.partition("-")[0]
    groups = [group, ""] if group else [""]
    languages = list(dict.fromkeys([language, primary, ""]))
    order = [template_id(entity, one, said) for one in groups for said in languages]
    fitting = [one for one in known if one.template in order]
    return tuple(sorted(fitting, key=lambda one: (order.index(one.template), one.since)))


def drafted(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    """Return choices as a document carries them; it is issued on a day that is not known yet."""
    return [
        {"template": one.template, "version": one.version, "since": one.since.isoformat()}
        for one in choices
    ]


def pinned(document: Mapping[str, Any], issued_on: str) -> list[tuple[str, int]]:
    """Return the layers of a document on its day of issue, the most specific first."""
    found: dict[str, int] = {}
    for one in document.get("templates", ()):
        if one["since"] <= issued_on:
            found[one["template"]] = one["version"]
    return list(found.items())


def must_follow(new: Template, before: Template | None, today: date) -> None:
    """
    Refuse a version out of its turn, or one for documents that may be issued already.

    Raises:
        InvalidError: not the version that follows, or one since a day that is over.

    """
    expected = before.version + 1 if before else 1
    if new.version != expected:
        raise InvalidError(f"version: expected {expected}, found {new.version}", pointer="/version")
    if new.since < today:
        raise InvalidError(f"since: expected {today} or later, found {new.since}", pointer="/since")
