"""What can be wrong with a request or a fact: a stable code, and whether repeating can help."""

from collections.abc import Iterator
from contextlib import contextmanager


class SoldeError(Exception):
    """`code` is stable and listed in docs/errors.md; the text says field, expected and found."""

    code = "internal"
    retryable = False

    def __init__(self, message: str, *, pointer: str = "") -> None:
        """`pointer` is the JSON pointer of the field that is at fault, where there is one."""
        super().__init__(message)
        self.pointer = pointer


class InvalidError(SoldeError):
    """Well-formed, but breaks a rule of the trade."""

    code = "invalid"


@contextmanager
def within(pointer: str) -> Iterator[None]:
    """Let what is refused of a part point at its place in the whole."""
    try:
        yield
    except SoldeError as wrong:
        wrong.pointer = f"{pointer}{wrong.pointer}"
        raise


class NotFoundError(SoldeError):
    code = "not_found"


class StateConflictError(SoldeError):
    """Right in itself, but not in the state that the thing is in now."""

    code = "state_conflict"


class StoreUnavailableError(SoldeError):
    """No answer from the table: the write may or may not have happened. Repeat it as it is."""

    code = "store_unavailable"
    retryable = True


class UnbalancedEntryError(SoldeError):
    code = "unbalanced_entry"
