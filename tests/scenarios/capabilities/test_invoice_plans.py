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
