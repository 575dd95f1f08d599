"""Addresses that others name and we call: https, by a public name, and nothing else."""

import re

from solde.domain.errors import InvalidError

URL = re.compile(r"https://([A-Za-z0-9.-]{4,253})(/[!-~]{0,500})?")
"""A host and a path: no user, no port, no fragment of another meaning."""
HOST = re.compile(r"(?=.*[a-z])([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
"""A name in the public tree: an address in numbers has no letter at its end."""
NOT_PUBLIC = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test", ".invalid")


def must_be_public(url: str) -> None:
    """
    Refuse what is no https address by a public name; what lies behind it is looked at later.

    Raises:
        InvalidError: another scheme, a port, a user, an address in numbers, a name of a network.

    """
    found = URL.fullmatch(url)
    host = found[1].lower() if found else ""
    if not HOST.fullmatch(host) or host.endswith(NOT_PUBLIC):
        raise InvalidError(
            "url: expected https, a public name of a host and a path, no user and no port, found "
            f"{url[:100]!r}",
            pointer="/url",
        )
