"""Errors: a stable code, and whether repeating can help."""

import pytest

from solde.domain.errors import (
    InvalidError,
    NotFoundError,
    SoldeError,
    StateConflictError,
    StoreUnavailableError,
    UnbalancedEntryError,
    within,
)


@pytest.mark.parametrize(
    ("kind", "code", "retryable"),
    [
        (SoldeError, "internal", False),
        (InvalidError, "invalid", False),
        (NotFoundError, "not_found", False),
        (StateConflictError, "state_conflict", False),
        (StoreUnavailableError, "store_unavailable", True),
        (UnbalancedEntryError, "unbalanced_entry", False),
    ],
)
def test_a_code_says_what_it_is_and_whether_to_repeat(kind, code, retryable) -> None:
    assert (kind.code, kind.retryable) == (code, retryable)
    assert issubclass(kind, SoldeError)


def test_an_error_says_what_was_found_and_where() -> None:
    error = InvalidError("quantity: expected 0 or more, found -1", pointer="/quantity")
    assert str(error) == "quantity: expected 0 or more, found -1"
    assert error.pointer == "/quantity"
    assert InvalidError("no field is at fault").pointer == ""


def test_a_part_points_at_its_place_in_the_whole() -> None:
    with pytest.raises(NotFoundError) as refused, within("/ramp/1"), within("/model"):
        raise NotFoundError("unit: expected one of ours, found 'x'", pointer="/unit")
    assert refused.value.pointer == "/ramp/1/model/unit"
    assert str(refused.value) == "unit: expected one of ours, found 'x'"
