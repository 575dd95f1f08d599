"""The steps of a ramp as stored: when each begins, and its model."""

from collections.abc import Iterable, Sequence
from datetime import date

from solde.domain.pricing.ramp import RampStep
from solde.storage.pricing.models import model_from_item, model_to_item
from solde.storage.table import Item


def ramp_to_item(steps: Iterable[RampStep]) -> list[Item]:
    return [
        {
            **({"after_months": one.after_months} if one.after_months else {}),
            **({"from_on": one.from_on.isoformat()} if one.from_on else {}),
            **({"mid_period": True} if one.mid_period else {}),
            "model": model_to_item(one.model),
        }
        for one in steps
    ]


def ramp_from_item(rows: Sequence[Item]) -> tuple[RampStep, ...]:
    return tuple(
        RampStep(
            model_from_item(one["model"]),
            int(one.get("after_months", 0)),
            date.fromisoformat(one["from_on"]) if "from_on" in one else None,
            one.get("mid_period", False),
        )
        for one in rows
    )
