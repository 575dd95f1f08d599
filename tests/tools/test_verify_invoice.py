"""The second opinion on documents: nothing to say of sound ones, each changed amount found."""

import copy
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.support.commands import ROOT
from tests.support.second_opinion import Told, recorded, violations

TOOL = ROOT / "tools" / "verify_invoice.py"
SOUND = dict(recorded())
MUTATIONS = 600
"""Single values changed: each must be found."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")
SHARE = re.compile(r"-?\d+/\d+")
NOT_AMOUNTS = re.compile(
    # who, when and under which name: no amount follows from it
    r"document\.(entity|customer|terms|group|period|mentions)\..*"
    r"|.*\.(id|name|number|rank|version|line|label|class|reason|result|inputs|source|on)"
    r"|.*\.(issued_on|last_on|draft|account|engine|schema|unit\.code|tariff|key|row|place)"
    r"|document\.lines\.\d+\.(subscription|product|service|period|units)\..*"
    # what a tariff asks of a count that was not reached, and where a sum of keys is told in parts
    r"|tree\.tariffs\.\d+\.(cells|tiers|default|size|free|flat_due|flat_at_zero).*"
    r"|.*\.(start_on|end_on|units|events|across|eligible|item|subscription|invoice|original).*"
    # places in other parts of the tree; what is told of the past, or of prices that end
    r"|.*\.(commitment|count)|tree\.keys\.\d+\.credits\.\d+\.billed\.\d+\.2"
)


def leaves(
    told: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(told, dict):
        for name, part in told.items():
            yield from leaves(part, (*path, name))
    elif isinstance(told, list):
        for place, part in enumerate(told):
            yield from leaves(part, (*path, place))
    else:
        yield path, told


def is_amount(path: tuple[str | int, ...], value: object) -> bool:
    if NOT_AMOUNTS.fullmatch(".".join(map(str, path))) or isinstance(value, bool):
        return False
    text = isinstance(value, str) and (NUMBER.fullmatch(value) or SHARE.fullmatch(value))
    return isinstance(value, int) or bool(text)


def takes_part(told: Told, path: tuple[str | int, ...]) -> bool:
    """Tell whether an amount of a note follows from it: prices that are over ask for nothing."""
    note = told["document"]["kind"] == "credit_note"
    return not (note and (path[:2] == ("tree", "tariffs") or path[-1] == "percent"))


def another(value: Any, chance: random.Random) -> Any:
    if isinstance(value, int):
        return value + chance.choice((-100, -1, 1, 7))
    if SHARE.fullmatch(value):
        above, _, below = value.partition("/")
        return f"{int(above) + chance.choice((-1, 1))}/{below}"
    return str(Decimal(value) + chance.choice((-1, 1)))


def changed(told: Told, path: tuple[str | int, ...], value: object) -> Told:
    mine: Any = copy.deepcopy(told)
    *way, last = path
    place = mine
    for name in way:
        place = place[name]
    place[last] = value
    return mine


def test_documents_of_all_recorded_runs_follow_from_their_trees() -> None:
    assert len(SOUND) >= 69
    assert {name: found for name, told in SOUND.items() if (found := violations(told))} == {}


def test_each_amount_that_is_changed_is_found() -> None:
    chance = random.Random(20261127)
    places = [
        (name, path, value)
        for name, told in SOUND.items()
        for path, value in leaves(told)
        if is_amount(path, value) and takes_part(told, path)
    ]
    missed = []
    for name, path, value in chance.sample(places, MUTATIONS):
        other = another(value, chance)
        if not violations(changed(SOUND[name], path, other)):
            missed.append((name, ".".join(map(str, path)), value, other))
    assert missed == []


def test_the_command_says_what_is_wrong_and_fails(tmp_path) -> None:
    told = copy.deepcopy(dict(SOUND["demo-2013-01-01-fr-0"]))
    sound, wrong = tmp_path / "sound.json", tmp_path / "wrong.json"
    sound.write_text(json.dumps(told))
    told["document"]["totals"]["due"] -= 1
    wrong.write_text(json.dumps(told))
    good = subprocess.run([sys.executable, "-S", TOOL, sound], capture_output=True, check=True)
    assert good.stdout == b"1 documents, 0 violations\n"
    bad = subprocess.run(
        [sys.executable, "-S", TOOL, sound, wrong], capture_output=True, check=False
    )
    assert bad.returncode == 1
    assert b"wrong.json: totals: expected" in bad.stdout
    assert bad.stdout.endswith(b"2 documents, 1 violations\n")


@pytest.mark.parametrize("name", ["how", "tariff"])
def test_what_a_tree_does_not_tell_is_a_violation(name: str) -> None:
    told = copy.deepcopy(dict(SOUND["demo-2013-01-01-nyc-0"]))
    del told["tree"]["lines"][0][name]
    assert violations(told) == [f"form: expected a document and its tree, found KeyError('{name}')"]
    told["tree"]["lines"][0][name] = "unexplained" if name == "how" else 0
    assert bool(violations(told)) == (name == "how")
