"""
A subscription lives at random over HTTP: changes of every kind, in any order, runs in between.

After each run the lines ever issued add up, key by key, to what one run alone would bill; what a
preview shows is what the next run bills; and what is refused leaves nothing behind.
"""

from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from solde.ports.billing import BillingState
from solde.runtime import access, bill_run
from solde.storage.api_keys import put_api_key
from solde.storage.rating_book import RatingBookTable
from solde.workflows.bill_run.customer import Asked, plan_of
from tests.support.deployment import deployed
from tests.support.http_api import KEY, NOW, Api, handlers
from tests.support.lived import PATH, Lived

PLANS = {
    "team": ("99.99", {}),
    "pro": ("160.00", {}),
    "year": ("1000.00", {"unit": "year", "credit": "none"}),
    "later": ("70.01", {"kind": "arrears"}),
    "quarter": ("299.00", {"count": 3, "credit": "full"}),
}
WORDS = st.sampled_from(["at_once", "at_period_end"])
DAYS = st.integers(-40, 60)
WHEN = WORDS | DAYS
SEATS = st.integers(0, 6).map(str)


class Lives(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.held = ExitStack()
        patch = self.held.enter_context(pytest.MonkeyPatch.context())
        made = self.held.enter_context(deployed(patch))
        put_api_key(made.table, access.hash_of(KEY), name="all", scopes=["*"], at=NOW)
        RatingBookTable(made.table).rated("fr", date(2040, 1, 1), at=NOW)
        self.lived = Lived(Api(made, handlers()), patch)
        for plan, (amount, more) in PLANS.items():
            self.lived.sells(plan, amount, **more)
        self.today = date(2013, 6, 1)
        self.devices = 0

    def teardown(self) -> None:
        self.held.close()

    @initialize(
        plan=st.sampled_from(sorted(PLANS)),
        seats=SEATS,
        trial=st.none() | st.integers(1, 40),
        then=st.sampled_from(["continue", "end"]),
        billing=st.sampled_from([None, "calendar", "anniversary"]),
    )
    def starts(self, plan, seats, trial, then, billing) -> None:
        tried = {"unit": "day", "count": trial, "then": then} if trial else None
        self.lived.subscribes(seats, plan=plan, trial=tried, billing=billing)

    @rule(days=st.integers(1, 45))
    def time_goes_by_and_a_run_bills(self, days) -> None:
        self.today += timedelta(days=days)
        self.runs()

    @rule(seats=SEATS, when=st.none() | WHEN)
    def seats_change(self, seats, when) -> None:
        self.changes("quantity", when, component="seats", quantity=seats)

    @rule(
        plan=st.sampled_from(sorted(PLANS)),
        when=st.none() | WHEN,
        anchor=st.sampled_from([None, "new", "keep"]),
    )
    def the_plan_changes(self, plan, when, anchor) -> None:
        self.changes("plan", when, plan=plan, anchor=anchor)

    @rule(when=WHEN)
    def a_device_is_switched_on(self, when) -> None:
        self.devices += 1
        named = {"description": "Gate", "external_id": f"G{self.devices}"}
        self.changes("items", when, component="seats", **named)

    @rule(device=st.integers(1, 4), seats=SEATS, when=st.none() | WHEN)
    def a_device_changes(self, device, seats, when) -> None:
        self.changes("quantity", when, item=f"ext:G{device}", quantity=seats)

    @rule(act=st.sampled_from(["pause", "resume", "convert"]), when=WHEN)
    def service_stops_or_goes_on(self, act, when) -> None:
        self.changes(act, when)

    @rule(credit=st.sampled_from([None, "none", "prorate", "full"]), when=WHEN)
    def it_is_cancelled(self, credit, when) -> None:
        self.changes("cancel", when, credit=credit)

    @rule(day=st.integers(1, 31), when=WHEN)
    def the_anchor_moves(self, day, when) -> None:
        self.changes("anchor", when, anchor_on=f"2013-07-{day:02d}")

    @rule(number=st.integers(1, 9))
    def a_change_is_withdrawn(self, number) -> None:
        self.changes("withdraw", None, number=number)

    @rule()
    def it_is_reactivated(self) -> None:
        self.changes("reactivate", None)

    def changes(self, act: str, when: str | int | None, **body) -> None:
        """Ask on a new day what a change would cost, make it, and bill it."""
        self.today += timedelta(days=1)
        self.lived.at(self.today.isoformat())
        body = {name: value for name, value in body.items() if value is not None}
        if isinstance(when, int):
            body["effective_on"] = (self.today + timedelta(days=when)).isoformat()
        elif when:
            body["effective_on"] = when
        asked = {"change": act, "on": self.today.isoformat(), **body}
        before = dict(self.lived.call.model.items)
        status, shown, _ = self.lived.call("POST", f"{PATH}/change-preview", asked)
        assert self.lived.call.model.items == before
        made, refused, _ = self.lived.call("POST", f"{PATH}/{act}", body)
        assert made == status, refused
        if made != 200:
            assert made in (409, 422), refused
            assert self.lived.call.model.items == before
        billed = self.runs()
        if made == 200:
            assert billed == shown["total"]

    def runs(self) -> int:
        """Bill up to today; return the sum, after the sums of all keys were compared."""
        rows = self.lived.bills(self.today.isoformat())
        assert self.issued() == self.of_one_run()
        return sum(int(row.split()[1]) for row in rows)

    def issued(self) -> Counter:
        return _sums(self.lived.documents.values())

    def of_one_run(self) -> Counter:
        """Bill the timeline as it stands now as if nothing had been billed of it."""
        context = bill_run.context()
        billable = context.billing.load(self.lived.shown()["customer"], "fr")
        fresh = replace(billable, state=BillingState(billable.customer.id, "fr", 0, 0))
        plan = plan_of(fresh, Asked(context.entities.entity("fr"), self.today), context)
        return _sums(plan.documents)


def _sums(documents) -> Counter:
    sums: Counter = Counter()
    for document in documents:
        sign = -1 if document["kind"] == "credit_note" else 1
        for line in document["lines"]:
            days = line["period"]
            key = (line["item"], line["price"]["id"], days["start_on"], days["end_on"])
            sums[key] += sign * line["net"]
    return Counter({key: net for key, net in sums.items() if net})


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=max(settings().max_examples // 80, 10), stateful_step_count=12, deadline=None
)
