from decimal import Decimal

from solde.domain.usage.log import Latest


def latest(*points: tuple[int, str, int]) -> Latest:
    found = Latest()
    for at_us, tie, value in points:
        found.add(Decimal(value), at_us, tie)
    return found


def test_the_latest_is_that_of_the_latest_instant_then_of_the_greater_identity():
    found = latest((10, "b", 1), (10, "a", 2), (9, "z", 3))
    assert found.settled().to_json() == ["latest", 3, 10, "b", "1"]
    found.absorb(latest((11, "a", 5)))
    found.absorb(Latest())
    assert found.settled().to_json() == ["latest", 4, 11, "a", "5"]


def test_single_files_keep_every_point_in_order():
    found = latest((10, "b", 1), (9, "z", 3))
    rows = ["latest", 2, [[9, "z", "3"], [10, "b", "1"]]]
    assert found.to_json() == rows
    assert Latest.from_json(*rows[1:2], rows[2:]).to_json() == rows


def test_taking_the_latest_back_leaves_the_one_before_it():
    found = latest((10, "b", 1), (10, "a", 2))
    found.remove(Decimal(1), 10, "b")
    assert found.settled().to_json() == ["latest", 1, 10, "a", "2"]


def test_what_is_taken_back_may_be_told_before_what_it_takes_back():
    found = Latest()
    found.remove(Decimal(1), 10, "b")
    assert found.to_json() == ["latest", -1, [], [[10, "b", "1"]]]
    found.absorb(latest((10, "b", 1), (9, "a", 2)))
    assert found.settled().to_json() == ["latest", 1, 9, "a", "2"]
