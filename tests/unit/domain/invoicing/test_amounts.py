"""What a stored line comes to: with and without tax in it, with and without discounts."""

import pytest

from solde.domain.invoicing.amounts import charged, counted, printed

OFF = {"allowances": [{"amount": 1_00}]}


@pytest.mark.parametrize(
    ("line", "amounts"),
    [
        ({"net": 10_00}, (10_00, 10_00, 10_00)),
        ({"net": 10_00, "base": 9_00, **OFF}, (10_00, 9_00, 9_00)),
        ({"net": -9_00, **OFF}, (-9_00, -9_00, -9_00)),  # a correction bears its discounts
        ({"net": 8_33, "with_tax": 9_99}, (9_99, 9_99, 8_33)),
        ({"net": 7_49, "with_tax": 8_99, "base": 8_99, **OFF}, (9_99, 8_99, 7_49)),
        ({"net": -7_49, "with_tax": -8_99, **OFF}, (-8_99, -8_99, -7_49)),
    ],
)
def test_printed_charged_and_counted(line, amounts) -> None:
    assert (printed(line), charged(line), counted(line)) == amounts
