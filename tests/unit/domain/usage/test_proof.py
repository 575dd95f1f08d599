"""Two tellings of the same usage agree, and any other shows."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.usage.additive import Count, Sum
from solde.domain.usage.extreme import Max
from solde.domain.usage.proof import UsageProof

ON = date(2013, 1, 5)
ANN, BEN = ("cus_a", "sub_a"), ("cus_b", "sub_b")


def told(*rows) -> UsageProof:
    proof = UsageProof()
    for owner, meter, day, cells in rows:
        proof.add(owner, meter, day, cells)
    return proof


def differences(one: UsageProof, other: UsageProof) -> list[str]:
    return list(one.against(other))


def test_parts_in_any_order_are_the_whole() -> None:
    whole = told((ANN, "seats", ON, {("EWR",): Sum(5, Decimal("12.5"))}))
    parts = told(
        (ANN, "seats", ON, {("EWR",): Sum(2, Decimal("2.25"))}),
        (ANN, "seats", ON, {("EWR",): Sum(3, Decimal("10.25"))}),
    )
    assert differences(whole, parts) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            (ANN, "seats", ON, {(): Sum(4, Decimal("12.5"))}),
            "seats on 2013-01-05: expected 5 events, found 4",
        ),
        (
            (ANN, "seats", ON, {(): Sum(5, Decimal("12.6"))}),
            "seats on 2013-01-05: 5 events, but of others or with other quantities",
        ),
        (
            (BEN, "seats", ON, {(): Sum(5, Decimal("12.5"))}),
            "seats on 2013-01-05: 5 events, but of others or with other quantities",
        ),
        (
            (ANN, "seats", ON, {("EWR",): Sum(5, Decimal("12.5"))}),
            "seats on 2013-01-05: 5 events, but of others or with other quantities",
        ),
    ],
)
def test_what_differs_is_named(row, said: str) -> None:
    whole = told((ANN, "seats", ON, {(): Sum(5, Decimal("12.5"))}))
    assert differences(whole, told(row)) == [said]


def test_a_day_or_a_meter_that_is_only_on_one_side() -> None:
    whole = told((ANN, "departures", ON, {(): Count(1)}))
    other = told((ANN, "largest", ON, {(): Max(2, {Decimal(9): 2})}))
    assert differences(whole, other) == [
        "departures on 2013-01-05: expected 1 events, found 0",
        "largest on 2013-01-05: expected 0 events, found 2",
    ]
