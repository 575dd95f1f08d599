"""How an explanation is set: an amount in its currency, and what stands left and right of dots."""

from decimal import Decimal

from solde.domain.money import EXPONENTS

WIDTH = 78


def money(minor: int, code: str) -> str:
    return f"{Decimal(minor).scaleb(-EXPONENTS[code]):f}"


def set_out(left: str, right: str) -> str:
    return f"{left} {'.' * max(WIDTH - len(left) - len(right), 2)} {right}"
