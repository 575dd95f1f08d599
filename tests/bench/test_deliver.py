"""The gates of delivery: what it costs to have the documents of a run rendered and announced."""

import pytest

from bench import billrun
from bench.account import account
from bench.deliver import delivered

INVOICES = 60
"""Announced by two transactions of the run: 49 invoices and 11."""


@pytest.fixture(scope="module")
def counted():
    with account(billrun.AT) as held:
        billrun.seeded(held, INVOICES, 5)
        billrun.billed(held)
        return delivered(held).spent.counters


def test_documents_of_an_announcement_are_one_object(counted) -> None:
    assert counted.calls["s3.PutObject"] == 2


def test_a_document_takes_two_write_units_and_its_share(counted) -> None:
    """
    Its header, below 1 KB, in a transaction: two.

    An announcement for ten of them is put and deleted: 2 + 1, seven times. The run's two are
    deleted: one names 49 invoices in 4 KB, the other is small.
    """
    assert counted.write_unit_total <= 2 * INVOICES + 3 * 7 + 4 + 1


def test_documents_are_announced_in_tens(counted) -> None:
    """Two events of the run; 10 + 10 + 10 + 10 + 9 and 10 + 1 that are stored."""
    assert counted.messages["eventbridge.PutEvents"] == 2 + 5 + 2
