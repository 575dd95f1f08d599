"""Codes and statuses: one table, every status with a title."""

import pytest

from solde.runtime.statuses import STATUSES, TITLES, problem_document, retry_headers, status_of


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("not_found", 404),
        ("unauthenticated", 401),
        ("missing_scope", 403),
        ("state_conflict", 409),
        ("stale_version", 412),
        ("idempotency_mismatch", 422),
        ("store_unavailable", 503),
        ("a_code_of_its_own", 422),
    ],
)
def test_the_status_of_a_code(code, status) -> None:
    assert status_of(code) == status


def test_every_status_has_a_title() -> None:
    assert {*STATUSES.values(), 422} <= set(TITLES)
    assert problem_document(404, "not_found", "gone")["title"] == "Not found"


@pytest.mark.parametrize(
    ("status", "later"), [(409, True), (503, True), (404, False), (200, False)]
)
def test_whether_to_come_back(status, later) -> None:
    assert bool(retry_headers(status)) is later
