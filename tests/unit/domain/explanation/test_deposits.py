"""A deposit of 30 % on 1,200.00 with 200.00 of tax at 20 %, and 527.50 with 27.50 at 5.5 %."""

from solde.domain.explanation import of_deposit

ORDER = {
    "totals": {"gross": 1_727_50},
    "taxes": [
        {"category": "S", "rate": "5.5", "base": 500_00, "tax": 27_50},
        {"category": "S", "rate": "20", "base": 1_000_00, "tax": 200_00},
        {"category": "Z", "rate": "0", "base": 0, "tax": 0, "with_tax": 0},
    ],
}


def line(rate: str, minor: int) -> dict:
    exact = f"{minor // 100}.{minor % 100:02}"
    return {"tax": {"category": "S", "rate": rate}, "with_tax": minor, "exact": exact}


DEPOSIT = {
    "kind": "deposit",
    "currency": "EUR",
    "totals": {"gross": 518_25},
    "taxes": [
        {"category": "S", "rate": "5.5", "with_tax": 158_25},
        {"category": "S", "rate": "20", "with_tax": 360_00},
    ],
    "lines": [line("5.5", 158_25), line("20", 360_00)],
}


def test_each_rate_of_the_order_says_its_share() -> None:
    """30 % of 1,727.50; 518.25 as 527.50 to 1,200.00."""
    tree = of_deposit(ORDER, DEPOSIT, percent="30", already=1_00)
    assert tree["lines"] == [{"how": "of_order", "row": 0}, {"how": "of_order", "row": 1}]
    assert tree["deposit"] == {
        "order": 1_727_50,
        "already": 1_00,
        "percent": "30",
        "amount": 518_25,
        "rates": [
            {"rate": "S/5.5", "of": 527_50, "amount": 158_25},
            {"rate": "S/20", "of": 1_200_00, "amount": 360_00},
            {"rate": "Z/0", "of": 0, "amount": 0},
        ],
    }


def test_an_amount_has_no_percent_and_the_first_has_none_before_it() -> None:
    said = of_deposit(ORDER, DEPOSIT)["deposit"]
    assert ("percent" in said, said["already"]) == (False, 0)


def test_a_rate_whose_prices_include_it_weighs_what_it_comes_to() -> None:
    """9.99 hold 8.33 and 1.67 of tax, a cent above them."""
    taxes = [{"category": "S", "rate": "20", "base": 8_33, "tax": 1_67, "with_tax": 9_99}]
    (rate,) = of_deposit({**ORDER, "taxes": taxes}, {**DEPOSIT, "lines": []})["deposit"]["rates"]
    assert rate["of"] == 9_99


def test_a_tree_says_by_what_it_was_made() -> None:
    tree = of_deposit(ORDER, DEPOSIT)
    assert (tree["schema"], tree["engine"], tree["tariffs"]) == (2, "1", [])
