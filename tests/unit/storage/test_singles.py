"""A single issue: documents, register and billing state together, or nothing."""

from dataclasses import replace
from datetime import date

import pytest

from solde.ports.runs import RegisterRecord
from solde.ports.singles import Revision, Single, Watermark
from solde.storage.singles import SingleTable
from tests.support.closed import french
from tests.support.seller import Seller, at

NOW = at("2013-06-15T10:00:00")
DAY = date(2013, 6, 15)


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    made.customer("acme")
    made.subscribes("acme", "2013-06-01", ("basic", "1"))
    made.runs_billing("2013-06-01")
    return made


def single(seller: Seller, *, watermark: bool = True) -> Single:
    """One more document of the series, and what the billing state takes over."""
    (before,) = seller.documents("acme")
    head = seller.context.runs.head("FRA-2013")
    record = RegisterRecord(
        series="FRA-2013",
        kind="invoice",
        first=2,
        last=2,
        issued_on=DAY,
        sealed_at=NOW,
        run_id="",
        plan_digest="p",
        totals={"EUR": 12_75},
        previous_hash=head.hash,
        hash="h2",
    )
    header = replace(before, id="inv_new", number="FRA-2013-000002", issued_on=DAY)
    state = seller.context.billing.state("acme", "FRA")
    mark = Watermark(state, through=DAY, next_due_on=date(2013, 7, 1), covered_to=None)
    return Single([record], [head], [header], [french()], mark if watermark else None)


def test_all_of_it_is_written_together(seller) -> None:
    before = seller.context.billing.state("acme", "FRA")
    assert SingleTable(seller.table).issue_single(single(seller), at=NOW)
    after = seller.context.billing.state("acme", "FRA")
    assert after == replace(before, through=DAY, ver=before.ver + 1)
    assert seller.context.runs.head("FRA-2013").last == 2
    numbers = [one.number for one in seller.documents("acme")]
    assert numbers == ["FRA-2013-000001", "FRA-2013-000002"]
    kinds = [item["type"] for key, item in seller.table.items.items() if key.pk.startswith("O#")]
    assert kinds == ["invoice.issued"] * 2


def test_without_a_watermark_the_billing_state_stays(seller) -> None:
    before = seller.context.billing.state("acme", "FRA")
    assert SingleTable(seller.table).issue_single(single(seller, watermark=False), at=NOW)
    assert seller.context.billing.state("acme", "FRA") == before


def test_a_revision_moves_the_state_unless_a_run_took_hold(seller) -> None:
    read = seller.context.billing.state("acme", "FRA")
    after = replace(read, rev=read.rev + 1)
    one = replace(single(seller), mark=Revision(read, after))
    held = replace(one, mark=Revision(replace(read, ver=read.ver - 1), after))
    assert not SingleTable(seller.table).issue_single(held, at=NOW)
    assert SingleTable(seller.table).issue_single(one, at=NOW)
    assert seller.context.billing.state("acme", "FRA") == after


def test_nothing_more_due_leaves_the_index(seller) -> None:
    one = single(seller)
    last = replace(one.mark, next_due_on=None, covered_to=date(2013, 7, 1))
    assert SingleTable(seller.table).issue_single(replace(one, mark=last), at=NOW)
    state = seller.context.billing.state("acme", "FRA")
    assert (state.due_on, state.covered_to) == (None, date(2013, 7, 1))


@pytest.mark.parametrize("stale", ["head", "state"])
def test_what_has_moved_since_it_was_read_keeps_everything_back(seller, stale) -> None:
    one = single(seller)
    if stale == "head":
        one = replace(one, heads=[replace(one.heads[0], last=0)])
    else:
        state = one.mark.read
        one = replace(one, mark=replace(one.mark, read=replace(state, rev=9)))
    before = dict(seller.table.items)
    assert not SingleTable(seller.table).issue_single(one, at=NOW)
    assert seller.table.items == before
