"""Money: what payment providers tell is booked, and what does not come by itself is chased."""

from aws_cdk import Stack
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs import grants
from infra.constructs.bus_route import route
from infra.constructs.function import python_function
from infra.constructs.queue_consumer import consume, queue
from infra.constructs.schedule import schedule
from infra.settings import Settings
from infra.stacks.shared import for_documents, shared
from infra.stacks.state import StateStack
from infra.stacks.web import WebStack

SETTLE_SECONDS = 30


class MoneyStack(Stack):
    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        state: StateStack,
        web: WebStack,
        missed: sqs.Queue,
    ) -> None:
        super().__init__(scope, name)
        common = shared(self, state, settings)
        documents = for_documents(self, common, settings)
        settling = queue(self, "settle-payment", worker_timeout=SETTLE_SECONDS)
        settle = python_function(
            self,
            "settle_payment.settle",
            shared=common,
            may=[grants.read_items(state.table), grants.write_items(state.table)],
            timeout=SETTLE_SECONDS,
        )
        consume(settle, settling, batch=10, concurrency=5)
        route(self, "delivery", bus=state.bus, detail="delivery.received", to=settling)
        chase = python_function(
            self,
            "chase_overdue.chase",
            shared=documents,
            may=[
                grants.read_items(state.table),
                grants.write_items(state.table),
                grants.read_objects(state.archive, "packs"),
                grants.send_mail(state.mail_arns),
            ],
            timeout=900,
            environment={"PUBLIC_URL": web.url},
        )
        schedule(
            self,
            "chase-overdue",
            expression="cron(0 9 * * ? *)",
            zone=settings.zone,
            target=chase,
            dead=missed,
            prefix=settings.prefix,
        )
        self.dead = [settling.dead]
        self.daily = {"chase-overdue": chase}
