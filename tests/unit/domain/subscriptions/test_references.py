"""What a buyer wants named: only what there is, in one order."""

from solde.domain.subscriptions.references import References


def test_only_what_there_is_is_named() -> None:
    assert References().named == {}
    said = References(ship_to="Hall 7", purchase_order="PO-1", alone=True)
    assert list(said.named.items()) == [("purchase_order", "PO-1"), ("ship_to", "Hall 7")]
