"""January's flights and a French seller, billed by the deployed system and checked from outside."""

import json
import urllib.request
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from local.demo.report import mails, places
from local.replay import replay
from local.rest import wait_for_rest
from local.verify import findings
from local.what_if import change_of, deltas
from tests.support.curl import TUTORIALS, shown_in_docs
from tests.support.demo import issued, recomputed
from tests.support.second_opinion import violations

pytestmark = pytest.mark.cloud


def test_every_issued_line_is_the_recomputed_one_to_the_cent(demo) -> None:
    expected = recomputed()
    assert sum(expected.values()) == 237
    assert issued(demo.invoices) == expected


def test_a_planted_wrong_row_is_found(demo) -> None:
    expected = recomputed()
    row = next(iter(expected))
    expected[row] -= 1
    expected[(*row[:5], row[5] + 1)] += 1
    assert issued(demo.invoices) != expected


def test_every_document_follows_from_its_derivation_tree(demo) -> None:
    ids = [one["id"] for one in demo.invoices]
    found = {one: violations(demo.caller.read("invoices", f"{one}/explanation")) for one in ids}
    assert {one: wrong for one, wrong in found.items() if wrong} == {}


def test_totals_of_the_runs(demo) -> None:
    runs = {
        (run["target_on"], run["entity"]): (run["status"], run["counts"]["minor"])
        for run in demo.caller.every("bill-runs")
    }
    assert runs == {
        ("2013-01-01", "nyc"): ("closed", 875_000_00),  # 35 × 25,000.00
        ("2013-01-01", "fr"): ("closed", 44_85),  # 3 × 12.50 + 19.6 %
        ("2013-02-01", "nyc"): ("closed", 7_197_073_00),
        ("2013-02-01", "fr"): ("closed", 377_42),
        ("2013-03-01", "nyc"): ("closed", 875_000_00),
        ("2013-03-01", "fr"): ("closed", 384_85),
    }


def test_each_run_is_one_execution_with_its_states_and_map_children(demo) -> None:
    machines = demo.cloud.client("stepfunctions")
    listed = machines.list_executions(stateMachineArn=demo.cloud.outputs.bill_run)["executions"]
    mine = Counter(one["name"] for one in listed if one["name"].startswith("run_"))
    runs = [run["id"] for run in demo.caller.every("bill-runs")]
    assert mine == Counter(dict.fromkeys(runs, 1))
    arn = next(one["executionArn"] for one in listed if one["name"] == runs[0])
    events = machines.get_execution_history(executionArn=arn, maxResults=1000)["events"]
    entered = [
        event["stateEnteredEventDetails"]["name"]
        for event in events
        if "stateEnteredEventDetails" in event
    ]
    steps = [
        "Select",
        "Plan",
        "Review",
        "Reviewed?",
        "Seal",
        "Sealed?",
        "Publish",
        "Issue",
        "Close",
    ]
    assert [name for name in entered if name in steps] == steps


def test_every_run_is_replayed_to_the_byte(demo) -> None:
    runs = [run["id"] for run in demo.caller.every("bill-runs")]
    found = [replay(demo.cloud, run) for run in runs]
    assert sum(one.documents for one in found) == len(demo.invoices)
    assert [one for one in found if one.differing] == []


def test_what_if_nothing_were_another_is_exactly_zero(demo) -> None:
    found = list(deltas(demo.cloud, change_of("{}"), date(2013, 1, 1)))
    assert sum(one.documents for one in found) == len(demo.invoices)
    every = [delta for one in found for delta in one.deltas]
    assert sum(one.billed_net for one in every if one.currency == "USD") == 8_947_073_00
    assert [one for one in every if one.changed] == []


def test_what_if_seats_cost_a_cent_more(demo) -> None:
    change = '{"prices": {"seats": {"model": {"model": "per_unit", "amount": "0.46"}}}}'
    every = [
        delta
        for one in deltas(demo.cloud, change_of(change), date(2013, 2, 1))
        for delta in one.deltas
    ]
    seats = sum(
        int(line["expression"]["quantity"])
        for invoice in demo.invoices
        for line in invoice["document"]["lines"]
        if line["price"]["id"] == "seats"
    )
    assert sum(one.net - one.billed_net for one in every) == seats > 1_000_000


