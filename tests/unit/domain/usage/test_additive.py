from decimal import Decimal

from solde.domain.usage.additive import Count, Sum


def test_a_count_needs_no_value():
    count = Count()
    count.add(None, 1, "a")
    count.add(None, 2, "b")
    count.absorb(Count(3))
    assert count.to_json() == ["count", 5]


def test_a_sum_loses_nothing():
    total = Sum()
    total.add(Decimal("999999999999999.999999999999"), 1, "a")
    total.add(Decimal("0.000000000001"), 2, "b")
    total.absorb(Sum(1, Decimal("-0.50")))
    assert total.to_json() == ["sum", 3, "999999999999999.5"]
