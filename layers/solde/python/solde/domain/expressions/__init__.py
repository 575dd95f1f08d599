"""A small language for prices by formula: numbers, named inputs, arithmetic, conditions."""

from solde.domain.expressions.evaluate import evaluate
from solde.domain.expressions.parse import parse
from solde.domain.expressions.tree import Expression

__all__ = ["Expression", "evaluate", "parse"]
