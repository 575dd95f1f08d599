"""The one byte form of a document."""

import pytest

from solde.domain.invoicing.canonical import canonical, close, digest, opened

DRAFT = {"kind": "invoice", "currency": "EUR", "lines": [{"net": -1, "description": "Énergie 1 €"}]}


def test_bytes_are_sorted_tight_and_utf_8() -> None:
    assert canonical(DRAFT) == (
        '{"currency":"EUR","kind":"invoice",'
        '"lines":[{"description":"Énergie 1 €","net":-1}]}'.encode()
    )


def test_the_order_of_the_keys_is_of_no_account() -> None:
    assert canonical(dict(reversed(DRAFT.items()))) == canonical(DRAFT)


def test_a_digest_is_the_sha_256_of_the_bytes() -> None:
    # printf '{"a":1}' | sha256sum
    expected = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    assert digest(canonical({"a": 1})) == expected


def test_what_is_no_number_has_no_bytes() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        canonical({"net": float("nan")})


def test_a_closed_document_without_its_envelope_is_the_draft() -> None:
    closed = close(DRAFT, {"number": "F-2027-000001"})
    assert closed["envelope"] == {"number": "F-2027-000001"}
    assert opened(closed) == DRAFT
    assert "envelope" not in DRAFT
