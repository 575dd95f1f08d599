from decimal import Decimal

from solde.domain.usage.extreme import Latest, Max


def test_the_largest_of_negative_values_is_negative():
    largest = Max()
    largest.add(Decimal(-7), 1, "a")
    largest.add(Decimal("-3.0"), 2, "b")
    assert largest.to_json() == ["max", 2, "-3"]


def test_an_empty_maximum_changes_nothing():
    largest = Max(2, Decimal(-3))
    largest.absorb(Max())
    assert largest.to_json() == ["max", 2, "-3"]
    empty = Max()
    empty.absorb(largest)
    assert empty.to_json() == ["max", 2, "-3"]


def test_the_latest_is_that_of_the_latest_instant_then_of_the_greater_identity():
    latest = Latest()
    latest.add(Decimal(1), 10, "b")
    latest.add(Decimal(2), 10, "a")
    latest.add(Decimal(3), 9, "z")
    assert latest.to_json() == ["latest", 3, 10, "b", "1"]
    latest.absorb(Latest(1, 11, "a", Decimal(5)))
    latest.absorb(Latest())
    assert latest.to_json() == ["latest", 4, 11, "a", "5"]
