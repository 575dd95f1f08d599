"""The table of limits says what the code says."""

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(
    r"^\| (?P<what>.+) \| (?P<value>.+) \| `(?P<module>[\w.]+):(?P<name>\w+)` \|$", re.MULTILINE
)
ROWS = list(ROW.finditer((ROOT / "docs" / "reference" / "limits.md").read_text()))
UNITS = {"day": 86_400, "hour": 3_600, "minute": 60}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["module"] + ":" + row["name"])
def test_a_limit_is_what_the_table_says(row: re.Match[str]) -> None:
    stands = getattr(import_module(row["module"]), row["name"])
    number, _, unit = row["value"].partition(" ")
    said = int(number.replace(",", ""))
    if isinstance(stands, timedelta):
        assert stands == timedelta(seconds=said * UNITS[unit.removesuffix("s")])
    else:
        assert (stands, unit) == (said, "")


def test_the_table_is_read_whole() -> None:
    text = (ROOT / "docs" / "reference" / "limits.md").read_text()
    rows = text.count("| `solde.") + text.count("| `functions.")
    assert len(ROWS) == rows > 20
