"""What the demo sends when: nothing that was used is left out of the bill that it belongs to."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from local.demo import french, story
from local.demo.months import JANUARY, YEAR, month_starts
from local.demo.story import Story


@pytest.mark.parametrize(
    ("span", "months", "first_days"), [(JANUARY, [1], 3), (YEAR, list(range(1, 13)), 13)]
)
def test_every_month_is_sent_once_before_the_run_that_bills_it(
    monkeypatch, span, months, first_days
) -> None:
    sent = []
    monkeypatch.setattr(story, "departures", lambda _source, *, month: iter([{"month": month}]))
    told = Story(
        cloud=None,
        caller=SimpleNamespace(ingest=sent.extend),
        span=span,
        source=Path(),
        secret="",
        progress=SimpleNamespace(update=lambda *_given, **_named: None),
        task=None,
    )
    days = list(month_starts(span))
    assert len(days) == first_days
    for day in days:
        told._sending(day)()
    assert [one["month"] for one in sent if "month" in one] == months
    gas = [one["id"] for one in sent if "id" in one]
    ends = "2013-03-01" if span is JANUARY else "2014-01-01"
    assert gas == [one["id"] for one in french.readings() if one["id"].split("/")[1] < ends]
