"""Several taxes on a supply."""

from decimal import Decimal
from fractions import Fraction

from solde.domain.tax.assess import Levy, Supply, assess

D = Decimal
VAT = Levy("VAT", D(21))


def test_surcharges_and_taxes_withheld() -> None:
    surcharged = Levy("VAT", D(21), surcharge=D("5.2"))
    income = Levy("IRPF", D(15), retained=True)
    found = assess(
        [Supply(Fraction(100), (surcharged, income)), Supply(Fraction("50.5"), (VAT,))],
        "EUR",
        included=False,
    )
    assert found.net.minor == 150_50
    assert found.tax.minor == 36_81  # 26.20 + 10.605
    assert found.retained.minor == 15_00
    assert (found.with_tax.minor, found.payable.minor) == (187_31, 172_31)
    assert found.included.minor == 0


def test_a_price_includes_its_tax_but_no_surcharge() -> None:
    surcharged = Levy("VAT", D(21), surcharge=D("5.2"))
    found = assess([Supply(Fraction(121), (surcharged,))], "EUR", included=True)
    assert (found.net.minor, found.included.minor) == (100_00, 21_00)
    assert found.with_tax.minor == 126_20


def test_what_is_withheld_was_never_inside_a_price() -> None:
    """121.00 with 21 % in it, of which the payer withholds 15 % of the 100.00."""
    income = Levy("IRPF", D(15), retained=True)
    found = assess([Supply(Fraction(121), (VAT, income))], "EUR", included=True)
    assert (found.net.minor, found.included.minor, found.retained.minor) == (100_00, 21_00, 15_00)
    assert found.payable.minor == 106_00
