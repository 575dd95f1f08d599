"""What runs and documents consumed: as their functions told it, at AWS's list prices."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bench import prices
from local.up import Cloud

REPORT = re.compile(r"Billed Duration: (\d+) ms\tMemory Size: (\d+) MB")
MAIL = Decimal("0.0001")
"""What SES bills for one."""
OF_DOCUMENTS = frozenset({"documents rendered", "mail ended", "announced"})
OF_CHILDREN = frozenset({"batch planned", "batch issued"})
CHILD_TRANSITIONS = 2
"""A child execution of a map: its start and its one state."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with the figures of its call; `seconds` of an invocation are split over its facts."""

    fact: dict[str, Any]
    gb_seconds: Decimal

    @property
    def dollars(self) -> Decimal:
        units = self["write_units"] * prices.WRITE_UNIT + self["read_units"] * prices.READ_UNIT
        objects = self["object_writes"] * prices.S3_WRITE + self["object_reads"] * prices.S3_READ
        return units + objects + self.gb_seconds * prices.GB_SECOND + prices.INVOCATION

    def __getitem__(self, name: str) -> Decimal:
        return Decimal(self.fact[name])


def told(cloud: Cloud) -> list[Told]:
    """Read the facts that tell what they consumed out of the logs of all functions."""
    logs = cloud.client("logs")
    groups = logs.get_paginator("describe_log_groups").paginate()
    names = [group["logGroupName"] for page in groups for group in page["logGroups"]]
    found: list[Told] = []
    for name in names:
        streams: dict[str, list[str]] = {}
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=name):
            for event in page["events"]:
                streams.setdefault(event["logStreamName"], []).append(event["message"])
        for messages in streams.values():
            found += _of_invocations(messages)
    return found


def _of_invocations(messages: Iterable[str]) -> Iterator[Told]:
    """Give each fact its share of the report that ends its invocation."""
    facts: list[dict[str, Any]] = []
    for message in messages:
        if '"write_units"' in message:
            facts.append(json.loads(message))
        elif report := REPORT.search(message):
            billed_ms, memory_mb = map(Decimal, report.groups())
            for fact in facts:
                yield Told(fact, billed_ms / 1000 * memory_mb / 1024 / len(facts))
            facts = []


@dataclass(frozen=True, slots=True)
class Consumed:
    """`dollars` of all that was told, with the transitions of the machine."""

    write_units: int
    read_units: Decimal
    dollars: Decimal


def of_run(facts: Iterable[Told], run_id: str, *, entered: int) -> Consumed:
    """Add up a run from selection to close; `entered` are the states that its execution entered."""
    mine = [one for one in facts if one.fact.get("run") == run_id]
    children = sum(one.fact["fact"] in OF_CHILDREN for one in mine)
    return _summed(mine, (entered + children * CHILD_TRANSITIONS) * prices.TRANSITION)


def of_documents(facts: Iterable[Told]) -> Consumed:
    """Add up what rendering, announcing and mailing consumed, the mails themselves included."""
    mine = [one for one in facts if one.fact["fact"] in OF_DOCUMENTS]
    mails = sum(one.fact.get("state") == "sent" for one in mine)
    events = sum(int(one.fact.get("count", 0)) for one in mine)
    return _summed(mine, mails * MAIL + events * (prices.BUS_EVENT + 3 * prices.SQS_REQUEST))


def _summed(facts: list[Told], dollars: Decimal) -> Consumed:
    return Consumed(
        write_units=int(sum((one["write_units"] for one in facts), Decimal(0))),
        read_units=sum((one["read_units"] for one in facts), Decimal(0)),
        dollars=sum((one.dollars for one in facts), dollars),
    )
