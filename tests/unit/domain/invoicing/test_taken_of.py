"""What charges take back of documents, by original and rate, with the sum beside each case."""

from dataclasses import replace
from decimal import Decimal

import pytest

from solde.domain.invoicing.taken import (
    NOTHING,
    Back,
    Taken,
    given_back,
    gross_taken_back,
    taken_from,
)
from solde.domain.invoicing.taken import Issued as Document
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.rating import Charge
from solde.domain.tax import Inclusive, Treatment
from tests.unit.domain.invoicing.test_expression import charge
from tests.unit.domain.rating.test_shared import line

D = Decimal
S20, S55 = Treatment("S", D(20)), Treatment("S", D("5.5"))


def back(minor: int, original: str = "inv_1", treatment: Treatment = S20) -> Charge:
    """Give back minor units of a line of an original, or of no line at all."""
    one = charge(Flat(D(100)), -1, -minor)._replace(treatment=treatment)
    return one._replace(corrects=replace(line(1), invoice_id=original)) if original else one


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def test_nothing_takes_nothing() -> None:
    assert Taken({}, {}).of([]) == ()


def test_each_original_and_rate_is_counted_alone_in_their_order() -> None:
    charges = [back(30, "inv_2", S55), back(20), back(10, "inv_2"), back(5)]
    assert NOTHING.of(charges) == (
        Back("inv_1", S20, 0, eur(25), eur(5), eur(0)),
        Back("inv_2", S20, 0, eur(10), eur(2), eur(0)),
        Back("inv_2", S55, 0, eur(30), eur(2), eur(0)),  # 1.65
    )


def test_what_corrects_no_line_has_all_of_its_tax() -> None:
    known = Taken({"": {"S/20": 1}}, {})
    assert known.of([back(1_00, "")]) == (Back("", S20, 0, eur(1_00), eur(20), eur(0)),)


def test_no_more_tax_goes_back_than_was_supplied() -> None:
    """1.12 had 0.22; 0.90 of it went back with 0.18, and 0.23 are a cent more than is left."""
    known = Taken({"inv_1": {"S/20": 1_12}}, {"inv_1": {"S/20": 90}})
    assert known.of([back(23)]) == (Back("inv_1", S20, 90, eur(23), eur(4), eur(18)),)


def test_per_line_it_goes_back_in_proportion() -> None:
    """3.39 had 0.69; 1.00 went back with 0.20, and 1.13 are 0.43 in all."""
    known = Taken({"inv_1": {"S/20": 3_39}}, {"inv_1": {"S/20": 1_00}}, {"inv_1": {"S/20": 69}})
    assert known.of([back(1_13)]) == (Back("inv_1", S20, 1_00, eur(1_13), eur(23), eur(20)),)


def test_the_first_part_per_line_comes_after_nothing() -> None:
    """One of two units of which only the whole rounds up: 1 of 2 ÷ 3 is 0.33, so nothing."""
    known = Taken({"inv_1": {"S/20": 3}}, {}, {"inv_1": {"S/20": 2}})
    assert known.of([back(1)]) == (Back("inv_1", S20, 0, eur(1), eur(1), eur(0)),)  # 0.67
    known = replace(known, back={"inv_1": {"S/20": 1}})
    assert known.of([back(1)]) == (Back("inv_1", S20, 1, eur(1), eur(0), eur(1)),)  # 1.33


def test_with_tax_it_is_counted_with_tax() -> None:
    """9.99 is 8.33 + 1.67; two are 16.65 + 3.33: the second gives back 8.32 and 1.66."""
    known = Taken({"inv_1": {"S/20": 29_97}}, {"inv_1": {"S/20": 9_99}})
    found = known.of([back(9_99)], "base")
    assert found == (Back("inv_1", S20, 9_99, eur(8_32), eur(1_66), eur(1_67), eur(9_99)),)


@pytest.mark.parametrize(
    ("inclusive", "expected"),
    [
        ("", Back("inv_1", S20, 2, eur(1), eur(1), eur(0))),
        ("base", Back("inv_1", S20, 2, eur(1), eur(1), eur(0), eur(1))),
    ],
)
def test_the_tax_of_what_went_back_before_is_counted_from_nothing(inclusive, expected) -> None:
    """Of 0.02 it is 0.004, so none, and of 0.03 it is 0.006; taken out of 0.03 it is the same."""
    known = Taken({"inv_1": {"S/20": 9}}, {"inv_1": {"S/20": 2}})
    assert known.of([back(1)], inclusive) == (expected,)


AFTER = [
    ([back(10)], {"inv_1": {"S/20": 15}}),
    ([back(10), back(1, "inv_2"), back(2, "inv_2")], {"inv_1": {"S/20": 15}, "inv_2": {"S/20": 3}}),
    ([back(1)], {"inv_1": {"S/20": 6}}),
    ([back(10, "")], {"inv_1": {"S/20": 5}}),  # it corrects nothing
    ([back(-10), back(0)], {"inv_1": {"S/20": 5}}),  # a charge takes nothing back
    ([back(7, "inv_2"), back(0, "inv_3")], {"inv_1": {"S/20": 5}, "inv_2": {"S/20": 7}}),
]


@pytest.mark.parametrize(("charges", "expected"), AFTER)
def test_what_is_taken_back_when_charges_are_issued_too(charges, expected) -> None:
    known = Taken({"inv_1": {"S/20": 99}}, {"inv_1": {"S/20": 5}})
    assert known.after(charges) == Taken({"inv_1": {"S/20": 99}}, expected)


@pytest.mark.parametrize(
    ("before", "gross", "base", "tax"),
    [
        # 9.99 of 20 % were supplied: 8.33 + 1.67
        (9_00, 99, 83, 17),  # 9.00 is 7.50 + 1.50
        (9_00, 1_00, 84, 17),  # a cent beyond has no tax
        (9_99, 5, 5, 0),
        (10_20, 5, 5, 0),  # more was given back already
    ],
)
def test_with_tax_nothing_goes_back_beyond_what_is_left(before, gross, base, tax) -> None:
    found = gross_taken_back(eur(gross), S20, Inclusive.BASE, before=before, supplied=9_99)
    assert found == (eur(base), eur(tax))


def test_an_invoice_that_only_nets_has_supplied_what_it_took() -> None:
    """Its base of the rate is nothing, and is not told: it charged as much as it gave back."""
    known = taken_from((Document("inv_2", {}, {"inv_1": {"S/20": 53_33}}),))
    assert known == Taken({"inv_2": {"S/20": 53_33}}, {"inv_1": {"S/20": 53_33}})


def said(kind: str, *nets: int) -> dict:
    tax = {"category": "S", "rate": "20"}
    return {"kind": kind, "lines": [{"net": n, "tax": tax, "corrects": {"id": "i"}} for n in nets]}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (said("credit_note", 1), {"i": {"S/20": 1}}),
        (said("credit_note", 1, 2), {"i": {"S/20": 3}}),
        (said("invoice", -1, 5), {"i": {"S/20": 1}}),
        (said("credit_note", 0), {}),
        (said("invoice", 0, 7), {}),
    ],
)
def test_a_line_gives_back_where_it_is_less_than_nothing(document, expected) -> None:
    assert given_back(document) == expected
