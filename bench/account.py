"""The product deployed into this process: its own wiring over an account of the stub."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from bench.spent import Spent, Watch
from bench.stub.cloud import REGION, StubCloud
from solde.runtime import access, bill_run, clock, documents, ingest, secret, wiring
from solde.storage import keys
from solde.storage.table import Put

TABLE = "solde-bench-state"
ARCHIVE = "solde-bench-archive"
USAGE = "solde-bench-usage"
SECRET = "whsec_bench"  # noqa: S105 - nobody's
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
ENVIRONMENT = {
    "AWS_REGION": REGION,
    "STAGE": "bench",
    "TABLE_NAME": TABLE,
    "ARCHIVE_BUCKET": ARCHIVE,
    "USAGE_BUCKET": USAGE,
    "BUS_NAME": "solde-bench",
    "BILL_RUN_ARN": f"arn:aws:states:{REGION}:000000000000:stateMachine:solde-bench-bill-run-v1",
    "EVENTS_QUEUE_URL": "https://sqs.test/solde-bench-events",
    "MAIL_FROM": "billing@solde.test",
    "PUBLIC_URL": "https://solde.test",
    "STRIPE_SECRET_ID": "stripe",
    "TEMPLATES_DIR": str(TEMPLATES),
}
FOR_EVER = 10**9
"""Seconds for which the business time is kept: calls must not depend on the speed of a machine."""


@dataclass(frozen=True, slots=True)
class Account:
    cloud: StubCloud

    @contextmanager
    def measured(self) -> Iterator[Spent]:
        """
        Tell, after the block, what it took of CPU time and of AWS.

        What the stub holds would lie in AWS: the collector does not look through it.
        """
        watch = Watch(self.cloud)
        gc.collect()
        gc.freeze()
        try:
            with watch.running():
                yield watch.spent
        finally:
            gc.unfreeze()


@contextmanager
def account(at: datetime, folder: Path | None = None) -> Iterator[Account]:
    """Hold an empty account whose business clock stands at an instant; handlers' logs are lost."""
    cloud = StubCloud(secrets={"stripe": SECRET}, folder=folder)
    with (
        cloud.installed(),
        patch.dict(os.environ, ENVIRONMENT),
        _a_new_process(),
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        redirect_stdout(nowhere),
    ):
        where = keys.clock()
        now = {"pk": where.pk, "sk": where.sk, "now": at.isoformat()}
        wiring.table().write(Put(now))
        yield Account(cloud)


@contextmanager
def _a_new_process() -> Iterator[None]:
    """Forget what modules keep for the life of a process, before the block and after it."""
    with patch.object(clock, "FRESH_SECONDS", FOR_EVER):
        try:
            _forget()
            yield
        finally:
            _forget()


def _forget() -> None:
    for module in (wiring, bill_run, ingest, documents):
        for kept in _caches(module):
            kept.cache_clear()
    clock._seen = None
    ingest._meters = None
    access._seen.clear()
    secret._kept.clear()


def _caches(module: ModuleType) -> list[Any]:
    return [thing for thing in vars(module).values() if hasattr(thing, "cache_clear")]
