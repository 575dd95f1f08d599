"""Chance, given to those who need it: ids of what callers create, tokens, keys."""

import secrets

from solde.domain.identity import TAIL_BITS, new_id
from solde.runtime.clock import business_now


def fresh_id(prefix: str) -> str:
    return new_id(prefix, at=business_now(), tail=secrets.randbits(TAIL_BITS))


def key_secret() -> int:
    return secrets.randbits(130)