def test_nothing_stored_contradicts_itself(demo) -> None:
    found = {one["code"]: one["violations"] for one in findings(demo.cloud)}
    assert len(found) == 19
    assert {code: wrong for code, wrong in found.items() if wrong} == {}


def test_who_pays_and_who_is_reminded(demo) -> None:
    status = {
        (one["document"]["customer"]["external_id"], one["issued_on"]): one["status"]
        for one in demo.invoices
    }
    for code in ("AA", "WN"):
        assert [status[code, f"2013-0{month}-01"] for month in (1, 2, 3)] == ["paid"] * 3
    assert status["DL", "2013-01-01"] == "paid"
    assert status["OO", "2013-01-01"] == "open"
    subjects = Counter(
        "second" if "Second reminder" in text else "first"
        for mail in mails(demo.cloud)
        if "payables@oo.example.test" in (text := json.dumps(mail)) and "eminder" in text
    )
    # January: 19 and 30 January; February: 19 February and 2 March; March's is due on the 16th.
    assert subjects == {"first": 3, "second": 2}


def test_the_table_says_what_each_run_cost(demo) -> None:
    """Nine write units an invoice and what the run itself takes; mails and PDFs come on top."""
    table = [line.split() for line in demo.said if line.startswith(("2013-0", " 2013-0"))]
    rows = {(row[0], row[1]): row for row in table if row[1] in ("nyc", "fr")}
    assert len(rows) == 6
    big = rows["2013-02-01", "nyc"]
    assert big[2:5] == ["16", "7,197,073.00", "USD"]
    writes, reads, dollars = int(big[6]), Decimal(big[8]), Decimal(big[9])
    assert 16 * 9 <= writes <= 16 * 9 + 30
    assert 16 * 2 <= reads <= 16 * 2 + 60
    # 16 transitions of 0.000025 USD are most of it while a run has 16 invoices
    assert Decimal("0.00001") < dollars < Decimal("0.0001")


def test_the_last_line_says_how_to_stop_it(demo) -> None:
    assert demo.said[-1] == (
        "Press Ctrl-C to stop it; `solde up` starts it again with all its data.\n"
    )


def test_the_urls_that_the_demo_prints_answer_a_plain_get(demo) -> None:
    found = list(places(demo.cloud))
    assert len(found) == 7
    printed = "".join(demo.said)
    for _, url in found:
        assert f" {url}\n" in printed
        with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own address
            assert answer.status == 200, url


def test_loading_the_same_events_again_changes_nothing(demo) -> None:
    from local.demo.events import batches, departures  # noqa: PLC0415 - this story alone
    from local.demo.flights import SAMPLE  # noqa: PLC0415

    batch = next(iter(batches(departures(SAMPLE, month=1), size=1000)))
    told = demo.caller.ingest(batch)
    assert told["accepted"] == 1000
    at = demo.cloud.clock.now().isoformat()
    rated = demo.cloud.client("lambda").invoke(
        FunctionName=demo.cloud.outputs.functions["rate_usage.rate"],
        Payload=json.dumps({"as_of": at}),
    )
    totals = json.loads(rated["Payload"].read())["totals"]
    assert totals["duplicates"] == 1000
    wait_for_rest(demo.cloud.places)
    assert len(list(demo.caller.every("invoices"))) == len(demo.invoices)


def test_every_curl_of_the_docs_answers(demo) -> None:
    for shown in shown_in_docs(but=TUTORIALS):
        headers = {**shown.headers, "Authorization": f"Bearer {demo.caller.key}"}
        body = shown.body.encode() if shown.body is not None else None
        asked = urllib.request.Request(  # noqa: S310 - our own address
            demo.cloud.url + shown.path, body, headers, method=shown.method
        )
        with urllib.request.urlopen(asked) as answer:  # noqa: S310 - raises for a refusal
            assert json.loads(answer.read())["object"], shown
