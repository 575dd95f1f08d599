"""Digests are pinned: the index of events seen must recognise them for ever."""

from solde.domain.usage.identity import content_digest, identity


def test_the_identity_of_an_event():
    # printf 'urn:a\0e-1' | sha256sum | cut -c1-32
    assert identity("urn:a", "e-1") == "26a48f9d0dd784fe06a0fbf91c8d6627"


def test_source_and_id_are_told_apart():
    assert identity("a", "bc") != identity("ab", "c")


def test_the_content_digest():
    # printf '{}' | sha256sum | cut -c1-16
    assert content_digest(b"{}") == "44136fa355b3678a"
