"""Rating as stories: every event once, whatever is sent twice, late, wrong, or to nobody."""

from datetime import date

from solde.domain.catalog import Aggregation, Meter
from solde.storage import keys
from tests.support.usage_world import UsageWorld, flight

ONE = '[[[],["count",1]]]'
TWO = '[[[],["count",2]]]'


def test_an_event_belongs_to_the_day_of_its_time_in_the_zone_of_the_subscription():
    world = UsageWorld()
    # 22:30 on the 31st in New York is 03:30 on 1 February in UTC
    world.send(flight(1, "2013-02-01T03:30:00"), flight(2, "2013-02-01T05:00:00"))
    world.rate()
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-31": ONE, "2013-02-01": ONE}


def test_events_of_a_day_come_to_one_state_for_each_meter_and_cell():
    world = UsageWorld()
    world.send(
        flight(1, "2013-01-05T12:00:00", seats="3.20", band="05-06", tail="N1"),
        flight(2, "2013-01-05T13:00:00", seats=7, band="07-09", tail="N2"),
        flight(3, "2013-01-05T14:00:00", seats="0.8", band="05-06", tail="N1"),
    )
    world.rate()
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": '[[[],["count",3]]]'}
    assert world.texts("cus_ua", "UA-EWR", "seats") == {"2013-01-05": '[[[],["sum",3,"11"]]]'}
    assert world.texts("cus_ua", "UA-EWR", "largest") == {"2013-01-05": '[[[],["max",3,"7"]]]'}
    assert world.texts("cus_ua", "UA-EWR", "runway") == {
        "2013-01-05": '[[["EWR","05-06"],["count",2]],[["EWR","07-09"],["count",1]]]'
    }
    (last,) = world.days("cus_ua", "UA-EWR", "last").values()
    assert last.cells[()].to_json()[4] == "0.8"
    (tails,) = world.days("cus_ua", "UA-EWR", "tails").values()
    assert len(tails.cells[()].to_json()[2]) == 2


def test_points_of_a_gauge_are_summed_up_when_the_day_is_together():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00", type="gate.held", planes=2))
    world.rate()
    world.send(
        flight(2, "2013-01-05T11:00:00", type="gate.held", planes=6), now="2013-02-02T00:00:00"
    )
    world.rate("2013-02-02T06:00:00")
    # 6 for an hour of 3,600,000,000 µs, then 2
    text = '[[[],["area",2,1357383600000000,1357387200000000,"2","21600000000"]]]'
    assert world.texts("cus_ua", "UA-EWR", "parked") == {"2013-01-05": text}


def test_an_event_sent_again_in_the_same_words_counts_once():
    world = UsageWorld()
    one = flight(1, "2013-01-05T12:00:00")
    world.send(one, one)
    world.rate()
    world.send(one, now="2013-02-01T07:00:00")
    rated = world.rate("2013-02-02T06:00:00")
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": ONE}
    assert rated.totals == {"read": 3, "rated": 1, "duplicates": 2, "open": 0}


def test_an_identity_used_again_for_another_event_is_a_conflict_and_listed():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00"))
    world.rate()
    world.send(flight(1, "2013-01-06T12:00:00"), now="2013-02-01T07:00:00")
    rated = world.rate("2013-02-02T06:00:00")
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": ONE}
    assert rated.totals == {"read": 2, "rated": 1, "open": 0, "final.conflict": 1}


def test_the_same_id_of_two_sources_names_two_events():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00"), flight(1, "2013-01-05T12:00:00") | {"source": "b"})
    world.rate()
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": TWO}


def test_rating_again_changes_nothing():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00"))
    first = world.rate()
    before = dict(world.table.items)
    assert world.rate() == first
    assert world.table.items == before


def test_a_late_event_joins_the_day_that_was_rated_before():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00"), flight(2, "2013-01-06T12:00:00"))
    world.rate()
    world.send(flight(3, "2013-01-05T15:00:00"), now="2013-02-01T07:00:00")
    world.rate("2013-02-02T06:00:00")
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": TWO, "2013-01-06": ONE}
    days = world.days("cus_ua", "UA-EWR", "departures")
    assert {day.day: state.generation for day, state in days.items()} == {5: 2, 6: 1}


def test_an_event_of_an_unknown_subject_waits_until_the_subscription_is_there():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00", subject="AA-JFK"))
    assert world.rate().totals == {"read": 1, "rated": 0, "open": 1}
    world.subscribe("cus_dl", "AA-JFK")
    rated = world.rate("2013-02-02T06:00:00")
    assert rated.totals == {"read": 1, "rated": 1, "open": 0}
    assert world.texts("cus_dl", "AA-JFK", "departures") == {"2013-01-05": ONE}


