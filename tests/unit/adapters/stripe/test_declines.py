"""Codes as Stripe documents them, by what can be done after them."""

import pytest

from solde.adapters.stripe.declines import kind


@pytest.mark.parametrize(
    ("code", "is_"),
    [
        ("stolen_card", "hard"),
        ("expired_card", "hard"),
        ("authentication_required", "action"),
        ("insufficient_funds", "soft"),
        ("a_code_of_tomorrow", "soft"),
    ],
)
def test_kinds(code, is_) -> None:
    assert kind(code).value == is_
