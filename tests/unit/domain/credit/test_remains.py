"""What is left of an invoice, whoever has taken of it."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.credit import LineWanted, by_lines, remains
from solde.domain.invoicing.billed import billed_lines
from solde.domain.money import Money
from solde.domain.rating import LineCredit
from solde.domain.subscriptions import Cancelled, QuantityChanged
from tests.support.noted import Noted, invoiced
from tests.support.story import day


@pytest.fixture
def sold() -> Noted:
    return invoiced({"a": ("100.00", "standard"), "b": ("40.00", "reduced")})


def waits(sold: Noted, identity: str, minor: int, **more) -> LineCredit:
    line = next(billed_lines(sold.invoice))
    service = line.service
    return LineCredit(
        identity, line.key, line.invoice_id, service, service, Money(minor, "EUR"), **more
    )


def test_all_of_it_at_first(sold) -> None:
    left = sold.left
    assert [(one.line, one.rate, minor) for one, minor in left.each()] == [
        (1, "S/20", 100_00),
        (2, "S/5.5", 40_00),
    ]
    assert (left.total, left.rates) == (140_00, {"S/20": 100_00, "S/5.5": 40_00})
    assert (left.of(1), left.of(3)) == (100_00, 0)


def test_what_a_note_took_of_a_line_is_gone_and_no_other_line_is_touched(sold) -> None:
    sold.gives(lambda left: by_lines(left, [LineWanted(1, 30_00)]))
    assert [minor for _, minor in sold.left.each()] == [70_00, 40_00]
    sold.gives(lambda left: by_lines(left, [LineWanted(1)]))
    assert [minor for _, minor in sold.left.each()] == [0, 40_00]
    assert remains(sold.notes[0], ()).total == 0  # a note itself charges nothing


def test_what_a_run_took_back_is_gone_too(sold) -> None:
    """The last day is to be the 14th of 30: 53.33 and 21.33 are given back."""
    sold.story.changes("s", Cancelled(day("2027-06-15"), 1))
    sold.story.bills("2027-06-15")
    sold.notes += sold.story.documents[1:]
    assert [minor for _, minor in sold.left.each()] == [46_67, 18_67]
    assert dict(sold.left.rates) == {"S/20": 46_67, "S/5.5": 18_67}


def test_what_was_netted_leaves_less_of_the_rate_than_of_the_line(sold) -> None:
    """One unit of a goes (−100.00) beside a new one (+100.00): the invoice is 0.00 at 20 %."""
    story = sold.story
    story.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_a", Decimal(0)))
    story.subscribes("t", "2027-06-02", {"a": 1})
    story.bills("2027-06-02")
    netted = story.documents[-1]
    assert netted["totals"]["net"] == 0
    left = remains(netted, ())
    assert (left.total, left.rates["S/20"]) == (0, 0)
    assert [one.minor for one in left.lines] == [100_00]
    assert remains(sold.invoice, [netted]).total == 40_00


def test_a_credit_that_no_document_tells_of_yet_counts_as_taken(sold) -> None:
    one = waits(sold, "adj_1", 25_00)
    assert remains(sold.invoice, (), [one]).of(1) == 75_00
    assert remains(sold.invoice, (), [waits(sold, "adj_2", 5_00, withdrawn=True)]).of(1) == 100_00
    note = sold.gives(lambda left: by_lines(left, [LineWanted(1, 25_00)]))
    told = note["lines"][0]["credited"][0]["id"]
    assert remains(sold.invoice, [note], [waits(sold, told, 25_00)]).of(1) == 75_00
    other = LineCredit(
        "adj_3", one.key, "inv_9", one.service, one.service, Money(1, "EUR")
    )  # of another invoice
    assert remains(sold.invoice, (), [other]).of(1) == 100_00
    assert one.days.start_on == date(2027, 6, 1)
