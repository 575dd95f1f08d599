"""Who calls: an API key, hashed, looked up at most once a minute, with the scopes it was given."""

import hashlib
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from solde.domain.errors import SoldeError
from solde.domain.identity import ALPHABET
from solde.runtime.settings import settings
from solde.runtime.wiring import table
from solde.storage import keys

FRESH_SECONDS = 60
SECRET_LENGTH = 26
CHECK_LENGTH = 6
ALL = "*"


class UnauthenticatedError(SoldeError):
    code = "unauthenticated"


class ForbiddenError(SoldeError):
    """The key is known, but was not given the scope."""

    code = "missing_scope"


@dataclass(frozen=True, slots=True)
class Caller:
    """`key_id` is the first half of the key's hash: it names the caller in traces and audits."""

    key_id: str
    name: str
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        return ALL in self.scopes or scope in self.scopes


_seen: dict[str, tuple[float, Caller]] = {}


def authorise(headers: Mapping[str, str], scope: str) -> Caller:
    """
    Return the caller of a request, proved to hold a scope such as `customers:write`.

    Raises:
        UnauthenticatedError: no key, a malformed one, or one that is unknown or revoked.
        ForbiddenError: the key lacks the scope.

    """
    kind, _, key = headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not well_formed(key, settings.stage):
        raise UnauthenticatedError(
            f"Authorization: expected 'Bearer solde_{settings.stage}_…', found "
            f"{'another form' if key or kind else 'nothing'}"
        )
    caller = _caller(hash_of(key))
    if not caller.may(scope):
        raise ForbiddenError(f"scope: expected a key with {scope}")
    return caller


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def make_key(stage: str, secret: int) -> str:
    """Return a key from 130 bits of chance; its last characters let a typing error be seen."""
    text = "".join(ALPHABET[(secret >> (5 * place)) & 31] for place in range(SECRET_LENGTH))
    return f"solde_{stage}_{text}{_check(text)}"


def well_formed(key: str, stage: str) -> bool:
    text = key.removeprefix(f"solde_{stage}_")
    if len(text) != SECRET_LENGTH + CHECK_LENGTH or not text.isascii():
        return False
    return _check(text[:SECRET_LENGTH]) == text[SECRET_LENGTH:]


def _check(text: str) -> str:
    number = zlib.crc32(text.encode())
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(CHECK_LENGTH))


def _caller(digest: str) -> Caller:
    now = time.monotonic()
    held = _seen.get(digest)
    if held and now - held[0] <= FRESH_SECONDS:
        return held[1]
    item = table().get(keys.api_key(digest))
    if item is None or item.get("revoked"):
        _seen.pop(digest, None)
        raise UnauthenticatedError("Authorization: expected a key that is known and not revoked")
    caller = Caller(digest[:16], item["name"], frozenset(item["scopes"]))
    _seen[digest] = (now, caller)
    return caller
