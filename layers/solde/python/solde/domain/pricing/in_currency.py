"""What a price says in another currency: amounts of its own, never converted ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from solde.domain.errors import InvalidError
from solde.domain.pricing.model import PriceModel
from solde.domain.pricing.ramp import RampStep


@dataclass(frozen=True, slots=True)
class InCurrency:
    currency: str
    model: PriceModel
    ramp: tuple[RampStep, ...] = ()


def checked_currencies(first: InCurrency, others: Sequence[InCurrency]) -> None:
    """
    Prove that each currency is told once, and says the same things at the same times as the first.

    Raises:
        InvalidError: a currency twice, a model of another kind, or steps that begin otherwise.

    """
    seen = {first.currency}
    for place, one in enumerate(others):
        pointer = f"/currencies/{place}"
        if one.currency in seen:
            raise InvalidError(
                f"currencies: expected each once, found {one.currency} again",
                pointer=f"{pointer}/currency",
            )
        seen.add(one.currency)
        if type(one.model) is not type(first.model):
            raise InvalidError(
                f"model: expected {_name(first)} as in {first.currency}, found {_name(one)}",
                pointer=f"{pointer}/model",
            )
        if _begins(one) != _begins(first):
            raise InvalidError(
                f"ramp: expected steps {_begins(first)} as in {first.currency}, "
                f"found {_begins(one)}",
                pointer=f"{pointer}/ramp",
            )


def _name(one: InCurrency) -> str:
    return type(one.model).__name__.lower()


def _begins(one: InCurrency) -> list[str]:
    """Say when the steps begin, and which of them do so inside a period."""
    return [f"{step.begins}{' (mid period)' * step.mid_period}" for step in one.ramp]
