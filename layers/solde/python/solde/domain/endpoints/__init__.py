"""Endpoints: the seller's own systems that are told what happened, and how often."""

from solde.domain.endpoints.endpoint import Endpoint
from solde.domain.endpoints.happening import KINDS, TEST, Happening, happenings
from solde.domain.endpoints.schedule import ATTEMPTS, DISABLED_AFTER, next_call_at

__all__ = [
    "ATTEMPTS",
    "DISABLED_AFTER",
    "KINDS",
    "TEST",
    "Endpoint",
    "Happening",
    "happenings",
    "next_call_at",
]
