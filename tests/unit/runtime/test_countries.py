"""Countries: those that the time zone data of the world names, and two that it does not."""

from importlib.resources import files

import pytest

from solde.runtime.countries import COUNTRIES, must_be_country


def test_they_are_those_of_iso_3166() -> None:
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    known = {row.split("\t")[0] for row in table.splitlines() if row and row[0] != "#"}
    assert COUNTRIES - known == {"XI", "XK"}
    assert known <= COUNTRIES


def test_another_is_refused() -> None:
    assert must_be_country("FR") == "FR"
    with pytest.raises(ValueError, match="expected a country of ISO 3166"):
        must_be_country("ZZ")
