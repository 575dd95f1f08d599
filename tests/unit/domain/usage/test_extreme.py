from decimal import Decimal

from solde.domain.usage.extreme import Max


def test_the_largest_of_negative_values_is_negative():
    largest = Max()
    largest.add(Decimal(-7), 1, "a")
    largest.add(Decimal("-3.0"), 2, "b")
    assert largest.settled().to_json() == ["max", 2, "-3"]


def test_an_empty_maximum_changes_nothing():
    largest = Max(2, {Decimal(-3): 2})
    largest.absorb(Max())
    assert largest.settled().to_json() == ["max", 2, "-3"]
    empty = Max()
    empty.absorb(largest)
    assert empty.to_json() == ["max", 2, "-3"]


def test_what_is_taken_back_leaves_the_next_largest():
    largest = Max()
    for value in (9, 4, 9):
        largest.add(Decimal(value), 1, "a")
    largest.remove(Decimal(9), 1, "a")
    assert largest.settled().to_json() == ["max", 2, "9"]
    largest.remove(Decimal("9.0"), 1, "a")
    assert largest.to_json() == ["max", 1, "4"]
    assert largest.settled().to_json() == ["max", 1, "4"]


def test_what_is_taken_back_before_it_came_is_no_value():
    gone = Max()
    gone.remove(Decimal(9), 1, "a")
    assert gone.to_json() == ["max", -1, "9"]
    gone.absorb(Max.from_json(3, [["9", 1], ["4", 2]]))
    assert gone.to_json() == ["max", 2, "4"]
