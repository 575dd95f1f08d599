"""Lines: what is alike is said once for all, and whose it is for each."""

from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from tests.support.story import Story, item

D = Decimal


def told(seats: int, fee: str = "49.00") -> Story:
    story = Story(regime="FR")
    story.sells("fee", ChargeKind.ADVANCE, Flat(D(fee)))
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("3.335")))
    story.subscribes("s", "2027-06-01", {"fee": 1, "seat": seats})
    return story


def test_customers_of_one_price_have_it_alike_and_their_own_names() -> None:
    first, second = told(3), told(3)
    second.subscribes("t", "2027-06-01", {"seat": 3})
    first.bills("2027-06-01")
    second.bills("2027-06-01")
    (mine,), (yours,) = first.documents, second.documents
    assert [one["net"] for one in mine["lines"]] == [49_00, 10_01]  # 3 × 3.335 = 10.005
    assert yours["lines"][:2] == mine["lines"]
    other = yours["lines"][2]
    assert other["subscription"]["id"] == "sub_t"
    own = ("line", "subscription", "tax")
    kept = {name: said for name, said in other.items() if name not in own}
    assert kept == {name: said for name, said in mine["lines"][1].items() if name not in own}


def test_a_price_of_the_same_name_that_asks_more_is_another() -> None:
    for fee, net in (("49.00", 49_00), ("50.00", 50_00), ("49.00", 49_00)):
        story = told(1, fee)
        story.bills("2027-06-01")
        line = story.documents[-1]["lines"][0]
        assert (line["net"], line["expression"]["price"]) == (net, fee.removesuffix(".00"))


def test_what_a_document_says_itself_is_in_no_line_of_another() -> None:
    """An account that is assigned to one line stays there."""
    first, second = told(2), told(2)
    first.bills("2027-06-01")
    first.documents[0]["lines"][0]["account"] = "7061"
    second.bills("2027-06-01")
    assert [one["account"] for one in second.documents[0]["lines"]] == ["706", "706"]
    assert item("fee", 1).id == second.documents[0]["lines"][0]["item"]
