"""The bill run's context: one table beneath all its stores, that of the process or a snapshot."""

from solde.runtime import bill_run, wiring
from tests.support.deployment import deployed
from tests.support.seller import Seller

SEEN = ("billing", "runs", "entities", "catalogs", "usage")


def tables(context) -> set[int]:
    return {id(getattr(context, name)._table) for name in SEEN}


def test_every_store_of_a_run_lies_over_the_table_of_the_process(monkeypatch) -> None:
    with deployed(monkeypatch) as made:
        context = bill_run.context()
        assert tables(context) == {id(made.table)}
        assert context.objects is made.objects
        assert context.engine is made.told
        assert bill_run.context() is context


def test_a_context_over_another_table_sees_that_and_nothing_else(monkeypatch) -> None:
    seller = Seller()
    with deployed(monkeypatch) as made:
        snapshot = bill_run.context_over(seller.table)
        assert tables(snapshot) == {id(seller.table)}
        assert snapshot.entities.entity("FRA").name == "Solde SAS"
        assert list(bill_run.context().entities.all()) == []
        assert snapshot.objects is made.objects is wiring.archive()
