"""Usage: the queue of small requests, its packer, and the daily rating."""

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from infra.constructs import grants
from infra.constructs.function import python_function
from infra.constructs.queue_consumer import consume, queue
from infra.constructs.schedule import schedule
from infra.settings import Settings
from infra.stacks.shared import shared
from infra.stacks.state import StateStack

PACK_SECONDS = 60


class UsageStack(Stack):
    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, state: StateStack
    ) -> None:
        super().__init__(scope, name)
        common = shared(self, state, settings)
        self.events = queue(self, "events", worker_timeout=PACK_SECONDS)
        pack = python_function(
            self,
            "ingest_usage.pack",
            shared=common,
            may=[grants.write_objects(state.usage, "raw")],
            timeout=PACK_SECONDS,
        )
        consume(pack, self.events, batch=1000, window=20, concurrency=5)
        rate = python_function(
            self,
            "rate_usage.rate",
            shared=common,
            may=[
                grants.read_items(state.table),
                grants.write_items(state.table),
                grants.read_objects(state.usage, "raw", "rating"),
                grants.write_objects(state.usage, "rating"),
                grants.list_objects(state.usage),
            ],
            timeout=900,
            memory=2048,
        )
        self.missed = queue(self, "schedules-missed", worker_timeout=30).queue
        schedule(
            self,
            "rate-usage",
            expression="cron(0 1 * * ? *)",
            zone=settings.zone,
            target=rate,
            dead=self.missed,
            prefix=settings.prefix,
        )
        self.dead = [self.events.dead, self.missed]
        self.daily = {"rate-usage": rate}
        CfnOutput(self, "EventsQueue", value=self.events.queue.queue_url)
