"""What if: the sums beside each case are those of the story, with one input replaced."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from solde.domain.pricing.per_unit import PerUnit
from solde.domain.proration import Proration
from solde.domain.tax import Regime
from solde.domain.tax.rates import Rate
from solde.runtime.what_if import altering
from solde.workflows.what_if import Books, Change, Delta, Found, what_if
from tests.support.recorder import billed
from tests.support.seller import Seller


@pytest.fixture(scope="module")
def story() -> tuple[Seller, list[str]]:
    return billed()


def asked(story: tuple[Seller, list[str]], change: Change) -> list[Found]:
    seller, runs = story
    store = seller.context.runs
    books = Books(store, seller.context.billing, seller.objects)
    every = [store.run(one) for one in reversed(runs)]
    return list(what_if(change, every, books, altering(seller.objects, seller.objects)))


def deltas(found: list[Found]) -> list[tuple[str, int, int]]:
    return [(one.customer_id, one.billed_net, one.net) for run in found for one in run.deltas]


def prices(**fields: Any) -> Change:
    return Change(prices={"seat": fields})


def test_no_change_is_exactly_zero_over_all_that_was_issued(story) -> None:
    june, july = asked(story, Change())
    assert (june.documents, july.documents) == (3, 3)
    every = [*june.deltas, *july.deltas]
    assert len(every) == 6
    assert [one for one in every if one.changed] == []
    assert [one.refused for one in (june, july)] == [{}, {}]


def test_another_price_is_asked_of_the_corrections_too(story) -> None:
    found = asked(story, prices(model=PerUnit(Decimal(10))))
    assert deltas(found) == [
        ("acme", 29_97, 30_00),
        ("beta", 29_97, 30_00),
        ("core", 29_97, 30_00),
        ("acme", 29_97, 30_00),
        # beta: 5 × 9.99 = 49.95, and two seats for 15 of 30 days of June: 9.99;
        # then 5 × 10.00 = 50.00 and 10.00, compared with the 30.00 that June would have been
        ("beta", 59_94, 60_00),
        ("core", 29_97, 30_00),
    ]


def test_another_proration_moves_what_was_prorated_alone(story) -> None:
    found = asked(story, prices(proration=Proration.NONE))
    changed = [one for run in found for one in run.deltas if one.changed]
    # two seats more since 16 June are free until July: 5 × 9.99 = 49.95
    said = [(one.customer_id, one.billed_net, one.net) for one in changed]
    assert said == [("beta", 59_94, 49_95)]


def test_another_rate_of_tax_changes_the_total_with_tax(story) -> None:
    rates = (Rate(date(2000, 1, 1), Decimal(10), "a test"),)
    found = asked(story, Change(regimes={"FR": Regime("FR", 1, {"standard": rates})}))
    (acme, *_), _ = (one.deltas for one in found)
    # 29.97 with 19.6 % is 35.84, with 10 % is 32.97
    assert acme == Delta("acme", "EUR", 29_97, 29_97, 35_84, 32_97)


def test_who_cannot_be_planned_is_told_and_counts_as_he_was_billed(story) -> None:
    found = asked(story, Change(entities={"FRA": {"e_invoice": "fr-ctc", "currency": "USD"}}))
    assert deltas(found)[0] == ("acme", 29_97, 29_97)
    assert set(found[0].refused) == {"acme", "beta", "core"}


def test_sums_add_up() -> None:
    one = Delta("acme", "EUR", 1, 2, 3, 4)
    assert one.plus(Delta("beta", "EUR", 10, 20, 30, 40)) == Delta("acme", "EUR", 11, 22, 33, 44)
