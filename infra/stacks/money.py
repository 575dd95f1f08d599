"""Money: what payment providers tell is booked, and what does not come by itself is chased."""

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs import grants
from infra.constructs.bus_route import route
from infra.constructs.function import allow, python_function
from infra.constructs.queue_consumer import consume, queue
from infra.constructs.schedule import schedule
from infra.settings import Settings
from infra.stacks.shared import for_documents, shared, with_payments
from infra.stacks.state import StateStack
from infra.stacks.web import WebStack

SETTLE_SECONDS = 30
COLLECT_SECONDS = 90
REFUND_SECONDS = 60
CLOSE_SECONDS = 900


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
        self._common, self._state = shared(self, state, settings), state
        self._paid = with_payments(self, self._common, settings)
        self._knows = {
            "STRIPE_SECRET_ID": state.stripe_secret.secret_arn,
            "PUBLIC_URL": web.url,
        }
        chase = python_function(
            self,
            "chase_overdue.chase",
            shared=for_documents(self, self._common, settings),
            may=[
                grants.read_items(state.table),
                grants.scan_due(state.table),
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
            expression=f"cron(0 {settings.chase_hours} * * ? *)",
            zone=settings.zone,
            target=chase,
            dead=missed,
            prefix=settings.prefix,
        )
        repair = self._repair(settings, missed)
        self.dead = [self._settle(), self._collect(), self._refund(), self._close(web)]
        self.daily = {"chase-overdue": chase, "repair-attempts": repair}

    def _settle(self) -> sqs.Queue:
        settling = queue(self, "settle-payment", worker_timeout=SETTLE_SECONDS)
        settle = python_function(
            self,
            "settle_payment.settle",
            shared=self._paid,
            may=self._asks(),
            timeout=SETTLE_SECONDS,
            environment=self._knows,
        )
        consume(settle, settling, batch=10, concurrency=5)
        route(self, "delivery", bus=self._state.bus, detail="delivery.received", to=settling)
        return settling.dead

    def _collect(self) -> sqs.Queue:
        """Let few at once ask the providers, whom more would only make refuse."""
        asked = queue(self, "collect-payment", worker_timeout=COLLECT_SECONDS)
        collect = python_function(
            self,
            "collect_payment.collect",
            shared=self._paid,
            may=self._asks(),
            timeout=COLLECT_SECONDS,
            environment=self._knows,
        )
        consume(collect, asked, batch=1, concurrency=5)
        route(self, "attempt", bus=self._state.bus, detail="attempt.asked", to=asked)
        return asked.dead

    def _repair(self, settings: Settings, missed: sqs.Queue) -> lambda_.Function:
        repair = python_function(
            self,
            "collect_payment.repair",
            shared=self._paid,
            may=[
                *self._asks(),
                grants.scan_due(self._state.table),
                grants.write_objects(self._state.archive, "debits"),
            ],
            timeout=CLOSE_SECONDS,
            environment=self._knows,
        )
        schedule(
            self,
            "repair-attempts",
            expression="cron(0 5 * * ? *)",
            zone=settings.zone,
            target=repair,
            dead=missed,
            prefix=settings.prefix,
        )
        return repair

    def _asks(self) -> list[iam.PolicyStatement]:
        """Say what those may do who ask a provider for what was stored."""
        table, secret = self._state.table, self._state.stripe_secret
        return [
            grants.read_items(table),
            grants.write_items(table),
            allow(("secretsmanager:GetSecretValue",), secret.secret_arn),
        ]

    def _refund(self) -> sqs.Queue:
        """Let few at once ask the provider, whom more would only make refuse."""
        asked = queue(self, "send-refund", worker_timeout=REFUND_SECONDS)
        send = python_function(
            self,
            "send_refund.send",
            shared=self._paid,
            may=self._asks(),
            timeout=REFUND_SECONDS,
            environment=self._knows,
        )
        consume(send, asked, batch=1, concurrency=2)
        route(self, "refund", bus=self._state.bus, detail="refund.asked", to=asked)
        return asked.dead

    def _close(self, web: WebStack) -> sqs.Queue:
        """Let one message close one month: it reads the whole table, so two at once at most."""
        table = self._state.table
        closing = queue(self, "close-books", worker_timeout=CLOSE_SECONDS)
        close = python_function(
            self,
            "close_books.close",
            shared=self._common,
            may=[
                grants.read_items(table),
                grants.write_items(table),
                grants.scan_items(table),
                grants.write_objects(self._state.archive, "books"),
                grants.read_objects(self._state.archive, "packs"),
                grants.read_objects(self._state.usage, "rating"),
            ],
            timeout=CLOSE_SECONDS,
            memory=1024,
            environment={"BILL_RUN_ARN": web.machine_arn},
        )
        consume(close, closing, batch=1, concurrency=2)
        route(self, "close-asked", bus=self._state.bus, detail="books.close_asked", to=closing)
        return closing.dead
