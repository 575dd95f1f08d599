"""Addresses: the same whatever the case, and told without giving them away."""

import hashlib

import pytest

from solde.domain.invoicing.contact import contact_digest, masked


def test_an_address_is_the_same_in_other_letters() -> None:
    expected = hashlib.sha256(b"zoe@example.test").hexdigest()
    assert contact_digest(" Zoe@Example.TEST\n") == expected == contact_digest("zoe@example.test")


@pytest.mark.parametrize(
    ("address", "said"),
    [("zoe@example.test", "z***@example.test"), ("@x.test", "***@x.test"), ("", ""), ("zoe", "")],
)
def test_who_knows_it_sees_which_it_is(address, said) -> None:
    assert masked(address) == said