def test_an_event_of_an_unknown_type_waits_for_its_meter():
    world = UsageWorld(meters=())
    world.send(flight(1, "2013-01-05T12:00:00"))
    assert world.rate().totals == {"read": 1, "rated": 0, "open": 1}
    world.catalog.put(Meter("departures", "flight.departed", Aggregation.COUNT))
    assert world.rate("2013-02-02T06:00:00").totals == {"read": 1, "rated": 1, "open": 0}
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": ONE}


def test_what_waits_and_is_sent_again_counts_once_in_the_end():
    world = UsageWorld()
    one = flight(1, "2013-01-05T12:00:00", subject="AA-JFK")
    world.send(one, one)
    world.rate()
    world.send(one, now="2013-02-01T07:00:00")
    world.rate("2013-02-02T06:00:00")
    world.subscribe("cus_dl", "AA-JFK")
    rated = world.rate("2013-02-03T06:00:00")
    assert world.texts("cus_dl", "AA-JFK", "departures") == {"2013-01-05": ONE}
    assert rated.totals == {"read": 3, "rated": 1, "duplicates": 2, "open": 0}


def test_what_waits_may_be_sent_again_corrected():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00", subject="UA-ERW"))
    world.rate()
    world.send(flight(1, "2013-01-05T12:00:00"), now="2013-02-01T07:00:00")
    world.rate("2013-02-02T06:00:00")
    rated = world.rate("2013-02-03T06:00:00")
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": ONE}
    assert rated.totals == {"read": 2, "rated": 1, "open": 0, "final.conflict": 1}


def test_what_nobody_repairs_within_35_days_is_tried_no_more():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00", subject="AA-JFK"))
    world.rate()
    assert world.rate("2013-03-08T04:00:00").totals == {"read": 1, "rated": 0, "open": 1}
    rated = world.rate("2013-03-08T06:00:00")
    assert rated.totals == {"read": 1, "rated": 0, "open": 0, "final.unknown_subject": 1}
    assert world.rate("2013-03-09T06:00:00") == rated


def test_a_customer_with_one_subscription_is_a_subject():
    world = UsageWorld()
    world.send(
        flight(1, "2013-01-05T12:00:00", subject="DL"),
        flight(2, "2013-01-05T12:00:00", subject="cus_dl"),
        flight(3, "2013-01-05T12:00:00", subject="sub_DL-LGA"),
        flight(4, "2013-01-05T12:00:00", subject="UA"),
    )
    assert world.rate().totals == {"read": 4, "rated": 3, "open": 1}
    assert world.texts("cus_dl", "DL-LGA", "departures") == {"2013-01-05": '[[[],["count",3]]]'}


def test_a_day_behind_the_horizon_of_13_months_is_listed_and_not_counted():
    world = UsageWorld()
    world.send(flight(1, "2011-12-31T12:00:00"), flight(2, "2012-01-01T12:00:00"))
    rated = world.rate()  # for 1 February 2013
    assert rated.totals == {"read": 2, "rated": 1, "open": 0, "final.beyond_horizon": 1}
    assert list(world.texts("cus_ua", "UA-EWR", "departures")) == ["2012-01-01"]


def test_a_duplicate_is_known_for_as_long_as_its_day_can_be_billed():
    world = UsageWorld()
    one = flight(1, "2013-01-05T12:00:00")
    world.send(one)
    world.rate()
    world.send(one, flight(1, "2013-01-06T12:00:00"), now="2014-01-01T00:00:00")
    rated = world.rate("2014-01-02T06:00:00")
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": ONE}
    assert rated.totals == {"read": 3, "rated": 1, "open": 0, "duplicates": 1, "final.conflict": 1}


def test_how_far_the_days_of_an_entity_are_rated_only_moves_forward():
    world = UsageWorld()
    assert world.usage.rated_to_on("nyc") is None
    world.rate("2013-02-01T04:59:00")  # still 31 January in New York
    assert world.usage.rated_to_on("nyc") == date(2013, 1, 31)
    world.rate("2013-02-01T05:00:00")
    assert world.usage.rated_to_on("nyc") == date(2013, 2, 1)
    world.rate("2013-01-15T05:00:00")
    assert world.usage.rated_to_on("nyc") == date(2013, 2, 1)


def test_a_day_without_events_takes_no_number():
    world = UsageWorld()
    assert world.rate().number == 0
    assert world.objects.bodies == {}


