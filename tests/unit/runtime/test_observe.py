"""A line is one JSON object; a figure is dressed so that CloudWatch takes it from the log."""

import json

import pytest

from solde.runtime.observe import alarm, measure, tell


@pytest.fixture(autouse=True)
def stage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "live")


def line(capsys: pytest.CaptureFixture[str]) -> dict:
    (only,) = capsys.readouterr().out.splitlines()
    return json.loads(only)


def test_a_fact_is_one_line_with_its_ids(capsys) -> None:
    tell("swept", runs=2)
    assert line(capsys) == {"fact": "swept", "runs": 2}


def test_figures_are_metrics_of_the_stage(capsys, monkeypatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 1_370_858_400_123_999_999)
    measure(RunsLate=0, CustomersParked=3)
    assert line(capsys) == {
        "_aws": {
            "Timestamp": 1_370_858_400_123,
            "CloudWatchMetrics": [
                {
                    "Namespace": "solde",
                    "Dimensions": [["stage"]],
                    "Metrics": [
                        {"Name": "RunsLate", "Unit": "Count"},
                        {"Name": "CustomersParked", "Unit": "Count"},
                    ],
                }
            ],
        },
        "stage": "live",
        "RunsLate": 0,
        "CustomersParked": 3,
    }


def test_an_alarm_is_told_and_counted_in_one_line(capsys) -> None:
    alarm("mail failed", invoice="inv_1")
    found = line(capsys)
    assert found["fact"] == "ALARM mail failed"
    assert found["invoice"] == "inv_1"
    assert found["Alarms"] == 1
    assert found["_aws"]["CloudWatchMetrics"][0]["Metrics"] == [{"Name": "Alarms", "Unit": "Count"}]
