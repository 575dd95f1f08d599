"""Explanation: every amount of a document as the fold of a tree, told from what billed it."""

from solde.domain.explanation.by_hand import Asked, by_hand
from solde.domain.explanation.deposits import of_deposit
from solde.domain.explanation.tree import explained

__all__ = ["Asked", "by_hand", "explained", "of_deposit"]
