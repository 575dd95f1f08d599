"""Papers that are asked for: a pro forma of what will be billed, then a statement of what was."""

import pytest

pytestmark = pytest.mark.cloud


def test_a_pro_forma_owes_nothing_and_a_statement_says_what_is_owed(subscribed) -> None:
    """A seat at 100.00: shown on paper of a series of its own, then billed, then stated."""
    seller = subscribed(tax_regime="FR")
    anna = f"ext:{seller.named('anna')}"
    (shown,) = seller.posts("pro-formas", {"customer": anna, "bill": {}})["data"]
    assert (shown["number"], shown["total"]) == (f"{seller.code.upper()}-PF-2027-000001", 120_00)
    page = seller.downloads(f"pro-formas/{shown['id']}/documents/html").decode()
    assert "This pro forma is not an invoice" in page
    assert seller.downloads(f"pro-formas/{shown['id']}/documents/pdf").startswith(b"%PDF-")
    stated = f"customers/{anna}/statement"
    assert seller.reads(stated, **{"from": "2027-06-01"})["closing"] == 0

    assert seller.bills("2027-06-01") == ["seats 2027-06-01..2027-06-30 100.00"]
    days = "from=2027-06-01&to=2027-06-30"
    page = seller.downloads(f"{stated}/documents/html?{days}").decode()
    assert f"Invoice {seller.code.upper()}-2027-000001" in page
    assert '<tr class="due"><td>Closing balance</td><td class="n">€120.00</td></tr>' in page
    assert seller.downloads(f"{stated}/documents/pdf?{days}").startswith(b"%PDF-")
