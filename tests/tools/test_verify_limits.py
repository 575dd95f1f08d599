"""The second opinion on caps: each amount that what is above follows from is counted again."""

import random
from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from tests.support.second_opinion import Told, violations
from tests.support.story import Story
from tests.tools.test_verify_invoice import another, changed, is_amount, leaves

D = Decimal


def told() -> Told:
    """Calls of 60.00 and power of 15.00 in 15 of 30 days, at most 100.00 a month: 50.00."""
    story = Story()
    for name in ("calls", "power"):
        story.sells(name, ChargeKind.USAGE, PerUnit(D(1)))
    story.sells("most", ChargeKind.CAP, Flat(D("100.00")), eligible=("standard",))
    story.subscribes("s", "2027-06-16", {"calls": 1, "power": 1, "most": 1}, anchor="2027-06-01")
    story.uses("calls", "2027-06-20", 60)
    story.uses("power", "2027-06-20", 15)
    story.bills("2027-07-01")
    return {"document": story.documents[0], "tree": story.trees()[0]}


def test_each_amount_of_a_cap_that_is_changed_is_found() -> None:
    chance, sound = random.Random(20261127), told()
    assert violations(sound) == []
    places = [
        (path, value)
        for path, value in leaves(sound)
        if path[:2] == ("tree", "caps") and path[-1] != "tariff" and is_amount(path, value)
    ]
    # by cap: most, own, two of a row, a share; and the amount of each charge that counts
    assert len(places) == 2 * 5 + 1 + 2
    missed = []
    for path, value in places:
        other = another(value, chance)
        if not violations(changed(sound, path, other)):
            missed.append((".".join(map(str, path)), value, other))
    assert missed == []


def test_what_is_not_eligible_does_not_count() -> None:
    found = violations(changed(told(), ("tree", "caps", 1, "counted", 0, "product"), "reduced"))
    assert found[0] == "line 2 cap:sit_most eligible: expected set(), found {'reduced'}"


def test_a_cap_without_its_arithmetic_is_found() -> None:
    found = violations(changed(told(), ("tree", "lines", 0, "off", "caps"), []))
    assert found == ["line 1 caps: expected {}, found {'cap:sit_most': 1000}"]
