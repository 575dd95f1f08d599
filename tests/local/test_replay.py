"""The gate: recorded runs come out as they were billed, or the change is declared."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from local.replay import DECLARED, REPLAYS, ReplayError, gate, shown
from solde.domain.pricing import model as models
from solde.domain.pricing.per_unit import PerUnit, price_per_unit
from solde.domain.rating.propose import alike_of
from solde.runtime.replay import record
from tests.support.recorder import billed


@pytest.fixture
def folder(tmp_path) -> Path:
    seller, (june, _) = billed()
    body = record(june, seller.table, seller.objects, seller.objects)
    (tmp_path / "june.json.gz").write_bytes(body)
    return tmp_path


@pytest.fixture
def dearer(folder, monkeypatch) -> Iterator[Path]:
    """An engine that asks 1.00 more for each seat, after June was billed."""

    def priced(model, quantity):
        return price_per_unit(PerUnit(model.amount + 1), quantity)

    monkeypatch.setattr(models, "price_per_unit", priced)
    alike_of.cache_clear()  # another engine is another process, which remembers nothing
    yield folder
    alike_of.cache_clear()


def declare(folder: Path, *customers: str, **more: str) -> None:
    rows = [
        {"record": "june.json.gz", "customer": one, "policy": "dear/2", "reason": "asked", **more}
        for one in customers
    ]
    (folder / DECLARED).write_text(json.dumps(rows))


def test_the_project_s_own_recorded_runs_come_out_as_they_were_billed() -> None:
    found = list(gate(REPLAYS))
    assert len(found) >= 18
    assert [(one.name, one.differing) for one in found if one.differing] == []
    assert sum(one.documents for one in found) >= 65


def test_what_comes_out_the_same_is_told_in_numbers(folder, capsys) -> None:
    (found,) = gate(folder)
    assert (found.name, found.customers, found.documents) == ("june.json.gz", 3, 3)
    shown([found], Console(width=100))
    assert "june.json.gz" in (said := capsys.readouterr().out)
    assert "none" in said


def test_a_changed_cent_stops_the_gate_and_names_its_node(dearer, capsys) -> None:
    (found,) = gate(dearer)
    assert [one.customer_id for one in found.differing] == ["acme", "beta", "core"]
    shown([found], Console(width=100))
    assert "beta  document 1 line 1.steps[0][1]: expected 9.99, found 10.99" in (
        capsys.readouterr().out
    )


def test_a_declared_change_passes_and_no_other(dearer) -> None:
    declare(dearer, "acme", "core")
    (found,) = gate(dearer)
    assert [one.customer_id for one in found.differing] == ["beta"]


def test_a_declared_change_that_did_not_happen_is_refused(folder) -> None:
    declare(folder, "beta")
    with pytest.raises(ReplayError, match=r"expected a change of \['beta'\], found none"):
        list(gate(folder))


def test_a_declaration_says_policy_and_reason(folder) -> None:
    declare(folder, "beta", why="no such field")
    with pytest.raises(ReplayError, match="expected record, customer, policy and reason"):
        list(gate(folder))


def test_a_gate_without_runs_is_none(tmp_path) -> None:
    with pytest.raises(ReplayError, match="found none"):
        list(gate(tmp_path))
