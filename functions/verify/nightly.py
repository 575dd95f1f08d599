"""
Verify by night: the invariants over everything stored; a violation raises the alarm.

What was proved of a table that has not changed since is known, unless `whole` is asked for.
"""

from typing import Any

from solde.runtime import wiring
from solde.runtime.bill_run import context_over
from solde.runtime.messages import as_of
from solde.runtime.observe import measure, tell
from solde.storage.audit import AuditTable
from solde.storage.snapshot import Snapshot
from solde.workflows.verify.known import keep, recalled
from solde.workflows.verify.verify import NOTHING, verify


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    snapshot = Snapshot(wiring.table().scan())
    at, usage, state = as_of(event), wiring.usage_objects(), snapshot.digest()
    known = NOTHING if event.get("whole") else recalled(state, at, usage)
    archive = AuditTable(snapshot, None if known else usage)
    findings = verify(at, archive, context_over(snapshot), usage, known=known)
    if not known:
        keep(state, findings, usage)
    for one in findings:
        for violation in one.violations:
            tell("ALARM invariant violated", code=one.code, violation=violation)
    violations = sum(len(one.violations) for one in findings)
    tell("verified", checks=len(findings), violations=violations, known=len(known))
    measure(Violations=violations)
    return {
        "violations": violations,
        "findings": [
            {
                "code": one.code,
                "title": one.title,
                "counted": one.counted,
                "violations": list(one.violations[:20]),
            }
            for one in findings
        ],
    }
