"""Requests for top-ups: what was asked for wallets that run low."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from solde.domain.settlement import TopUpRequest


class Refills(Protocol):
    def latest(self, customer_id: str, wallet_id: str) -> TopUpRequest | None: ...

    def requests(self, customer_id: str, wallet_id: str) -> Sequence[TopUpRequest]:
        """Read all requests of a wallet, by number."""
        ...

    def ask(self, request: TopUpRequest, *, at: datetime) -> bool:
        """Write a request with its announcement; False when there is one of that number."""
        ...

    def not_needed(self, request: TopUpRequest) -> bool:
        """Write that an open request is not needed; False when it is open no more."""
        ...
