"""Regimes that come with Solde; a seller's own version of one takes its place."""

from datetime import date
from decimal import Decimal

from solde.domain.tax.rates import Rate
from solde.domain.tax.regime import Regime

NONE = Regime("none", 0, {})
"""The regime of a seller outside the scope of VAT."""

FRANCE = Regime(
    "FR",
    0,
    {
        "standard": (
            Rate(date(2000, 4, 1), Decimal("19.6"), "CGI 278 (loi 2000-656, art. 1)"),
            Rate(date(2014, 1, 1), Decimal(20), "CGI 278 (loi 2012-1510, art. 68)"),
        ),
        "intermediate": (
            Rate(date(2012, 1, 1), Decimal(7), "CGI 279 (loi 2011-1978, art. 13)"),
            Rate(date(2014, 1, 1), Decimal(10), "CGI 279 (loi 2012-1510, art. 68)"),
        ),
        "reduced": (Rate(date(1982, 7, 1), Decimal("5.5"), "CGI 278-0 bis"),),
    },
)

SHIPPED = {one.code: one for one in (NONE, FRANCE)}
