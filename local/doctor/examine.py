"""Ask every check; what may not be looked at is a finding too."""

import json
from collections.abc import Callable
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from local.doctor import account, capacity, keys, mail, watch
from local.doctor.finding import Check, Clients, Found, Wanted
from local.places import ROOT

CHECKS: tuple[Check, ...] = (
    account.bootstrap,
    account.stacks,
    mail.sending,
    mail.sender,
    capacity.concurrency,
    keys.stripe,
    keys.own_key,
    watch.listeners,
    watch.budget,
)
GLOBAL = {"budgets": "us-east-1"}
"""Services that answer in one region only."""


def examine(clients: Clients, wanted: Wanted) -> list[Found]:
    """Return every finding in order; without credentials there is one."""
    try:
        found = list(account.caller(clients, wanted))
    except (BotoCoreError, ClientError) as nobody:
        return [Found("credentials", str(nobody), "name credentials and region: aws configure")]
    for check in CHECKS:
        found += _asked(check, clients, wanted)
    return found


def _asked(check: Check, clients: Clients, wanted: Wanted) -> list[Found]:
    try:
        return list(check(clients, wanted))
    except ClientError as refused:
        code, call = refused.response["Error"]["Code"], refused.operation_name
        return [Found(check.__name__, f"{call}: {code}", f"let these credentials call {call}")]
    except BotoCoreError as silent:
        return [Found(check.__name__, str(silent), "see that this region has the service")]


def real_clients(region: str | None) -> Clients:
    """Return clients of the account that the environment names."""
    make: Callable[..., Any] = boto3.Session(region_name=region).client
    return lambda service: make(service, region_name=GLOBAL.get(service, region))


def wanted(stage: str | None) -> Wanted:
    """Read what cdk.json says; the command line may name another stage."""
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    return Wanted(stage or context["stage"], context["mail_from"], context["own_key"])
