"""Accruals: the usage in drafts, by currency and account, and its exact reversal."""

from solde.domain.ledger import accruals_of, reversal_of


def line(kind: str, account: str, net: int, **more: int) -> dict:
    return {"kind": kind, "account": account, "net": net, **more}


def draft(kind: str, currency: str, *lines: dict) -> dict:
    return {"kind": kind, "currency": currency, "lines": lines}


DRAFTS = [
    draft("invoice", "EUR", line("usage", "706", 9_60), line("advance", "706", 50_00)),
    draft("credit_note", "EUR", line("usage", "706", 1_00), line("usage", "707", 2_00)),
    draft("invoice", "USD", line("usage", "706", 5_00, base=4_50)),
    draft("invoice", "JPY", line("arrears", "706", 100)),
]


def test_only_usage_is_accrued_by_currency_less_what_is_given_back() -> None:
    """9.60 - 1.00 = 8.60 on 706 and -2.00 on 707: 6.60 in all; 4.50 after a discount."""
    euros, dollars = accruals_of(DRAFTS)
    assert (euros.currency, euros.movements) == ("EUR", {"4181": 6_60, "706": -8_60, "707": 2_00})
    assert (dollars.currency, dollars.movements) == ("USD", {"4181": 4_50, "706": -4_50})


def test_what_comes_to_nothing_is_no_entry() -> None:
    assert accruals_of([draft("invoice", "EUR", line("usage", "706", 0))]) == ()
    assert accruals_of([]) == ()


def test_a_reversal_is_the_mirror() -> None:
    (one,) = accruals_of(DRAFTS[:1])
    assert reversal_of(one).movements == {"4181": -9_60, "706": 9_60}
