"""Define: the next version of a template, whose texts are proved before anybody is billed by it."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from solde.domain.templates import Template, must_follow
from solde.ports.records import Record


class Templates(Protocol):
    def latest(self, identity: str) -> tuple[Template, Record] | None: ...

    def put(self, template: Template, record: Record, *, today: date) -> None: ...


def define_template(
    template: Template,
    templates: Templates,
    record: Record,
    *,
    today: date,
    prove: Callable[[Template], None],
) -> None:
    """
    Store a version of a template; the same again is harmless.

    Documents that are issued keep what they were issued with.

    Raises:
        InvalidError: not the version that follows, since a day that is over, or what `prove`
            refuses of it.
        NotFoundError: there is no such entity.
        StateConflictError: somebody else has stored this version meanwhile.

    """
    kept = templates.latest(template.id)
    before = kept[0] if kept else None
    if before == template:
        return
    must_follow(template, before, today)
    prove(template)
    templates.put(template, record, today=today)
