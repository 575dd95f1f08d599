"""Assignment rules: the first that fits names the accounts of a line."""

from typing import Any

import pytest

from solde.domain.invoicing.assignment import Assignment, assign


def line(product: str = "seat", tax_class: str = "standard") -> dict[str, Any]:
    return {"account": "706", "product": {"id": product}, "tax": {"class": tax_class}}


@pytest.mark.parametrize(
    ("rules", "account", "deferred"),
    [
        ((), "706", None),
        ((Assignment(product="gas", revenue_account="701"),), "706", None),
        ((Assignment(product="seat", revenue_account="7061"),), "7061", None),
        ((Assignment(tax_class="standard", deferred_account="487"),), "706", "487"),
        ((Assignment(customer="cus_other", revenue_account="7062"),), "706", None),
        ((Assignment(customer="cus_1", revenue_account="7062"),), "7062", None),
        (
            (
                Assignment(product="seat", customer="cus_1", revenue_account="7063"),
                Assignment(product="seat", revenue_account="7061", deferred_account="487"),
            ),
            "7063",
            None,
        ),
        ((Assignment(revenue_account="70", deferred_account="4871"),), "70", "4871"),
    ],
    ids=[
        "none",
        "another product",
        "by product",
        "by tax class",
        "another customer",
        "by customer",
        "first",
        "all",
    ],
)
def test_the_first_rule_that_fits_counts(
    rules: tuple[Assignment, ...], account: str, deferred: str | None
) -> None:
    one = line()
    assign([one], rules, "cus_1")
    assert (one["account"], one.get("deferred")) == (account, deferred)


def test_each_line_is_looked_at_whatever_fits_the_one_before() -> None:
    lines = [line("other"), line("seat")]
    assign(lines, (Assignment(product="seat", revenue_account="7061"),), "cus_1")
    assert [one["account"] for one in lines] == ["706", "7061"]
