"""Late charges on paper: who checks them finds the days, the amount, the rate and the sum."""

from pathlib import Path

from solde.adapters.render.late import charges, columns, rules
from solde.adapters.render.words import words
from tests.support.late_paper import before, closed_late, drafted, late

FRENCH = words(Path(__file__).parents[4] / "templates", "fr")
ENGLISH = words(Path(__file__).parents[4] / "templates", "en")
WHOLE = closed_late(drafted(late(("2026-08-15", 1_200_00)), "2026-12-31"))
REST = closed_late(drafted(late(earlier=(before("2026-06-30", 11_98),)), "2026-08-15"), number=2)


def test_each_half_year_has_its_days_its_rate_and_its_base() -> None:
    (group,) = charges(WHOLE, ENGLISH)
    assert group.name == "Invoice FR-2026-000001 over €1,200.00, due on May 31, 2026"
    first, second, fee = group.rows
    assert (first.description, first.detail) == (
        "Interest on €1,200.00",
        "€1,200.00 × 12.15% × 30 / 365",
    )
    assert (first.service, first.quantity, first.price, first.amount) == (
        "Jun 1, 2026 – Jun 30, 2026",
        "30",
        "12.15%",
        "€11.98",
    )
    assert (second.quantity, second.price, second.amount) == ("46", "12.4%", "€18.76")
    assert (fee.description, fee.amount, group.amount) == (
        "Fixed recovery fee",
        "€40.00",
        "€70.74",
    )


def test_what_was_charged_before_is_named_and_taken_off() -> None:
    (group,) = charges(REST, FRENCH)
    last = group.rows[-1]
    assert last.description == "Intérêts déjà facturés par FR-LC-2026-000001 du 1er juillet 2026"
    assert (last.amount, group.amount) == ("−11,98\xa0€", "18,76\xa0€")


def test_the_rule_and_the_source_of_each_rate_are_said() -> None:
    _, first, second, last = rules(WHOLE, ENGLISH)
    assert first == (
        "Rate of the half-year from January 1, 2026: 2.15%, the refinancing rate of the European "
        "Central Bank, plus 10 percentage points."
    )
    assert second.startswith("Rate of the half-year from July 1, 2026: 2.4%, ")
    assert last == "Outside the scope of VAT."
    agreed = {**WHOLE, "late": {**WHOLE["late"], "rates": [{"agreed": "12.5"}]}}
    assert list(rules(agreed, FRENCH))[1] == "Taux convenu : 12,5\xa0% par an."
    assert columns(ENGLISH) == ("Description", "Days late", "Number", "Rate a year", "Amount")
