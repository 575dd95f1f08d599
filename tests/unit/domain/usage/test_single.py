from decimal import Decimal

from solde.domain.usage.single import Rows, Singles


def fields(*texts: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, texts))


def test_events_of_a_day_stand_in_order_of_time_then_identity():
    found = Singles()
    found.add(fields("1000", "2.50"), 20, "b")
    found.add(fields("10", "0"), 20, "a")
    found.absorb(Singles(1, [(10, "c", fields("7.0", "1"))]))
    assert found.to_json() == [
        *("singles", 3, [[10, "c", ["7", "1"]], [20, "a", ["10", "0"]], [20, "b", ["1000", "2.5"]]])
    ]
    closed = found.settled()
    assert closed.to_json() == ["rows", 3, [["7", "1"], ["10", "0"], ["1000", "2.5"]]]
    assert closed.total == Decimal(1017)


def test_an_event_that_is_taken_back_is_no_row():
    found = Singles()
    found.add(fields("1"), 1, "a")
    found.add(fields("2"), 2, "b")
    found.remove(fields("1"), 1, "a")
    assert found.settled() == Rows(1, (fields("2"),))
    assert Singles.from_json(1, found.to_json()[2:]).settled() == found.settled()
