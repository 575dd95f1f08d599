"""Methods are kept beside payments, newest first, and none is taken for a payment."""

from datetime import UTC, datetime

import pytest

from solde.ports.methods import PaymentMethod
from solde.storage.methods import MethodTable
from solde.storage.reading import CorruptItemError
from solde.storage.table import ConditionFailedError
from tests.support.model_table import ModelTable

FIRST = PaymentMethod(
    "pmt_1", "cus_1", "stripe", "cus_9/pm_1", "Visa 4242", datetime(2027, 1, 4, tzinfo=UTC)
)
SECOND = PaymentMethod("pmt_0", "cus_1", "paypal", "8kk8451t", "", datetime(2027, 1, 5, tzinfo=UTC))


def test_what_is_kept_is_read_newest_first() -> None:
    table = MethodTable(ModelTable())
    for one in (FIRST, SECOND):
        table.keep(one)
    assert table.of("cus_1") == [SECOND, FIRST]
    assert table.of("cus_2") == []


def test_what_is_removed_says_so_until_it_is_kept_again() -> None:
    table = MethodTable(ModelTable())
    table.keep(FIRST)
    table.remove(FIRST)
    assert [one.removed for one in table.of("cus_1")] == [True]
    table.keep(FIRST)
    assert table.of("cus_1") == [FIRST]


def test_nothing_is_made_by_removing_it() -> None:
    with pytest.raises(ConditionFailedError):
        MethodTable(ModelTable()).remove(FIRST)


def test_an_item_that_cannot_be_read_is_named() -> None:
    model = ModelTable()
    table = MethodTable(model)
    table.keep(FIRST)
    for item in model.items.values():
        del item["token"]
    with pytest.raises(CorruptItemError, match="P#pmt_1"):
        table.of("cus_1")
