"""The payments of a document: those that name it, and no others of its customer."""

from dataclasses import replace

from solde.storage.receipts import ReceiptTable
from tests.support.shop import Shop


def test_the_payments_of_a_document_are_those_that_name_it() -> None:
    shop = Shop()
    shop.paid("evt_1", 40_00)
    shop.paid("evt_2", 79_60, "pi_2")
    table = ReceiptTable(shop.seller.table)
    found = table.payments(shop.invoice)
    assert {one.reference: one.allocated_minor for one in found} == {"pi_1": 40_00, "pi_2": 79_60}
    assert table.payments(replace(shop.invoice, id="inv_other")) == []
