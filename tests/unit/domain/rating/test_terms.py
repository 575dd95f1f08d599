"""The window of a run: what is due in it, and what it opens again."""

from solde.domain.periods import Period
from solde.domain.rating import Window
from tests.support.story import day

MAY = Period(day("2027-05-01"), day("2027-06-01"))


def test_what_is_due_up_to_the_watermark_is_billed() -> None:
    window = Window(day("2027-05-31"), day("2027-06-30"))
    taken = [on for on in ("2027-05-31", "2027-06-01", "2027-06-30", "2027-07-01")
             if window.takes(day(on), MAY)]  # fmt: skip
    assert taken == ["2027-06-01", "2027-06-30"]
    assert window.first_on == day("2027-05-31")


def test_a_day_that_changed_opens_the_periods_that_end_after_it() -> None:
    opened = Window(day("2027-05-31"), day("2027-06-30"), day("2027-05-31"))
    assert opened.takes(day("2027-05-01"), MAY)
    later = Window(day("2027-05-31"), day("2027-06-30"), day("2027-06-01"))
    assert not later.takes(day("2027-05-01"), MAY)
    assert Window(day("2027-05-31"), day("2027-06-30"), day("2027-04-02")).first_on == day(
        "2027-04-02"
    )
