"""A change as a file: what makes sense is taken, the rest refused by field; sums as a table."""

from datetime import date
from decimal import Decimal

import pytest
from rich.console import Console

from local.what_if import WhatIfError, change_of, day, read, shown
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.proration import Proration
from solde.workflows.what_if import Change, Delta, Found


def test_nothing_is_a_change_too(tmp_path) -> None:
    file = tmp_path / "none.json"
    file.write_text("{}")
    assert read(file) == change_of("{}") == Change()


@pytest.mark.parametrize(
    ("text", "change"),
    [
        (
            '{"prices": {"seat": {"model": {"model": "per_unit", "amount": "7"}}}}',
            Change(prices={"seat": {"model": PerUnit(Decimal(7))}}),
        ),
        (
            '{"prices": {"seat": {"proration": "30/360", "free_units": "5"}}}',
            Change(prices={"seat": {"proration": Proration.THIRTY_360, "free_units": Decimal(5)}}),
        ),
        (
            '{"entities": {"fr": {"separate": ["subscriber"], "tax_level": "line"}}}',
            Change(entities={"fr": {"separate": ("subscriber",), "tax_level": "line"}}),
        ),
    ],
)
def test_a_change_is_said_as_the_api_says_it(text, change) -> None:
    assert change_of(text) == change


def test_a_regime_has_all_its_rates() -> None:
    said = '[{"since": "2013-01-01", "percent": "10", "source": "a test"}]'
    found = change_of(f'{{"tax_regimes": {{"FR": {{"classes": {{"standard": {said}}}}}}}}}')
    (rate,) = found.regimes["FR"].classes["standard"]
    assert (rate.since, rate.percent) == (date(2013, 1, 1), Decimal(10))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "change: Input should be .*object"),
        ('{"price": {}}', "price: Extra inputs are not permitted, found {}"),
        (
            '{"prices": {"seat": {"model": {"model": "per_unit", "amount": 7}}}}',
            r"prices\.seat\.model\.per_unit\.amount: .*expected a decimal as text.*, found 7",
        ),
        ('{"prices": {"seat": {"proration": "weeks"}}}', r"prices\.seat\.proration: .*'weeks'"),
        (
            '{"prices": {"a": {}, "b": {}}}',
            "expected one price, entity or tax regime, found 2",
        ),
        ('{"entities": {"fr": {"separate": ["moon"]}}}', r"entities\.fr\.separate\.0: "),
        ('{"tax_regimes": {"FR": {"classes": {}}}}', r"tax_regimes\.FR\.classes: "),
        ("{", "change: Invalid JSON"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(text, message) -> None:
    with pytest.raises(WhatIfError, match=message):
        change_of(text)


def test_a_file_that_is_not_there_and_a_day_that_is_none(tmp_path) -> None:
    with pytest.raises(WhatIfError, match="expected a file with a change, found none"):
        read(tmp_path / "none.json")
    with pytest.raises(WhatIfError, match="since: expected a date such as 2026-01-31, found 'May'"):
        day("May")
    assert day("2013-02-01") == date(2013, 2, 1)


def test_customers_with_a_difference_are_rows_and_all_are_summed(capsys) -> None:
    found = [
        Found("run_1", 2, (Delta("acme", "EUR", 1000, 1100, 1200, 1320),), {"beta": "no price"}),
        Found("run_2", 3, (Delta("acme", "EUR", 1000, 1005, 1200, 1206),), {}),
        Found("run_3", 1, (Delta("core", "JPY", 7, 7, 7, 7),), {}),
    ]
    shown(iter(found), Console(width=100))
    said = [
        " ".join(line.replace("│", " ").split()) for line in capsys.readouterr().out.split("\n")
    ]
    assert "acme EUR 20.00 21.05 1.05 1.26" in said
    assert "all EUR 20.00 21.05 1.05 1.26" in said
    assert "all JPY 7 7 0 0" in said
    assert "beta not planned: no price" in said
    assert not any("core" in line for line in said)
