"""An order billed in milestones: on signing, on a day, and on delivery, whenever that is."""

import pytest

pytestmark = pytest.mark.cloud


def test_an_order_is_billed_as_it_goes_on(opens) -> None:
    """10,000.00: 30 % on signing, 30 % on 1 July, 40 % when it is delivered."""
    seller = opens("2027-06-01")
    seller.sells("site", "1.00")
    anna = seller.customer("anna")["id"]
    parts = [
        {"name": "order", "percent": "30", "due_on": "2027-06-01"},
        {"name": "design", "percent": "30", "due_on": "2027-07-01"},
        {"name": "delivery", "percent": "40"},
    ]
    order = {"customer": anna, "product": seller.named("site"), "description": "Web site"}
    body = order | {"total": 10_000_00, "milestones": parts}
    status, problem = seller.refused("invoice-plans", body | {"milestones": parts[:2]})
    assert (status, problem["errors"][0]["pointer"]) == (422, "/milestones")
    plan = seller.posts("invoice-plans", body)
    assert seller.bills("2027-06-01") == ["extra 2027-06-01..2027-06-01 3000.00"]
    assert seller.previews("anna", "2027-07-01") == ["extra 2027-07-01..2027-07-01 3000.00"]
    seller.at("2027-06-20")
    seller.posts(f"invoice-plans/{plan['id']}/milestones/3/reach", {"customer": anna})
    assert sorted(seller.bills("2027-07-01")) == [
        "extra 2027-06-20..2027-06-20 4000.00",
        "extra 2027-07-01..2027-07-01 3000.00",
    ]
    html = seller.paper(seller.invoices("anna")[-1], "html").decode()
    assert "Web site - delivery" in html


def test_a_deposit_of_an_order_is_paid_and_deducted(opens) -> None:
    """1,000.00 at 20 % and 500.00 at 5.5 %: 1,727.50 with tax, 30 % of it in advance are 518.25."""
    seller = opens("2027-06-01", tax_regime="FR")
    seller.sells("site", "1.00")
    seller.sells("book", "1.00", product={"tax_class": "reduced"})
    anna = seller.customer("anna")["id"]
    lines = [
        {"product": seller.named("site"), "description": "Web site", "unit_amount": "1000.00"},
        {"product": seller.named("book"), "description": "Handbook", "unit_amount": "500.00"},
    ]
    order = {"customer": anna, "purchase_order": "BC-7", "lines": lines}
    above = order | {"deposit": {"amount": 1_727_51}}
    status, problem = seller.refused("invoices", above)
    assert (status, problem["errors"][0]["pointer"]) == (422, "/deposit/amount")
    assert "found 172751, a difference of 1" in problem["detail"]
    (deposit,) = seller.posts("invoices", order | {"deposit": {"percent": "30"}})["data"]
    assert (deposit["total"], deposit["number"][-14:]) == (518_25, "DP-2027-000001")
    taxes = {one["rate"]: (one["base"], one["tax"]) for one in deposit["document"]["taxes"]}
    assert taxes == {"20": (300_00, 60_00), "5.5": (150_00, 8_25)}
    assert seller.refused("invoices", order)[0] == 409  # it is not paid yet
    page = seller.paper(deposit, "html").decode()
    assert ("Deposit invoice" in page, "BC-7" in page) == (True, True)
    assert seller.paper(deposit, "pdf")[:4] == b"%PDF"

    seller.pays(deposit, 518_25)
    seller.at("2027-07-01")
    (final,) = seller.posts("invoices", order)["data"]
    totals = final["document"]["totals"]
    assert (totals["gross"], totals["prepaid"], totals["due"]) == (1_727_50, 518_25, 1_209_25)
    assert totals["tax"] - final["document"]["prepaid"][0]["tax"] == 140_00 + 19_25
    page = seller.paper(final, "html").decode()
    assert f"Deposit {deposit['number']} of June 1, 2027" in page
    seller.pays(final, 1_209_25)
    assert seller.reads(f"invoices/{final['id']}")["status"] == "paid"
    assert seller.bills("2027-07-02") == []
