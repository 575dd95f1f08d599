"""Category O goes apart from all others, and two reasons of one category from each other."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.tax import Regime
from solde.domain.tax.rates import Rate
from tests.support.story import Story

D = Decimal


def rate(percent: str, category: str = "S", reason: str = "") -> tuple[Rate]:
    return (Rate(date(2020, 1, 1), D(percent), "law", category=category, reason=reason),)


REGIME = Regime(
    "X",
    1,
    {
        "standard": rate("20"),
        "books": rate("0", "Z"),
        "school": rate("0", "E", "VATEX-EU-132-1I"),
        "sport": rate("0", "E", "VATEX-EU-132-1M"),
        "stamps": rate("0", "O", "VATEX-EU-O"),
        "fines": rate("0", "O", "VATEX-FR-O"),
        "abroad": rate("0", "G", "VATEX-EU-G"),
        "afar": rate("0", "G", "VATEX-FR-G"),
    },
)


@pytest.mark.parametrize(
    ("classes", "documents"),
    [
        (("standard", "books", "school"), [("", ["E", "S", "Z"])]),
        (("stamps",), [("", ["O"])]),
        (("standard", "stamps"), [("", ["S"]), ("tax_category", ["O"])]),
        (("stamps", "standard", "books"), [("", ["O"]), ("tax_category", ["S", "Z"])]),
        (("school", "standard", "sport"), [("", ["E", "S"]), ("tax_category", ["E"])]),
        (("stamps", "fines"), [("", ["O"]), ("tax_category", ["O"])]),
        (
            ("school", "abroad", "sport", "afar"),
            [("", ["E", "G"]), ("tax_category", ["E"]), ("tax_category", ["G"])],
        ),
    ],
)
def test_what_tax_keeps_apart(classes, documents) -> None:
    story = Story(regime=REGIME)
    for name in classes:
        story.sells(name, ChargeKind.ADVANCE, Flat(D("10.00")), tax_class=name)
    story.subscribes("s", "2027-06-01", dict.fromkeys(classes, 1))
    story.bills("2027-06-01")
    found = [
        (one["group"]["apart"], [tax["category"] for tax in one["taxes"]])
        for one in story.documents
    ]
    assert found == documents


def test_prices_with_tax_and_without_do_not_share_a_document() -> None:
    """9.99 at 20 %, once with tax and once without."""
    story = Story(regime=REGIME)
    story.sells("net", ChargeKind.ADVANCE, Flat(D("9.99")))
    story.sells("all", ChargeKind.ADVANCE, Flat(D("9.99")), tax_included=True)
    story.subscribes("s", "2027-06-01", {"net": 1, "all": 1})
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 9_99, 2_00, 11_99), ("invoice", 8_33, 1_67, 9_99)]
    assert [one["group"]["apart"] for one in story.documents] == ["", "tax_included"]
    assert [one.get("inclusive") for one in story.documents] == [None, "base"]
    assert story.documents[1]["totals"]["rounding"] == -1
