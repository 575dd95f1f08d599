"""The bill run's steps as the machine calls them: each by its event, each safe to call again."""

import json
from typing import Any

import pytest

from functions.bill_run import (
    await_approval,
    close,
    issue,
    plan,
    publish,
    review,
    seal,
    select,
    start,
    sweep,
)
from functions.rate_usage import rate
from solde.domain.errors import NotFoundError, StateConflictError
from solde.storage import keys
from solde.workflows.bill_run import files
from tests.support.deployment import Deployment
from tests.support.seller import Seller

WHEN = "2013-07-01T06:00:00+00:00"


@pytest.fixture
def due(cloud: Deployment, seller: Seller) -> str:
    """July's run, started by the schedule after the rating; the clock stands at its hour."""
    rate.lambda_handler({"as_of": WHEN}, None)
    key = keys.clock()
    seller.table.items[key] = {"pk": key.pk, "sk": key.sk, "now": WHEN}
    (run_id,) = start.lambda_handler({"as_of": WHEN}, None)["runs"]
    return run_id


def called(handler: Any, run_id: str, **more: Any) -> dict[str, Any]:
    """Call a step twice, as a machine may; both answers are the same."""
    first = handler.lambda_handler({"run_id": run_id, **more}, None)
    again = handler.lambda_handler({"run_id": run_id, **more}, None)
    assert first == again
    answer: dict[str, Any] = first
    return answer


def test_the_steps_in_order_issue_the_month(cloud: Deployment, seller: Seller, due: str) -> None:
    assert cloud.told.started == [due]
    assert called(select, due) == {"status": "planning"}
    for chunk in files.read(cloud.objects, files.chunks_key(due)):
        said = called(plan, due, batch=chunk["batch"], customers=chunk["customers"])
        assert said == {"batch": chunk["batch"]}
    assert called(review, due)["dry"] is False
    called(await_approval, due, task_token="t-1")  # noqa: S106 - the machine's, of this test
    assert called(seal, due) == {"status": "sealed"}
    assert called(publish, due) == {"status": "sealed"}
    for row in files.read(cloud.objects, files.batches_key(due)):
        called(issue, due, batch=row["batch"], ranks=row["ranks"])
    assert called(close, due) == {"status": "closed"}
    numbers = [one.number for one in seller.documents("acme")]
    assert numbers == ["FRA-2013-000001", "FRA-2013-000002"]


def test_started_again_it_is_the_same_run(due: str) -> None:
    assert start.lambda_handler({"as_of": WHEN}, None) == {"runs": [due]}


def test_the_sweep_counts_what_it_looked_at(cloud: Deployment, due: str) -> None:
    said = sweep.lambda_handler({"as_of": WHEN}, None)
    assert said["runs"] >= 1
    assert said["announced"] == len(cloud.told.announcements)


@pytest.mark.parametrize(
    ("as_of", "figures"),
    [
        ("2013-07-01T12:07:00+00:00", {"RunsStuck": 0, "AnnouncementsStale": 0}),
        ("2013-07-01T12:03:00+00:00", {"RunsLate": 1, "CustomersParked": 0}),
    ],
    ids=["each sweep", "the first of an hour also"],
)
def test_the_sweep_measures_what_alarms_stand_on(
    due: str, capsys: pytest.CaptureFixture[str], as_of: str, figures: dict[str, int]
) -> None:
    """The run was opened and never planned: at two in the afternoon of Paris it is late."""
    sweep.lambda_handler({"as_of": "2013-07-01T06:15:00+00:00"}, None)
    capsys.readouterr()
    sweep.lambda_handler({"as_of": as_of}, None)
    *_, line = capsys.readouterr().out.splitlines()
    said = json.loads(line)
    assert {name: said[name] for name in figures} == figures
    assert said["stage"] == "test"


@pytest.mark.parametrize("handler", [select, review, seal, publish, close])
def test_a_run_that_is_not_there_is_an_error_that_the_machine_sees(due: str, handler: Any) -> None:
    with pytest.raises(NotFoundError):
        handler.lambda_handler({"run_id": "run_00000000000000000000000000"}, None)
    with pytest.raises(KeyError):
        handler.lambda_handler({}, None)


def test_nothing_is_issued_before_the_seal(seller: Seller, due: str) -> None:
    with pytest.raises(StateConflictError):
        issue.lambda_handler({"run_id": due, "batch": 0, "ranks": {}}, None)
    assert len(seller.documents("acme")) == 1
