"""What is left, of documents written by hand: lines say what they bill, and what they correct."""

from datetime import date

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.credit import LineLeft, Remains, remains
from solde.domain.credit.remains import charge_of
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.rating import LineCredit
from solde.domain.rating.charge import ChargeKey

JUNE = Period(date(2027, 6, 1), date(2027, 7, 1))


def line(number: int, item: str, net: int, **more) -> dict:
    return {
        "line": number,
        "item": item,
        "component": "c",
        "kind": "advance",
        "price": {"id": "p", "version": 1},
        "period": {"start_on": "2027-06-01"},
        "service": {"start_on": "2027-06-01"},
        "tax": {"category": "S", "rate": "20"},
        "net": net,
        **more,
    }


def document(identity: str, *lines: dict, kind: str = "invoice") -> dict:
    base = sum(one["net"] for one in lines)
    return {
        "kind": kind,
        "currency": "EUR",
        "envelope": {"id": identity},
        "lines": lines,
        "taxes": [{"category": "S", "rate": "20", "base": base}],
    }


def charge(item: str, part: str = "") -> tuple[str, ...]:
    return (item, "c", "advance", f"p/1/{part}", "2027-06-01", "S/20")


SOLD = document("i", line(1, "a", 30), line(2, "a", 20), line(3, "b", 1), line(4, "d", 0))
LEFT = Remains(
    "EUR",
    (
        LineLeft(1, charge("a"), "S/20", 30),
        LineLeft(2, charge("a"), "S/20", 20),
        LineLeft(3, charge("b"), "S/20", 1),
    ),
    {charge("a"): 50, charge("b"): 1},
    {"S/20": 51},
)


def test_a_line_that_charges_nothing_has_nothing_left() -> None:
    assert remains(SOLD, ()) == LEFT
    assert [minor for _, minor in LEFT.each()] == [30, 20, 1]


def test_what_a_line_gives_back_is_less_of_its_charge_and_rate() -> None:
    found = LEFT.after(1, 10)
    assert [one.minor for one in found.lines] == [20, 20, 1]
    assert (found.charges, found.rates) == ({charge("a"): 40, charge("b"): 1}, {"S/20": 41})
    assert found.after(3, 1).of(3) == 0


def test_a_part_of_a_price_is_a_charge_of_its_own() -> None:
    one = line(1, "a", 30, price={"id": "p", "version": 1, "part": "step-2"})
    assert charge_of(one) == charge("a", "step-2")


def of_line(number: int) -> dict:
    return {"corrects": {"id": "i", "line": number}}


LATER = [
    # what is later; what is left of the three lines, of each charge, and of the rate
    ("a note of a line", "credit_note", [line(1, "a", 10, **of_line(2))], [30, 10, 1], [40, 1], 41),
    ("a cent", "credit_note", [line(1, "a", 1, **of_line(1))], [29, 20, 1], [49, 1], 50),
    (
        "two notes of a line, on one document",
        "credit_note",
        [line(1, "a", 10, **of_line(1)), line(2, "a", 5, **of_line(1))],
        [15, 20, 1],
        [35, 1],
        36,
    ),
    (
        "a run names its charge and no line",
        "credit_note",
        [line(1, "a", 45, corrects={"id": "i"})],
        [30, 20, 1],
        [5, 1],
        6,
    ),
    (
        "netted on an invoice",
        "invoice",
        [line(1, "a", -10, **of_line(1))],
        [20, 20, 1],
        [40, 1],
        41,
    ),
    ("charged more", "invoice", [line(1, "a", 10, **of_line(1))], [30, 20, 1], [50, 1], 51),
    ("charged anew", "invoice", [line(1, "a", 10)], [30, 20, 1], [50, 1], 51),
    (
        "of another invoice",
        "credit_note",
        [line(1, "a", 10, corrects={"id": "other", "line": 1})],
        [30, 20, 1],
        [50, 1],
        51,
    ),
    ("of no invoice", "credit_note", [line(1, "a", 10)], [30, 20, 1], [50, 1], 51),
    ("of nothing", "credit_note", [line(1, "a", 0, **of_line(1))], [30, 20, 1], [50, 1], 51),
]


@pytest.mark.parametrize(
    ("kind", "lines", "own", "charges", "rate"),
    [row[1:] for row in LATER],
    ids=[row[0] for row in LATER],
)
def test_what_later_documents_took(kind, lines, own, charges, rate) -> None:
    found = remains(SOLD, [document("later", *lines, kind=kind)])
    assert [one.minor for one in found.lines] == own
    assert [found.charges[charge(item)] for item in "ab"] == charges
    assert found.rates["S/20"] == rate


def waits(item: str, minor: int, *, version: int = 1) -> LineCredit:
    key = ChargeKey(item, "c", ChargeKind.ADVANCE, "p", version, JUNE)
    return LineCredit("adj", key, "i", JUNE, JUNE, Money(minor, "EUR"))


@pytest.mark.parametrize(
    ("waiting", "own"),
    [
        (waits("a", 10), [20, 20, 1]),  # the first line of that charge and those days
        (waits("b", 1), [30, 20, 0]),
        (waits("d", 1), [30, 20, 1]),  # on a line that charges nothing
        (waits("x", 1), [30, 20, 1]),  # on none of these
        (waits("b", 1, version=2), [30, 20, 1]),
    ],
)
def test_what_waits_lies_on_the_line_that_bills_its_charge(waiting, own) -> None:
    assert [one.minor for one in remains(SOLD, (), [waiting]).lines] == own
