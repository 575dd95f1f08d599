"""`solde bench`: one JSON object a bench, the same for the same seed."""

import json

import pytest

from bench.cli import BENCHES, main


def said(capsys, *arguments: str) -> dict[str, object]:
    main([*arguments, "--json"])
    (line,) = capsys.readouterr().out.splitlines()
    return json.loads(line)


def test_a_bill_run_is_one_object_with_a_whole_total(capsys) -> None:
    """Seed 7: 330.43 and 557.76, as the bill run's own test works them out."""
    found = said(capsys, "billrun", "--n", "2", "--seed", "7")
    assert (found["bench"], found["n"], found["seed"]) == ("billrun", 2, 7)
    assert found["total_minor"] == 888_19
    assert type(found["total_minor"]) is int
    assert {"rate_per_second", "own_cpu_us", "sdk_cpu_us", "peak_mb", "calls"} <= found.keys()
    assert {"write_units", "read_units", "s3_put", "sqs_messages"} <= found.keys()


@pytest.mark.parametrize(
    "name", ["ingest", "rate", "webhook", "render", "billing", "cost", "explain"]
)
def test_every_bench_runs_small(capsys, name: str) -> None:
    assert said(capsys, name, "--n", "3")["bench"] == name


def test_there_are_the_six_that_are_promised() -> None:
    assert {"ingest", "rate", "billrun", "render", "webhook", "cost"} <= BENCHES.keys()


def test_a_cost_is_below_its_bound(capsys) -> None:
    """Dollars before the mail: 15 for a million invoices, 75 for a billion events."""
    found = said(capsys, "cost", "--n", "100")
    assert found["dollars_per_million_invoices"] <= 15
    assert found["dollars_per_billion_events"] <= 75
