"""Policies of dunning as stored: every version stays, and cases take what counts on their day."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.dunning import STANDARD, Applies, Channel, Level, Policy, QuietHours
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.money import Money
from solde.ports.records import first
from solde.storage.dunning_policies import PolicyTable, policy_from_item, policy_to_item
from tests.support.model_table import ModelTable
from tests.support.seller import at

NOW = at("2013-01-10T08:00:00")
FIRM = Policy(
    entity="FRA",
    code="firm",
    levels=(Level(5), Level(20, Channel.LETTER, 4, restricts=True), Level(45, Channel.TASK)),
    since=date(2013, 1, 10),
    rank=10,
    calendar="FR",
    applies=Applies(True, ("gold",), ("fr",), Money(500_00, "EUR"), 2),
    quiet=QuietHours(20, 8),
)


@pytest.mark.parametrize(
    "policy", [FIRM, Policy("FRA", "plain", (Level(3),)), replace(FIRM, applies=Applies(False))]
)
def test_a_policy_is_read_back_as_it_was(policy) -> None:
    assert policy_from_item(policy_to_item(policy) | {"version": policy.version}) == policy


def test_cases_take_the_version_that_counts_on_their_day() -> None:
    table = PolicyTable(ModelTable())
    later = replace(FIRM, version=2, since=date(2013, 6, 1), levels=(Level(9),))
    table.put(FIRM, first(NOW, {}))
    table.put(later, first(NOW, {}))
    table.put(Policy("FRAB", "other", (Level(3),)), first(NOW, {}))
    assert table.of("FRA", date(2013, 5, 31)) == [FIRM]
    assert table.of("FRA", date(2013, 6, 1)) == [later]
    assert table.of("FRA", date(2013, 1, 9)) == []
    assert table.of("USA", date(2013, 6, 1)) == []


def test_the_version_that_a_case_began_with_is_read_for_ever() -> None:
    table = PolicyTable(ModelTable())
    table.put(FIRM, first(NOW, {}))
    table.put(replace(FIRM, version=2), first(NOW, {"by": "finance"}))
    assert table.version("FRA:firm", 1) == FIRM
    assert table.version(":standard", 1) is STANDARD
    latest, record = table.latest("FRA:firm")
    assert (latest.version, record.metadata) == (2, {"by": "finance"})
    assert table.latest("FRA:gentle") is None
    with pytest.raises(NotFoundError, match="expected FRA:firm 3, found none"):
        table.version("FRA:firm", 3)


def test_a_version_is_stored_once() -> None:
    table = PolicyTable(ModelTable())
    table.put(FIRM, first(NOW, {}))
    with pytest.raises(StateConflictError, match="expected a version above 1"):
        table.put(replace(FIRM, rank=11), first(NOW, {}))
