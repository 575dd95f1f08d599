"""Close: a month of the books that somebody asked for."""

from datetime import date
from typing import Any

from solde.runtime.books import books_context
from solde.runtime.messages import Event, each_detail
from solde.runtime.observe import tell
from solde.workflows.close_books import close_books


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _close)


def _close(detail: Event) -> None:
    closed = close_books(
        detail["entity"], date.fromisoformat(f"{detail['month']}-01"), books_context()
    )
    tell("month closed", entity=closed.entity, month=closed.name, entries=closed.entries)
