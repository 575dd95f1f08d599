"""The nightly proof over all that the scenarios of this room have left behind; so it comes last."""

import pytest

from local.verify import findings

pytestmark = pytest.mark.cloud


def test_nothing_that_the_scenarios_left_contradicts_itself(cloud) -> None:
    wrong = {one["code"]: one["violations"] for one in findings(cloud) if one["violations"]}
    assert wrong == {}
