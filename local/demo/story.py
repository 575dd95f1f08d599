"""The demo: two sellers, real flights, a quarter or a year of bills, payments and reminders."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, TaskID

from local.clock import Fired
from local.demo import airports, french
from local.demo.agenda import Agenda
from local.demo.caller import Caller, keyed
from local.demo.catalog import Request, entity
from local.demo.events import batches, departures
from local.demo.flights import SAMPLE
from local.demo.months import JANUARY, YEAR, Span, at_hour, last_second_of, month_starts
from local.demo.payers import paid
from local.demo.report import report
from local.hold import hold
from local.places import Places
from local.rest import wait_for_rest
from local.sandbox.stripe import Delivery, post
from local.up import Cloud, forget, running

BATCH = 1000
ACKNOWLEDGED = 200
RUN_IS_OVER = 4
"""An hour of New York by which the bill run of the day is over."""


@dataclass(slots=True)
class Story:
    """What the demo knows while it lives through the span."""

    cloud: Cloud
    caller: Caller
    span: Span
    source: Path
    secret: str
    progress: Progress
    task: TaskID
    agenda: Agenda = field(default_factory=Agenda)
    seen: set[str] = field(default_factory=set)

    def live(self) -> None:
        for happening in french.happenings():
            self.agenda.add(at_hour(happening.on, 12), self._asking(happening.request))
        for day in month_starts(self.span):
            self.agenda.add(last_second_of(day), self._sending(day))
            self.agenda.add(at_hour(day, RUN_IS_OVER), self._paying(day))
        self.agenda.live(self.cloud, self.span.end, self._watch)

    def _asking(self, request: Request) -> Callable[[], None]:
        return lambda: self._say(self.caller.send(request)["object"])

    def _sending(self, first_on: date) -> Callable[[], None]:
        """Send what was used in the month before a day."""
        used_in = first_on - timedelta(days=1)

        def send() -> None:
            events = [one for one in french.readings() if _month(one) == f"{used_in:%Y-%m}"]
            if events:
                self.caller.ingest(events)
            if (used_in.year, used_in.month) in self.span.flights_of:
                for batch in batches(departures(self.source, month=used_in.month), size=BATCH):
                    self.caller.ingest(batch)
                    self._say(f"{len(batch)} departures sent")

        return send

    def _paying(self, day: date) -> Callable[[], None]:
        """Let the customers of the day's new invoices pay as they do."""

        def pay() -> None:
            for row in self.caller.every("invoices"):
                if row["id"] in self.seen:
                    continue
                self.seen.add(row["id"])
                invoice = self.caller.read("invoices", row["id"])
                for delivery in paid(invoice, secret=self.secret, at=at_hour(day, RUN_IS_OVER)):
                    self.agenda.add(delivery.at, self._delivering(delivery))

        return pay

    def _delivering(self, delivery: Delivery) -> Callable[[], None]:
        def deliver() -> None:
            url = f"{self.cloud.url}/webhooks/stripe"
            status = post(delivery, url, now=int(time.time()))
            if status != ACKNOWLEDGED:
                self.progress.print(f"a delivery of Stripe's was answered with {status}")
            wait_for_rest(self.cloud.places)
            self._say("Stripe delivered")

        return deliver

    def _watch(self, fired: Fired) -> None:
        self.progress.update(self.task, advance=1)
        self._say(f"{fired.at:%Y-%m-%d} {fired.schedule}")
        for trouble in fired.troubles:
            self.progress.print(f"{fired.at:%Y-%m-%d} {fired.schedule}: {trouble}", markup=False)

    def _say(self, text: str) -> None:
        self.progress.update(self.task, description=f"{text:40.40}")


def run(places: Places, *, full: bool) -> None:
    """Live through the demo, say what came out, and hold the cloud until Ctrl-C."""
    console = Console(highlight=False)
    forget(places)
    began = time.monotonic()

    def tell(line: str) -> None:
        console.print(f"{time.monotonic() - began:5.1f} s  {line}", markup=False)

    with running(places, tell) as cloud:
        lived(cloud, console, tell, full=full)
        report(cloud, console, seconds=int(time.monotonic() - began))
        hold(cloud)


def lived(cloud: Cloud, console: Console, tell: Callable[[str], None], *, full: bool) -> Story:
    span = YEAR if full else JANUARY
    cloud.clock.start(span.start)
    caller = keyed(cloud, name="demo", at=span.start)
    requests = _set_up()
    tell(f"setting up two sellers: {len(requests)} requests")
    for request in requests:
        caller.send(request)
    tell("living through it")
    with Progress(console=console, transient=True) as progress:
        story = Story(
            cloud=cloud,
            caller=caller,
            span=span,
            source=_source(full=full),
            secret=_secret(cloud),
            progress=progress,
            task=progress.add_task("", total=cloud.clock.due(span.end)),
        )
        story.live()
    return story


def _set_up() -> list[Request]:
    sellers = (airports.SELLER, french.SELLER)
    return [*map(entity, sellers), *airports.set_up(), *french.set_up()]


def _secret(cloud: Cloud) -> str:
    found: dict[str, Any] = cloud.client("secretsmanager").get_secret_value(
        SecretId=cloud.outputs.stripe_secret
    )
    return str(found["SecretString"])


def _source(*, full: bool) -> Path:
    if not full:
        return SAMPLE
    from local.demo.fetch import year  # noqa: PLC0415 - asks the package index

    return year()


def _month(event: dict[str, Any]) -> str:
    """Return the month of a reading in Paris, where its customer is."""
    at = datetime.fromisoformat(event["time"]).astimezone(french.ZONE)
    return f"{at:%Y-%m}"
