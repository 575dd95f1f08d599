from decimal import Decimal

from solde.domain.usage.gauge import Points, area_under


def test_the_area_is_value_times_time_between_the_points():
    points = Points()
    points.add(Decimal(5), 300, "c")
    points.add(Decimal(10), 100, "a")
    points.absorb(Points(1, [(200, "b", Decimal("2.5"))]))
    # 10 × 100 + 2.5 × 100 = 1250; then 5 holds
    assert area_under(points).to_json() == ["area", 3, 100, 300, "5", "1250"]


def test_of_two_points_at_one_instant_the_greater_identity_holds():
    points = Points(3, [(100, "b", Decimal(1)), (100, "a", Decimal(9)), (200, "c", Decimal(0))])
    assert area_under(points).to_json() == ["area", 3, 100, 200, "0", "100"]


def test_a_single_point_has_no_area():
    assert area_under(Points(1, [(7, "a", Decimal(3))])).to_json() == ["area", 1, 7, 7, "3", "0"]


def test_points_are_written_in_order():
    assert Points(2, [(2, "a", Decimal("1.0")), (1, "b", Decimal(2))]).to_json() == [
        *("points", 2, [[1, "b", "2"], [2, "a", "1"]]),
    ]
