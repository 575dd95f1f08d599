"""Known: what was proved of a table holds while it is the same; once a week it is proved again."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

from solde.ports.objects import ObjectStore
from solde.workflows.verify.report import Finding

MONDAY = 0
"""Objects may change beneath a table that does not: the day on which nothing counts as known."""
RESTING = frozenset({"I1", "I3", "I4", "I5", "I7", "I36"})
"""What follows from the table and from objects that are written once, whatever day it is."""


def recalled(state: str, at: datetime, objects: ObjectStore) -> Mapping[str, Finding]:
    """Return by their codes what was found of a table in this state (a digest); often nothing."""
    body = None if at.weekday() == MONDAY else objects.get(_key(state))
    found = json.loads(body) if body else {}
    return {code: Finding(code, title, counted, ()) for code, (title, counted) in found.items()}


def keep(state: str, findings: Sequence[Finding], objects: ObjectStore) -> None:
    """Keep what was proved, if all of it was: a violation is found again until it is gone."""
    if not any(chain.from_iterable(one.violations for one in findings)):
        proved = {one.code: (one.title, one.counted) for one in findings if one.code in RESTING}
        body = json.dumps(proved).encode()
        objects.put_new(_key(state), body, content_type="application/json")


def _key(state: str) -> str:
    return f"proofs/{state}.json"
