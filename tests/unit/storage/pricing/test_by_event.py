"""Models of what events carry, in the shapes that are stored."""

from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing.carried import Carried
from solde.domain.pricing.formula import Formula
from solde.domain.pricing.graduated_percentage import GraduatedPercentage
from solde.domain.pricing.percentage import Percentage
from solde.domain.pricing.tiers import Tier
from solde.storage.pricing.by_event import EVENT_MODELS, event_from_item, event_to_item

D = Decimal
OPEN = {"up_to": None, "unit_amount": "2", "flat_amount": "0"}
TIERS = (Tier(None, D(2)),)
SHAPES = [
    (
        Percentage(D("2.9"), D("0.30"), free_events=2, maximum=D(5)),
        {
            "model": "percentage",
            "percent": "2.9",
            "fixed_amount": "0.30",
            "free_events": 2,
            "free_amount": None,
            "minimum": None,
            "maximum": "5",
        },
    ),
    (GraduatedPercentage(TIERS), {"model": "graduated_percentage", "tiers": [OPEN]}),
    (
        Formula.of("weight * 2", ("weight",)),
        {"model": "formula", "formula": "weight * 2", "fields": ["weight"]},
    ),
    (Carried(), {"model": "carried"}),
]


@pytest.mark.parametrize(("model", "item"), SHAPES)
def test_a_model_is_stored_as_it_is_said_and_read_back(model, item) -> None:
    assert event_to_item(model) == item
    assert event_from_item(item) == model


def test_every_name_has_its_shape_and_no_other_is_known() -> None:
    assert {item["model"] for _, item in SHAPES} == set(EVENT_MODELS)
    with pytest.raises(InvalidError, match="expected one of events, found 'magic'"):
        event_from_item({"model": "magic"})
