"""The last day of documents, counted by hand from what the laws say."""

from datetime import date

import pytest

from solde.domain.invoicing.retention import COUNTRIES, kept, kept_until


@pytest.mark.parametrize(
    ("country", "issued_on", "last"),
    [
        ("FR", date(2027, 1, 1), date(2037, 12, 31)),
        ("FR", date(2027, 12, 31), date(2037, 12, 31)),
        ("DE", date(2027, 6, 1), date(2035, 12, 31)),  # eight years
        ("DE", date(2015, 6, 1), date(2023, 12, 31)),  # could go when the law came
        ("DE", date(2015, 1, 1), date(2023, 12, 31)),
        ("DE", date(2014, 12, 31), date(2024, 12, 31)),  # ten years, over a day before it
        ("ES", date(2027, 6, 1), date(2033, 12, 31)),
        ("IT", date(2027, 6, 1), date(2037, 12, 31)),
        ("NL", date(2027, 6, 1), date(2034, 12, 31)),
        ("BE", date(2022, 12, 31), date(2029, 12, 31)),
        ("BE", date(2023, 1, 1), date(2033, 12, 31)),
        ("US", date(2027, 6, 1), date(2037, 12, 31)),
    ],
)
def test_documents_are_kept_to_the_end_of_a_year(country, issued_on, last) -> None:
    assert kept_until(country, issued_on) == last


@pytest.mark.parametrize(
    ("country", "issued_on", "source"),
    [
        ("BE", date(2022, 12, 31), "Code de la TVA, art. 60, before 2023"),
        ("BE", date(2023, 1, 1), "Code de la TVA, art. 60 § 4"),
        ("DE", date(2014, 12, 31), "§ 14b UStG, before the Fourth Bureaucracy Relief Act"),
        ("DE", date(2015, 1, 1), "§ 14b (1) UStG, § 27 (40) UStG"),
        ("ES", date(2027, 1, 1), "Código de Comercio, art. 30"),
        ("FR", date(2027, 1, 1), "Code de commerce, art. L123-22"),
        ("IT", date(2027, 1, 1), "Codice civile, art. 2220"),
        ("NL", date(2027, 1, 1), "Algemene wet inzake rijksbelastingen, art. 52"),
        ("US", date(2027, 1, 1), "none known: the longest of those that are"),
    ],
)
def test_it_is_told_which_law_says_so(country, issued_on, source) -> None:
    assert kept(country, issued_on).source == source


def test_every_rule_names_its_source_and_they_follow_each_other() -> None:
    for rules in COUNTRIES.values():
        assert all(one.source for one in rules)
        assert [one.since for one in rules] == sorted({one.since for one in rules})
        assert rules[0].since == date.min
    assert kept("XX", date(2027, 1, 1)).source.startswith("none known")
