"""Steps of a ramp are read as they were written."""

from datetime import date
from decimal import Decimal

from solde.domain.pricing.flat import Flat
from solde.domain.pricing.ramp import RampStep
from solde.storage.pricing import ramp_from_item, ramp_to_item

FLAT = Flat(Decimal("75.00"))
STEPS = (RampStep(FLAT, 3), RampStep(FLAT, 0, date(2027, 7, 1), mid_period=True))


def test_steps_there_and_back() -> None:
    rows = ramp_to_item(STEPS)
    said = {"model": "flat", "amount": "75.00"}
    assert rows == [
        {"after_months": 3, "model": said},
        {"from_on": "2027-07-01", "mid_period": True, "model": said},
    ]
    assert ramp_from_item(rows) == STEPS
    assert ramp_from_item(()) == ()
