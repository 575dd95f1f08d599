"""The code lists of the product beside those that the official rules compare with."""

import re
from functools import cache

import pytest

from solde.domain.invoicing.codes import REASONS, SCHEMES, UNITS
from solde.domain.invoicing.endpoints import MAIL, VAT_SCHEMES
from tests.support.official_rules import UBL, text_of


@cache
def listed(rule: str) -> frozenset[str]:
    """Read the list that a rule of CEN has in its test, which stands before its code."""
    whole = text_of(UBL)
    before = whole[: whole.index(rule)]
    return frozenset(re.findall(r"contains\('([^']{50,})'", before)[-1].split())


@pytest.mark.parametrize(
    ("rule", "known", "some"),
    [("BR-CL-25", SCHEMES, "0225"), ("BR-CL-22", REASONS, "VATEX-EU-AE")],
)
def test_addresses_and_reasons_are_the_lists_of_the_norm(rule, known, some) -> None:
    assert some in known
    assert known == listed(rule)


def test_units_are_some_of_recommendation_20() -> None:
    assert len(listed("BR-CL-23")) > 2_000
    assert UNITS - listed("BR-CL-23") == set()
    assert {"C62", "DAY", "HUR", "MON", "ANN", "KWH", "MTQ", "4L"} <= UNITS


def test_schemes_of_vat_ids_are_on_the_list() -> None:
    assert {*VAT_SCHEMES.values(), MAIL} <= SCHEMES
