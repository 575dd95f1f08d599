"""The functions as deployed, over models: the real handlers, stores and workflows, no network."""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from solde.ports.announcements import Announcement
from solde.ports.mail import Mail
from solde.runtime import (
    access,
    bill_run,
    clock,
    documents,
    idempotency,
    looks,
    paging,
    reach,
    secret,
    wiring,
)
from solde.runtime import ingest as ingest_wiring
from tests.support.model_objects import ModelObjects
from tests.support.model_table import ModelTable
from tests.support.usage_world import Messages

TEMPLATES = Path(__file__).parents[2] / "templates"
SECRET = "whsec_test"  # noqa: S105 - an endpoint's secret of the tests
ENVIRONMENT = {
    "STAGE": "test",
    "MAIL_FROM": "bills@solde.example.test",
    "PUBLIC_URL": "https://bills.example.test",
    "TEMPLATES_DIR": str(TEMPLATES),
    "STRIPE_SECRET_ID": "stripe",
}


@dataclass
class Told:
    """A bus, a mailer and an engine that keep what they are told."""

    announcements: list[Announcement] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    woken: list[str] = field(default_factory=list)

    def publish(self, announcements: Sequence[Announcement]) -> None:
        self.announcements += announcements

    def send(self, mail: Mail) -> str:
        self.mails.append(mail)
        return f"m-{len(self.mails)}"

    def start(self, run_id: str) -> None:
        self.started.append(run_id)

    def approved(self, task_token: str) -> bool:
        self.woken.append(task_token)
        return True


@dataclass
class Deployment:
    """`objects` stands for both buckets."""

    table: ModelTable
    objects: ModelObjects
    told: Told = field(default_factory=Told)
    queue: Messages = field(default_factory=Messages)


@contextmanager
def deployed(monkeypatch: pytest.MonkeyPatch, **models: Any) -> Iterator[Deployment]:
    """Wire the functions of this process to models, and let go of them afterwards."""
    made = Deployment(models.get("table") or ModelTable(), models.get("objects") or ModelObjects())
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for module in (wiring, access, clock, idempotency, paging, reach):
        monkeypatch.setattr(module, "table", lambda: made.table)
    for module, name, model in (
        (wiring, "archive", made.objects),
        (wiring, "usage_objects", made.objects),
        (wiring, "bus", made.told),
        (wiring, "engine", made.told),
        (documents, "mailer", made.told),
        (ingest_wiring, "queue", made.queue),
    ):
        monkeypatch.setattr(module, name, lambda model=model: model)
    monkeypatch.setattr(clock, "_seen", None)
    monkeypatch.setattr(access, "_seen", {})
    monkeypatch.setattr(ingest_wiring, "_meters", None)
    monkeypatch.setattr(secret, "stripe_secrets", lambda: (SECRET,))
    monkeypatch.setattr(secret, "stripe_account", lambda: "")
    _forget()
    yield made
    _forget()


def _forget() -> None:
    for module in (wiring, documents, looks, bill_run, reach, ingest_wiring):
        for made in vars(module).values():
            if hasattr(made, "cache_clear") and made.__module__ == module.__name__:
                made.cache_clear()


def queued(*details: dict[str, Any]) -> dict[str, Any]:
    """A batch of SQS messages that carry bus events, named m0, m1 …"""
    return {
        "Records": [
            {"messageId": f"m{place}", "body": json.dumps({"detail": detail})}
            for place, detail in enumerate(details)
        ]
    }


def posted(path: str, body: bytes, **headers: str) -> dict[str, Any]:
    """A POST as the gateway hands it over: raw bytes in base64, names of headers in lower case."""
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {name.replace("_", "-"): value for name, value in headers.items()},
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
        "requestContext": {
            "requestId": "r1",
            "http": {"method": "POST", "path": path},
            "stage": "$default",
        },
    }
