"""The whole year: 328,521 departures, both changes of the clock, a new rate of tax."""

from collections import Counter
from collections.abc import Iterator

import pytest

from local.places import Places
from local.verify import findings
from tests.support.commands import free_port
from tests.support.demo import Demo, issued, lived, recomputed

pytestmark = [pytest.mark.cloud, pytest.mark.deep]


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> Iterator[Demo]:
    yield from lived("demo", "--full", places=Places(tmp_path_factory.mktemp("year"), free_port()))


def test_every_line_of_the_year_is_the_recomputed_one_to_the_cent(year) -> None:
    expected = recomputed("--full")
    assert issued(year.invoices) == expected


def test_every_month_was_billed_once_for_each_seller(year) -> None:
    runs = Counter((run["entity"], run["status"]) for run in year.caller.every("bill-runs"))
    assert runs == {("nyc", "closed"): 13, ("fr", "closed"): 13}


def test_nothing_stored_contradicts_itself(year) -> None:
    found = {one["code"]: one["violations"] for one in findings(year.cloud)}
    assert {code: wrong for code, wrong in found.items() if wrong} == {}
