"""Calls to addresses that others have named: guarded, and answered by a status alone."""

from collections.abc import Mapping
from typing import Protocol

from solde.domain.errors import SoldeError


class OutboundRefusedError(SoldeError):
    """An address that others named leads where no call of ours may go."""

    code = "outbound_refused"


class OutboundUnavailableError(SoldeError):
    """No answer that says the call was taken: it is made again, under the same id."""

    code = "outbound_unavailable"
    retryable = True


class Outbound(Protocol):
    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """
        Post to a public https address, and return the status; no redirect is followed.

        Raises:
            OutboundRefusedError: the address is none that may be called.
            OutboundUnavailableError: no answer.

        """
        ...
