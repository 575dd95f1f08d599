"""Attempts to collect: what a provider is asked for, and what became of it."""

from solde.domain.attempts.attempt import (
    GIVEN_UP,
    PAGE_EXPIRED,
    Agrees,
    Answer,
    Attempt,
    AttemptState,
    Decline,
    Declines,
    NotKnown,
    Settles,
    Waits,
    after,
    amount_asked,
    must_be_another,
    told_declined,
)
from solde.domain.attempts.capabilities import PROVIDERS, Capabilities, able, payable

__all__ = [
    "GIVEN_UP",
    "PAGE_EXPIRED",
    "PROVIDERS",
    "Agrees",
    "Answer",
    "Attempt",
    "AttemptState",
    "Capabilities",
    "Decline",
    "Declines",
    "NotKnown",
    "Settles",
    "Waits",
    "able",
    "after",
    "amount_asked",
    "must_be_another",
    "payable",
    "told_declined",
]
