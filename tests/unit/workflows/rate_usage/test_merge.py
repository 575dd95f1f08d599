"""Merging: only touched days of touched customers are written, rebuilt from all results."""

from tests.support.usage_world import UsageWorld, flight


def generations(world: UsageWorld) -> dict[str, dict[str, int]]:
    return {
        f"{key.pk} {key.sk}": {
            line[:2]: int(line.split(" ")[1]) for line in item["days"].split("\n")
        }
        for key, item in world.table.items.items()
        if key.sk.endswith("#departures")
    }


def test_untouched_days_and_customers_are_left_alone():
    world = UsageWorld()
    world.send(
        flight(1, "2013-01-05T12:00:00"),
        flight(2, "2013-01-06T12:00:00"),
        flight(3, "2013-01-05T12:00:00", subject="UA-JFK"),
        flight(4, "2013-01-05T12:00:00", subject="DL-LGA"),
    )
    world.rate()
    marked = world.table.items["A#cus_dl", "B#0#nyc"]["rev"]
    world.send(flight(5, "2013-01-05T12:00:00"), now="2013-02-01T07:00:00")
    world.rate("2013-02-02T06:00:00")
    assert generations(world) == {
        "A#cus_ua U#2013-01#sub_UA-EWR#departures": {"05": 2, "06": 1},
        "A#cus_ua U#2013-01#sub_UA-JFK#departures": {"05": 1},
        "A#cus_dl U#2013-01#sub_DL-LGA#departures": {"05": 1},
    }
    assert world.table.items["A#cus_dl", "B#0#nyc"]["rev"] == marked


def test_a_day_is_rebuilt_from_results_and_never_from_what_is_stored():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00"))
    world.rate()
    for key, item in world.table.items.items():
        if key.sk.endswith("#departures"):
            item["days"] = '05 1 [[[],["count",99]]]'
    world.send(flight(2, "2013-01-05T12:00:00"), now="2013-02-01T07:00:00")
    world.rate("2013-02-02T06:00:00")
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": '[[[],["count",2]]]'}


def test_months_are_written_one_after_the_other():
    world = UsageWorld()
    world.send(*(flight(month, f"2012-{month:02d}-05T12:00:00") for month in range(6, 13)))
    world.rate()
    days = world.texts("cus_ua", "UA-EWR", "departures")
    assert list(days) == [f"2012-{month:02d}-05" for month in range(6, 13)]
    assert set(days.values()) == {'[[[],["count",1]]]'}


def test_more_customers_than_are_handed_over_together():
    world = UsageWorld()
    names = [f"X{number:03d}" for number in range(450)]
    for name in names:
        world.customer(f"cus_{name}", name, f"{name}-S")
    world.send(*(flight(name, "2013-01-05T12:00:00", subject=f"{name}-S") for name in names))
    assert world.rate().totals["rated"] == 450
    assert all(world.texts(f"cus_{name}", f"{name}-S", "seats") for name in names)
