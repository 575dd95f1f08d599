"""Where a run ends."""

from solde.ports.runs import RunStatus


def test_a_run_ends_closed_or_cancelled() -> None:
    assert [one.value for one in RunStatus if one.terminal] == ["closed", "cancelled"]
