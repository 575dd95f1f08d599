"""The shipped rates against the table of the Banque de France, by dates of effect."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from solde.domain.late import SHIPPED_RATES
from solde.domain.late.rates import next_half_year

# https://www.banque-france.fr/en/policy-rates: main refinancing operations, from each date on;
# the rows of 2025 as the ECB decided them.
IN_FORCE = {
    "2012-07-11": "0.75",
    "2013-05-08": "0.50",
    "2013-11-13": "0.25",
    "2014-06-11": "0.15",
    "2014-09-10": "0.05",
    "2016-03-16": "0.00",
    "2022-07-27": "0.50",
    "2022-09-14": "1.25",
    "2022-11-02": "2.00",
    "2022-12-21": "2.50",
    "2023-02-08": "3.00",
    "2023-03-22": "3.50",
    "2023-05-10": "3.75",
    "2023-06-21": "4.00",
    "2023-08-02": "4.25",
    "2023-09-20": "4.50",
    "2024-06-12": "4.25",
    "2024-09-18": "3.65",
    "2024-10-23": "3.40",
    "2024-12-18": "3.15",
    "2025-02-05": "2.90",
    "2025-03-12": "2.65",
    "2025-04-23": "2.40",
    "2025-06-11": "2.15",
}


def test_each_is_what_was_in_force_on_its_day_and_names_the_decision() -> None:
    for one in SHIPPED_RATES:
        since = max(day for day in IN_FORCE if day <= one.from_on.isoformat())
        assert (one.percent, one.source[-10:]) == (Decimal(IN_FORCE[since]), since)


def test_no_half_year_is_missing_from_2013_on() -> None:
    days = [one.from_on for one in SHIPPED_RATES]
    assert days[0] == date(2013, 1, 1)
    assert all(next_half_year(before) == after for before, after in pairwise(days))
