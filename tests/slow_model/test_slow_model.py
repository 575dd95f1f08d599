"""The engine and the slow model bill the same histories, charge by charge and rate by rate."""

from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import event, given

from tests.slow_model.allowances import Allowances
from tests.slow_model.discounts import Coupons
from tests.slow_model.engine import act, allowed, begun, billed, documents
from tests.slow_model.histories import histories
from tests.slow_model.life import Life
from tests.slow_model.taxes import Part, Row, Taxes, rate_on, shared
from tests.slow_model.told import Bill, History, Price
from tests.support.laws import often
from tests.support.story import Story

MODEL = (
    "allowances",
    "contracts",
    "costs",
    "cycles",
    "discounts",
    "editions",
    "life",
    "limits",
    "meters",
    "service",
    "shares",
    "taxes",
    "told",
)


def lived(history: History):
    """Live through a history; yield story and life after every run, with the day of the run."""
    story, life = begun(history), Life(history)
    for sequence, one in enumerate(history.acts, 1):
        done = act(story, one, sequence)
        if isinstance(one, Bill):
            yield story, life, one.on
        else:
            assert life.knows(one) == done


@often()
@given(histories())
def test_the_same_history_is_billed_alike(history: History) -> None:
    """After each run, not only after the last: what was billed so far is what is owed so far."""
    allowances, seen = Allowances(), 0
    for story, life, on in lived(history):
        event(f"allowances: {allowed_alike(story.documents[seen:], allowances, life)}")
        seen = len(story.documents)
        owed = {key: minor for key, minor in life.owed(on).items() if minor}
        assert billed(story) == owed
        event(f"charges: {min(len(owed), 12)}")
    shares_go_with_their_nets(story)
    taxed_alike(story, history)
    rated_alike(story, history)


def allowed_alike(issued: list, allowances: Allowances, life: Life) -> bool:
    """Compare what coupons of documents take off the lines of one run; is it anything?"""
    coupons = Coupons(life.history, life.told, life.held)
    lines = [one for each in issued for one in allowed(each["lines"], each["kind"])]
    expected = allowances.of(lines, coupons, life.sold)
    for line, shares in zip(lines, expected, strict=True):
        assert line.shares == shares or not line.listed
    return any(expected)


def shares_go_with_their_nets(story: Story) -> None:
    """What coupons of documents took off a charge is gone when it is, and never more than it."""
    nets: Counter = Counter()
    shares: Counter = Counter()
    for line in story.lines:
        nets[line.key] += line.net.minor
        shares[line.key] += sum(one.amount.minor for one in line.shares)
    assert all(0 <= shares[key] <= net for key, net in nets.items())


def taxed_alike(story: Story, history: History) -> None:
    """Compare totals and taxes of every document, and what its lines show of them."""
    taxes = Taxes(history.inclusive)
    for document, rows in documents(story):
        note = document["kind"] == "credit_note"
        identity = document["envelope"]["id"]
        expected = taxes.of_note(rows) if note else taxes.of_invoice(rows, identity)
        found = {Fraction(one["rate"]): Part(one["base"], one["tax"]) for one in document["taxes"]}
        assert found == {rate: Part(abs(one.base), abs(one.tax)) for rate, one in expected.items()}
        gross = net = sum(row.owed for row in rows) * (-1 if note else 1)
        tax = sum(one.tax for one in found.values())
        if history.inclusive:
            net = sum(one.base for one in found.values())
        else:
            gross = net + tax
        totals = document["totals"]
        assert (totals["net"], totals["tax"], totals["gross"]) == (net, tax, gross)
        assert totals.get("rounding", 0) == gross - net - tax
        assert gross >= 0
        if all(row.owed > 0 for row in rows):
            shown_alike(document["lines"], rows, found)
        event(document["kind"])


def shown_alike(lines: list[dict], rows: list[Row], found: dict[Fraction, Part]) -> None:
    """Compare the parts of lines, where all of them charge: of the tax, and of the base."""
    for rate, part in found.items():
        mine = [place for place, row in enumerate(rows) if row.rate == rate]
        weights = [rows[place].owed for place in mine]
        if "with_tax" in lines[mine[0]]:
            assert [lines[at]["net"] for at in mine] == shared(part.base, weights)
        assert [lines[at]["tax"]["amount"] for at in mine] == shared(part.tax, weights)


def rated_alike(story: Story, history: History) -> None:
    """Compare the rate of every line with that of its first and last day."""
    for document, rows in documents(story):
        for line, row in zip(document["lines"], rows, strict=True):
            days = (line["service"]["start_on"], line["service"]["last_on"])
            tax_class = history.prices[line["price"]["id"]].tax_class
            wanted = {rate_on(tax_class, date.fromisoformat(day)) for day in days}
            assert wanted == {row.rate}


@pytest.mark.parametrize("part", MODEL)
def test_the_model_knows_nothing_of_the_engine(part: str) -> None:
    source = Path(__file__).with_name(f"{part}.py").read_text(encoding="utf-8")
    assert "solde" not in source
    assert "Decimal" not in source


# What is done wrong on purpose must be seen: else the two would agree by looking at nothing.


@pytest.mark.parametrize(
    ("acts", "spoilt"),
    [
        ((Bill(date(2027, 6, 1)),), "billed once too often"),
        ((Bill(date(2027, 6, 30)),), "an advance that is missed"),
    ],
)
def test_a_cent_too_much_is_seen(acts: tuple, spoilt: str) -> None:
    start = date(2027, 6, 1)
    price = Price("a", "advance", "per_unit", ("9.99",))
    history = History(start, start, "month", 1, 0, {"a": price}, (("i0", "a", 3),), acts)
    ((story, life, on),) = lived(history)
    assert billed(story) == life.owed(on) == {("i0", "a", start): 29_97}
    story.lines.append(story.lines[0])
    assert billed(story) != life.owed(on), spoilt
