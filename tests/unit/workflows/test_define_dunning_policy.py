"""Versions of a policy follow each other, and none begins in the past."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.dunning import Level, Policy
from solde.domain.errors import InvalidError
from solde.ports.records import first
from solde.storage.dunning_policies import PolicyTable
from solde.workflows.define_dunning_policy import define_dunning_policy
from tests.support.model_table import ModelTable
from tests.support.seller import at

NOW = at("2013-01-10T08:00:00")
TODAY = date(2013, 1, 10)
ONE = Policy("FRA", "firm", (Level(5),), since=TODAY)


@pytest.fixture
def table() -> PolicyTable:
    made = PolicyTable(ModelTable())
    define_dunning_policy(ONE, made, first(NOW, {}), today=TODAY)
    return made


def test_the_same_again_is_harmless_and_the_next_version_follows(table) -> None:
    define_dunning_policy(ONE, table, first(NOW, {}), today=date(2013, 2, 1))
    two = replace(ONE, version=2, levels=(Level(8),), since=date(2013, 2, 1))
    define_dunning_policy(two, table, first(NOW, {}), today=date(2013, 2, 1))
    assert table.latest("FRA:firm")[0] == two


@pytest.mark.parametrize(
    ("change", "said", "pointer"),
    [
        ({"version": 3}, "version: expected 2, found 3", "/version"),
        ({"version": 1, "rank": 5}, "version: expected 2, found 1", "/version"),
        (
            {"version": 2, "since": date(2013, 1, 9)},
            "since: expected 2013-01-10 or later, found 2013-01-09",
            "/since",
        ),
        ({"code": "standard"}, "code: expected one of your own, found standard", "/code"),
    ],
)
def test_what_does_not_follow_is_refused_and_changes_nothing(table, change, said, pointer) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        define_dunning_policy(replace(ONE, **change), table, first(NOW, {}), today=TODAY)
    assert refused.value.pointer == pointer
    assert table.latest("FRA:firm")[0] == ONE
