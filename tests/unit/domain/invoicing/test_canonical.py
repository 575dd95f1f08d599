"""The one byte form of a document."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.invoicing.canonical import canonical, close, digest, opened

DRAFT = {"kind": "invoice", "currency": "EUR", "lines": [{"net": -1, "description": "Énergie 1 €"}]}


def test_bytes_are_sorted_tight_and_utf_8() -> None:
    assert canonical(DRAFT) == (
        '{"currency":"EUR","kind":"invoice",'
        '"lines":[{"description":"Énergie 1 €","net":-1}]}'.encode()
    )


def test_a_number_of_more_than_64_bits_is_written_alike() -> None:
    large = {"b": [2**70, 1], "a": "é"}
    assert canonical(large) == '{"a":"é","b":[1180591620717411303424,1]}'.encode()


def test_the_order_of_the_keys_is_of_no_account() -> None:
    assert canonical(dict(reversed(DRAFT.items()))) == canonical(DRAFT)


def test_a_digest_is_the_sha_256_of_the_bytes() -> None:
    # printf '{"a":1}' | sha256sum
    expected = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    assert digest(canonical({"a": 1})) == expected


def test_what_json_has_no_form_for_has_no_bytes() -> None:
    for stray in (Decimal(1), date(2027, 1, 1), b"x", {1}):
        with pytest.raises(TypeError):
            canonical({"net": stray})


texts = st.text(st.characters(codec="utf-8"), max_size=4)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(texts, documents, max_size=3))
def test_the_bytes_are_those_of_the_standard_library(document) -> None:
    """So that whoever checks a document needs nothing else; large numbers are among them."""
    expected = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical(document) == expected.encode()


def test_a_closed_document_without_its_envelope_is_the_draft() -> None:
    closed = close(DRAFT, {"number": "F-2027-000001"})
    assert closed["envelope"] == {"number": "F-2027-000001"}
    assert opened(closed) == DRAFT
    assert "envelope" not in DRAFT
