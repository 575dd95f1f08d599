"""What a price says in other currencies, as stored."""

from collections.abc import Iterable, Sequence

from solde.domain.pricing.in_currency import InCurrency
from solde.storage.pricing.models import model_from_item, model_to_item
from solde.storage.pricing.ramp import ramp_from_item, ramp_to_item
from solde.storage.table import Item


def currencies_to_item(others: Iterable[InCurrency]) -> list[Item]:
    return [
        {
            "currency": one.currency,
            "model": model_to_item(one.model),
            **({"ramp": ramp_to_item(one.ramp)} if one.ramp else {}),
        }
        for one in others
    ]


def currencies_from_item(rows: Sequence[Item]) -> tuple[InCurrency, ...]:
    return tuple(
        InCurrency(
            one["currency"], model_from_item(one["model"]), ramp_from_item(one.get("ramp", ()))
        )
        for one in rows
    )
