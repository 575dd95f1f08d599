"""A document explained to a person, in words and sums."""

from dataclasses import replace
from decimal import Decimal

import pytest

from local.explain import UnexplainedError, told
from solde.domain.catalog import ChargeKind
from solde.domain.credit import LineWanted
from solde.domain.explanation import Asked, of_deposit
from solde.domain.invoicing.canonical import ENVELOPE, close
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.proration import Proration
from solde.domain.settlement import deposit_document
from solde.domain.subscriptions import QuantityChanged
from solde.workflows.explain_invoice import Derivation, derivation
from tests.support.noted import SOLD, explained, invoiced
from tests.support.second_opinion import broken
from tests.support.seller import Seller
from tests.support.story import Story, day

D = Decimal


@pytest.fixture
def found() -> Derivation:
    """Three seats at 9.99 from 15 June: 16 of 30 days, 15.98; 19.6 % tax."""
    seller = Seller()
    seller.sells("seat", "9.99")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-15", ("seat", "3"))
    seller.runs_billing("2013-06-15")
    (header,) = seller.documents("acme")
    return derivation(header, seller.objects)


def said(story: Story) -> str:
    """Explain the last document of a story."""
    return "\n".join(told(Derivation(story.documents[-1], story.trees()[-1])))


def has(text: str, *parts: str) -> None:
    for part in parts:
        assert part in text, text


def test_a_line_is_told_as_arithmetic(found: Derivation) -> None:
    has(
        "\n".join(told(found)),
        "3 × 9.99 ",
        " 29.97",
        "× 8/15 of the period (by day)",
        "exact ",
        " 15.984",
        "rounded half away from zero (R1)",
        " 15.98",
        "tax S 19.6 % of 15.98 (R12)",
        " 3.13",
        " 19.11",
    )


def test_one_line_is_told_without_the_totals(found: Derivation) -> None:
    text = "\n".join(told(found, 1))
    assert "total" not in text
    with pytest.raises(UnexplainedError, match="expected 1 to 1, found 2"):
        list(told(found, 2))


def test_a_credit_by_hand_is_told_with_what_is_left_of_it() -> None:
    """9.00 on three seats at 30.00; one of them goes on the 16th."""
    story = Story(regime="FR")
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D(30)))
    story.subscribes("s", "2027-06-01", {"seat": 3})
    story.bills("2027-06-01")
    one = story.credits(0, 9_00)
    story.bills("2027-06-02")
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_seat", D(2)))
    story.bills("2027-06-16")
    has(
        said(story),
        "now    2027-06-16 to 2027-07-01: (2 × 30) × 1/2",
        "billed 90 (90.00) by inv_1",
        "credit 9.00 by hand on inv_1: × 5/6 ÷ 1",
        "of it -9 (-9.00) by inv_2",
        "with 1.5 of credits by hand in it ",
        " -1.50",
        "of E-1: S/20 of all 22.50 taken back (R14), less 1.80 before",
    )
    story.adjusts(replace(one, withdrawn=True))
    story.bills("2027-06-17")
    has(said(story), "× 0, withdrawn")


def test_a_commitment_is_told_with_each_charge_that_counts() -> None:
    story = Story()
    story.sells("least", ChargeKind.COMMITMENT, Flat(D(300)))
    names = [f"c{number}" for number in range(14)]
    for name in names:
        story.sells(name, ChargeKind.ARREARS, Flat(D(1)))
    story.subscribes("s", "2027-06-01", {"least": 1, **dict.fromkeys(names, 1)})
    story.bills("2027-07-01")
    has(
        said(story),
        "agreed 2027-06-01 to 2027-07-01: (1 × 300)",
        "the least of the period, rounded ",
        " 300.00",
        "less price c0 2027-06-01 to 2027-07-01",
        "… and 2 charges more ",
        " -2.00",
        "missing, at least nothing ",
        " 286.00",
    )
    story.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_c0", D(2)))
    story.adjusts(replace(story.credits(0, 1), amount=story.lines[0].net))
    story.bills("2027-07-02")
    assert "unexplained" not in said(story)


def test_what_is_above_a_cap_is_told_with_what_counts() -> None:
    """60.00 of calls are 10.00 above 50.00, and 15.00 of power 15.00 more."""
    story = Story()
    for name in ("calls", "power"):
        story.sells(name, ChargeKind.USAGE, PerUnit(D(1)))
    story.sells("most", ChargeKind.CAP, Flat(D(50)))
    story.subscribes("s", "2027-06-01", {"calls": 1, "power": 1, "most": 1})
    story.uses("calls", "2027-06-20", 60)
    story.uses("power", "2027-06-20", 15)
    story.bills("2027-07-01")
    has(
        said(story),
        "agreed 2027-06-01 to 2027-07-01: (1 × 50)",
        "the most of the period, rounded ",
        "counts price power 2027-06-01 to 2027-07-01",
        "above it ",
        "above it, less 10.00 above before ",
        " 15.00",
        "less most",
    )


def test_layers_and_what_is_cut_are_told_as_products() -> None:
    story = Story(regime="FR")
    price = PerUnit(D(12))
    story.sells("device", ChargeKind.ARREARS, price, proration=Proration.ACTUAL_30)
    story.subscribes("s", "2013-12-15", {"device": 1})
    story.changes("s", QuantityChanged(day("2013-12-31"), 1, "sit_device", D(3)))
    story.bills("2014-01-15")
    has(
        said(story),
        "2013-12-31 to 2014-01-15: (3 × 12 - 1 × 12) × 1/2",
        "× 17/31 of the days, which have this rate of tax",
    )
    story.changes("s", QuantityChanged(day("2013-12-31"), 2, "sit_device", D(2)))
    story.bills("2014-01-16")
    has(
        said(story), "now    2013-12-31 to 2014-01-15: (2 × 12 - 1 × 12) × 1/2", "all of it × 17/31"
    )


def test_what_comes_to_nothing_is_told() -> None:
    story = Story()
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("0.10")))
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.bills("2027-06-01")
    for number, (on, quantity) in enumerate((("11", 2), ("23", 1), ("30", 2)), 1):
        change = QuantityChanged(day(f"2027-06-{on}"), number, "sit_seat", D(quantity))
        story.changes("s", change)
    story.bills("2027-06-30")
    has(said(story), "1/300 comes to nothing")


def test_a_note_by_hand_is_told_by_what_was_left() -> None:
    document, tree = explained(invoiced(SOLD), Asked((LineWanted(2, 20_00),)))
    has(
        "\n".join(told(Derivation(document, tree))),
        "line 2 of E-1 charged ",
        " 60.00",
        "left of its charge ",
        "left at its rate S/20 ",
        " 90.00",
        "given back by hand ",
        " 20.00",
        "of E-1: S/20 of all 20.00 taken back (R14), less 0.00 before",
    )


def test_a_deposit_is_told_as_a_part_of_its_order() -> None:
    """1,000.00 at 20 % and 500.00 at 5.5 %: 1,727.50 with tax."""
    order = invoiced({"site": ("1000", "standard"), "book": ("500", "reduced")}).invoice
    draft = deposit_document(order, 518_25, {"id": "dep_1", "order": "BC-7"})
    document = close(draft, order[ENVELOPE])
    tree = of_deposit(order, document, percent="30")
    assert broken(document, tree) == []
    has(
        "\n".join(told(Derivation(document, tree))),
        "deposit on an order of 1727.50, 30 % of it ",
        " 518.25",
        "the order at S/20, with tax ",
        " 1200.00",
        "its share of the deposit, with tax (R2) ",
        " 360.00",
    )
