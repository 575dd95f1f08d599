"""What a stored line comes to, in minor units: printed, charged, counted in its document's net."""

from collections.abc import Mapping
from typing import Any

Line = Mapping[str, Any]


def charged(line: Line) -> int:
    """Return what is charged after all discounts: with tax where prices include it."""
    return int(line["with_tax"]) if "with_tax" in line else counted(line)


def counted(line: Line) -> int:
    """Return what a line adds to the net of its document."""
    return int(line["net"] if "with_tax" in line else line.get("base", line["net"]))


def printed(line: Line) -> int:
    """Return what quantity and price come to, less the line's own discounts."""
    if "with_tax" not in line:
        return int(line["net"])
    listed = line["allowances"] if "base" in line else ()
    return int(line["with_tax"]) + sum(int(one["amount"]) for one in listed)
