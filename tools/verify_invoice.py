"""
Recompute every amount of an invoice or credit note from its derivation tree alone.

Each FILE is what GET /v1/invoices/{id}/explanation answers: a `document`, and the `tree` that its
amounts follow from (docs/reference/derivation-tree.md). Nothing of Solde is used. Amounts are whole
minor units, exact ones fractions of major units. What a tree does not tell is a violation, too.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verify.discounts import check_allowances
from verify.late import check_late, check_sums, check_waived
from verify.lines import check_asked, check_deposit, check_lines
from verify.told import Told
from verify.totals import check_accounting, check_originals, check_taxes, check_totals

FORM = (1, 2)
"""The schemas of documents and of trees that this reads."""

CHECKS = (
    check_asked,
    check_deposit,
    check_lines,
    check_allowances,
    check_taxes,
    check_originals,
    check_totals,
    check_accounting,
)
OF_LATE = {"late_charge": (check_late, check_sums), "late_credit": (check_waived,)}


def main() -> None:
    told = {name: json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:]}
    found = [f"{name}: {one}" for name, each in told.items() for one in check(each)]
    print("\n".join([*found, f"{len(told)} documents, {len(found)} violations"]))
    sys.exit(bool(found))


def check(answer: Mapping[str, Any]) -> list[str]:
    """Return what is not as it follows: where, what was expected, what was found."""
    told = Told(answer["document"], answer["tree"])
    told.same("form", FORM, (told.document["schema"], told.tree["schema"]))
    told.same("engine", told.tree["engine"], told.document["engine"])
    try:
        for each in OF_LATE.get(told.document["kind"], CHECKS):
            each(told)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as wrong:
        told.found.append(f"form: expected a document and its tree, found {wrong!r}")
    return told.found


if __name__ == "__main__":
    main()
