"""What proves all that the scenarios of this room have left behind; so it comes last."""

import pytest

from local.demo.caller import Caller
from local.keyring import keyring_of
from local.replay import replay
from local.verify import findings
from tests.support.second_opinion import violations

pytestmark = pytest.mark.cloud


def test_nothing_that_the_scenarios_left_contradicts_itself(cloud) -> None:
    wrong = {one["code"]: one["violations"] for one in findings(cloud) if one["violations"]}
    assert wrong == {}


def test_every_document_of_the_scenarios_follows_from_its_tree(cloud, key) -> None:
    """All but late charges: these say their days, rates and sums on each line, and have no tree."""
    caller = Caller(cloud.url, key)
    ids = [row["id"] for row in caller.every("invoices") if not row["id"].startswith("lch_")]
    found = {one: violations(caller.read("invoices", f"{one}/explanation")) for one in ids}
    assert len(found) > 0
    assert {one: wrong for one, wrong in found.items() if wrong} == {}


def test_every_run_of_the_scenarios_is_replayed_to_the_byte(cloud) -> None:
    table = keyring_of(cloud).table
    rows = table.listed("L#run#0", limit=1_000)
    found = [replay(cloud, row["list_sk"]) for row in rows if row["status"] == "closed"]
    assert sum(one.documents for one in found) > 0
    assert [one.differing[0] for one in found if one.differing] == []
