"""What proves all that the scenarios of this room have left behind; so it comes last."""

import pytest

from local.keyring import keyring_of
from local.replay import replay
from local.verify import findings

pytestmark = pytest.mark.cloud


def test_nothing_that_the_scenarios_left_contradicts_itself(cloud) -> None:
    wrong = {one["code"]: one["violations"] for one in findings(cloud) if one["violations"]}
    assert wrong == {}


def test_every_run_of_the_scenarios_is_replayed_to_the_byte(cloud) -> None:
    table = keyring_of(cloud).table
    rows = table.listed("L#run#0", limit=1_000)
    found = [replay(cloud, row["list_sk"]) for row in rows if row["status"] == "closed"]
    assert sum(one.documents for one in found) > 0
    assert [one.differing[0] for one in found if one.differing] == []
