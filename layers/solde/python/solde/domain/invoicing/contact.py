"""Addresses of people: recognised by a digest, and told without giving them away."""

import hashlib


def contact_digest(text: str) -> str:
    """Return what an address, or where a webhook goes, is recognised by; letters are as small."""
    return hashlib.sha256(text.strip().lower().encode()).hexdigest()


def masked(address: str) -> str:
    """Say an address so that who knows it sees which it is, and nobody else can write to it."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}" if at else ""