def test_what_arrives_in_an_hour_that_was_rated_before_is_read_by_the_next():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00"), now="2013-02-01T05:10:00")
    world.rate(began_at="2013-02-01T05:20:00")
    world.send(flight(2, "2013-01-05T13:00:00"), now="2013-02-01T05:30:00")
    # two days later the hour is closed, but no execution has looked since
    world.rate("2013-02-03T06:00:00")
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": TWO}
    assert world.rate("2013-02-09T06:00:00").totals["read"] == 2


def test_the_volume_is_cut_into_buckets_with_the_same_outcome():
    whole, cut = UsageWorld(), UsageWorld()
    cut.buckets = 4
    for world in (whole, cut):
        world.send(*(flight(n, f"2013-01-{n % 28 + 1:02d}T12:00:00") for n in range(60)))
        world.rate()
        again = [flight(n, f"2013-01-{n % 28 + 1:02d}T12:00:00") for n in range(50, 70)]
        world.send(*again, now="2013-02-01T07:00:00")
        world.rate("2013-02-02T06:00:00")
    assert whole.stored_usage() == cut.stored_usage()
    assert sum(state.events for state in cut.days("cus_ua", "UA-EWR", "seats").values()) == 70


def test_usage_of_a_billed_day_makes_the_customer_due_again():
    world = UsageWorld()
    state_key = keys.billing_state("cus_ua", "nyc")
    world.table.items[state_key] |= {"through": "2013-02-01", "rev": 5}
    world.send(
        flight(1, "2013-01-31T12:00:00"),
        flight(2, "2013-02-01T13:00:00"),
        now="2013-02-02T00:00:00",
    )
    world.rate("2013-02-02T06:00:00")
    state = world.table.items[state_key]
    assert state["rev"] == 7  # a transaction for each of the two months
    assert state["dirty_from"] == "2013-01-31"
    assert state["due_sk"] == "2013-02-02#cus_ua"


def test_usage_of_the_running_period_is_marked_but_makes_nobody_due():
    world = UsageWorld()
    state_key = keys.billing_state("cus_ua", "nyc")
    world.table.items[state_key] |= {"through": "2013-02-01", "rev": 5, "covered": "2013-03-01"}
    world.send(flight(2, "2013-02-01T13:00:00"), now="2013-02-02T00:00:00")
    world.rate("2013-02-02T06:00:00")
    state = world.table.items[state_key]
    assert state["rev"] == 6
    assert "dirty_from" not in state
    assert "due_sk" not in state


def test_the_day_of_the_watermark_counts_as_billed_while_a_run_holds_the_customer():
    world = UsageWorld()
    state_key = keys.billing_state("cus_ua", "nyc")
    held = {
        "run": "run_1",
        "digest": "d",
        "rev": 5,
        "pack": "p",
        "at": 0,
        "len": 1,
        "kinds": [],
        "total": 0,
        "thru": "2013-02-08",
    }
    world.table.items[state_key] |= {"through": "2013-02-01", "rev": 5, "ver": 1, "resv": held}
    world.send(flight(2, "2013-02-01T13:00:00"), now="2013-02-02T00:00:00")
    world.rate("2013-02-02T06:00:00")
    assert world.table.items[state_key]["dirty_from"] == "2013-02-01"


def test_a_meter_counts_only_what_its_filters_let_through():
    on_file = Meter("on_file", "flight.departed", Aggregation.COUNT, filters=(("on_file", "yes"),))
    world = UsageWorld(meters=(on_file,))
    world.send(
        flight(1, "2013-01-05T12:00:00", on_file="yes"),
        flight(2, "2013-01-05T12:00:00", on_file="no"),
    )
    assert world.rate().totals == {"read": 2, "rated": 1, "open": 1}
    assert world.texts("cus_ua", "UA-EWR", "on_file") == {"2013-01-05": ONE}


def test_the_clocks_are_two():
    world = UsageWorld()
    # received in 2026 by the wall clock, rated for days of 2013 by the business clock
    world.send(flight(1, "2013-01-05T12:00:00"), now="2026-05-01T10:00:00")
    for day in range(6, 20):
        world.rate(f"2013-01-{day:02d}T06:00:00", began_at="2026-05-01T10:01:00")
    world.send(flight(2, "2013-01-18T12:00:00"), now="2026-05-01T10:02:00")
    world.rate("2013-01-20T06:00:00", began_at="2026-05-01T10:03:00")
    assert world.texts("cus_ua", "UA-EWR", "departures") == {"2013-01-05": ONE, "2013-01-18": ONE}
    assert world.usage.rated_to_on("nyc") == date(2013, 1, 20)
