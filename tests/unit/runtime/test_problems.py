"""Errors as answers: problem documents with a code, a pointer, and when to come back."""

import json

from solde.domain.errors import InvalidError, NotFoundError, StoreUnavailableError
from solde.runtime.problems import StaleVersionError, answer, as_answer, problem

DOCS = "https://github.com/solde-billing/solde/blob/main/docs/errors.md#"


def test_an_error_says_what_where_and_of_which_kind() -> None:
    found = problem(InvalidError("quantity: expected 0 or more, found -1", pointer="/quantity"))
    said = "quantity: expected 0 or more, found -1"
    assert found.status_code == 422
    assert json.loads(found.body) == {
        "type": f"{DOCS}invalid",
        "title": "The request breaks a rule",
        "status": 422,
        "code": "invalid",
        "detail": said,
        "errors": [{"pointer": "/quantity", "detail": said}],
    }


def test_without_a_field_there_are_no_rows() -> None:
    assert json.loads(problem(NotFoundError("run: expected run_…")).body)["errors"] == []


def test_what_may_be_repeated_says_when() -> None:
    assert problem(StoreUnavailableError("no answer")).headers["Retry-After"] == "1"
    assert "Retry-After" not in problem(InvalidError("x")).headers


def test_a_stale_version_brings_the_object_as_it_is_now() -> None:
    found = problem(StaleVersionError("version: expected 2, found 1", current={"version": 2}))
    assert found.status_code == 412
    assert json.loads(found.body)["current"] == {"version": 2}


def test_an_answer_in_the_form_of_the_gateway() -> None:
    found = as_answer(answer(503, "store_unavailable", "no answer"))
    assert found["statusCode"] == 503
    assert found["headers"] == {"Content-Type": "application/problem+json", "Retry-After": "1"}
    assert found["isBase64Encoded"] is False
