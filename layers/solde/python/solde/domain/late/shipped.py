"""
Reference rates that come with Solde: what the ECB took for its main refinancing operations.

Each row is the rate in force on that day, by the decision named. Of later half-years the seller
adds the rate; one that is here is never another.
"""

from datetime import date
from decimal import Decimal

from solde.domain.late.rates import ReferenceRate


def _rate(year: int, month: int, percent: str, since: str) -> ReferenceRate:
    source = f"ECB key interest rates, main refinancing operations, in force since {since}"
    return ReferenceRate(date(year, month, 1), Decimal(percent), source)


SHIPPED_RATES = (
    _rate(2013, 1, "0.75", "2012-07-11"),
    _rate(2013, 7, "0.50", "2013-05-08"),
    _rate(2014, 1, "0.25", "2013-11-13"),
    _rate(2014, 7, "0.15", "2014-06-11"),
    _rate(2015, 1, "0.05", "2014-09-10"),
    _rate(2015, 7, "0.05", "2014-09-10"),
    _rate(2016, 1, "0.05", "2014-09-10"),
    _rate(2016, 7, "0.00", "2016-03-16"),
    _rate(2017, 1, "0.00", "2016-03-16"),
    _rate(2017, 7, "0.00", "2016-03-16"),
    _rate(2018, 1, "0.00", "2016-03-16"),
    _rate(2018, 7, "0.00", "2016-03-16"),
    _rate(2019, 1, "0.00", "2016-03-16"),
    _rate(2019, 7, "0.00", "2016-03-16"),
    _rate(2020, 1, "0.00", "2016-03-16"),
    _rate(2020, 7, "0.00", "2016-03-16"),
    _rate(2021, 1, "0.00", "2016-03-16"),
    _rate(2021, 7, "0.00", "2016-03-16"),
    _rate(2022, 1, "0.00", "2016-03-16"),
    _rate(2022, 7, "0.00", "2016-03-16"),
    _rate(2023, 1, "2.50", "2022-12-21"),
    _rate(2023, 7, "4.00", "2023-06-21"),
    _rate(2024, 1, "4.50", "2023-09-20"),
    _rate(2024, 7, "4.25", "2024-06-12"),
    _rate(2025, 1, "3.15", "2024-12-18"),
    _rate(2025, 7, "2.15", "2025-06-11"),
    _rate(2026, 1, "2.15", "2025-06-11"),
)
