"""Billing: the bill run, what announces it, documents and mail, and the nightly proof."""

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_ses as ses
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs import grants
from infra.constructs.bill_run import Steps, bill_run
from infra.constructs.bus_route import route
from infra.constructs.function import ANY_TASK, allow, python_function
from infra.constructs.printing import printing
from infra.constructs.queue_consumer import consume, queue
from infra.constructs.schedule import schedule
from infra.settings import Settings
from infra.stacks.shared import for_documents, for_print, log_group, shared
from infra.stacks.state import StateStack
from infra.stacks.web import WebStack

STEPS = ("select", "plan", "review", "await_approval", "seal", "publish", "issue", "close")
LOOKS = ("select", "start", "sweep")
"""The steps that look for what is due."""
RENDER_SECONDS = 60
MAIL_SECONDS = 30
COPY_SECONDS = 60
CALL_SECONDS = 120
TOLD = (
    "invoice.issued",
    "documents.stored",
    "invoice.mailed",
    "invoice.questioned",
    "invoice.promised",
    "invoice.notice_closed",
    "invoice.written_off",
    "payment.received",
    "payment.refunded",
    "payment.disputed",
    "payment.restored",
    "payment.undone",
    "payment.returned",
    "credit.applied",
    "service.restricted",
    "service.restored",
    "wallet.topped_up",
    "wallet.voided",
    "wallet.expired",
    "wallet.top_up_needed",
    "endpoint.due",
)
"""What is told to systems of the seller; a test holds it to what the product knows to tell."""


class BillingStack(Stack):
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
        self._settings, self._state, self._web, self._missed = settings, state, web, missed
        self.common = shared(self, state, settings)
        self.documents = for_documents(self, self.common, settings)
        self.dead: list[sqs.Queue] = []
        self.machine = bill_run(
            self,
            name=web.machine,
            steps=Steps(**{step: self._run_step(step) for step in STEPS}),
            archive=state.archive,
            concurrency=settings.map_concurrency,
            log_group=log_group(self, "bill-run", settings),
        )
        self._schedules()
        self._announce()
        self._deliver()
        CfnOutput(self, "BillRunArn", value=self.machine.state_machine_arn)

    def _run_step(self, step: str) -> lambda_.Function:
        heavy = step in ("plan", "issue")
        return python_function(
            self,
            f"bill_run.{step}",
            shared=self.common,
            may=[
                *self._run_rights(),
                *([grants.scan_due(self._state.table)] if step in LOOKS else []),
            ],
            timeout=300 if heavy else 60,
            memory=1024 if heavy else 512,
            environment={"BILL_RUN_ARN": self._web.machine_arn},
        )

    def _run_rights(self) -> list[iam.PolicyStatement]:
        archive = self._state.archive
        return [
            grants.read_items(self._state.table),
            grants.write_items(self._state.table),
            grants.read_objects(archive, "runs", "packs", "register"),
            grants.write_objects(archive, "runs", "packs", "register", locked=self._state.locked),
            grants.list_objects(archive),
            grants.read_objects(self._state.usage, "rating"),
            allow(("states:StartExecution",), self._web.machine_arn),
            allow(("states:SendTaskSuccess",), ANY_TASK),
        ]

    def _schedules(self) -> None:
        start, sweep = self._run_step("start"), self._run_step("sweep")
        sweep.add_environment("BUS_NAME", self._state.bus.event_bus_name)
        sweep.add_to_role_policy(allow(("events:PutEvents",), self._state.bus.event_bus_arn))
        prove = python_function(
            self,
            "verify.nightly",
            shared=self.common,
            may=[
                grants.read_items(self._state.table),
                grants.scan_items(self._state.table),
                grants.read_objects(self._state.archive, "packs", "documents", "register"),
                grants.list_objects(self._state.archive),
                grants.read_objects(self._state.usage, "rating", "proofs"),
                grants.write_objects(self._state.usage, "proofs"),
                grants.list_objects(self._state.usage),
            ],
            timeout=900,
            memory=1024,
            environment={"BILL_RUN_ARN": self._web.machine_arn},
        )
        paper = self._print()
        self.daily = {"bill-run": start, "verify": prove, "print-documents": paper}
        for name, expression, target in (
            ("bill-run", "cron(0 2 * * ? *)", start),
            ("sweep", "rate(5 minutes)", sweep),
            ("verify", "cron(0 4 * * ? *)", prove),
            ("print-documents", "cron(0 6 * * ? *)", paper),
        ):
            schedule(
                self,
                name,
                expression=expression,
                zone=self._settings.zone,
                target=target,
                dead=self._missed,
                prefix=self._settings.prefix,
            )

    def _announce(self) -> None:
        lost = queue(self, "announce-lost", worker_timeout=30).queue
        announce = python_function(
            self,
            "announce.publish",
            shared=self.common,
            may=[
                grants.write_items(self._state.table),
                allow(("events:PutEvents",), self._state.bus.event_bus_arn),
            ],
        )
        announce.add_event_source(
            sources.DynamoEventSource(
                self._state.table,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=100,
                bisect_batch_on_error=True,
                retry_attempts=10,
                report_batch_item_failures=True,
                on_failure=sources.SqsDlq(lost),
                filters=[
                    lambda_.FilterCriteria.filter(
                        {
                            "eventName": lambda_.FilterRule.is_equal("INSERT"),
                            "dynamodb": {
                                "Keys": {"pk": {"S": lambda_.FilterRule.begins_with(prefix)}}
                            },
                        }
                    )
                    for prefix in ("O#", "EV#")
                ],
            )
        )
        self.dead.append(lost)

    def _deliver(self) -> None:
        archive, table = self._state.archive, self._state.table
        rendering = queue(self, "render-documents", worker_timeout=RENDER_SECONDS)
        render = python_function(
            self,
            "render_documents.render",
            shared=self.documents,
            may=[
                grants.read_items(table),
                grants.write_items(table),
                grants.read_objects(archive, "packs", "documents", "logos"),
                grants.write_objects(archive, "documents", locked=self._state.locked),
            ],
            timeout=RENDER_SECONDS,
            memory=1024,
            environment={"PUBLIC_URL": self._web.url},
        )
        consume(render, rendering, batch=5, concurrency=10)
        route(self, "invoice-issued", bus=self._state.bus, detail="invoice.issued", to=rendering)
        mailing = queue(self, "send-mail", worker_timeout=MAIL_SECONDS)
        send = python_function(
            self,
            "send_mail.send",
            shared=self.documents,
            may=[
                grants.read_items(table),
                grants.write_items(table),
                grants.read_objects(archive, "packs", "documents"),
                grants.send_mail(self._state.mail_arns),
            ],
            timeout=MAIL_SECONDS,
            environment={"PUBLIC_URL": self._web.url},
        )
        consume(send, mailing, batch=5, concurrency=5)
        route(self, "documents-stored", bus=self._state.bus, detail="documents.stored", to=mailing)
        route(self, "mail-asked", bus=self._state.bus, detail="mail.asked", to=mailing)
        self.dead += [rendering.dead, mailing.dead, self._hear(), self._copy(), self._call()]

    def _hear(self) -> sqs.Queue:
        """Let the provider tell of mails that bounce, by way of the account's own bus."""
        table, own = self._state.table, events.EventBus.from_event_bus_name(self, "own", "default")
        ses.ConfigurationSetEventDestination(
            self,
            "mail-events",
            configuration_set=ses.ConfigurationSet.from_configuration_set_name(
                self, "mail-settings", self._settings.prefix
            ),
            destination=ses.EventDestination.event_bus(own),
            events=[ses.EmailSendingEvent.BOUNCE, ses.EmailSendingEvent.COMPLAINT],
        )
        told = queue(self, "hear-mail", worker_timeout=MAIL_SECONDS)
        hear = python_function(
            self,
            "hear_mail.hear",
            shared=self.common,
            may=[grants.read_items(table), grants.write_items(table)],
            timeout=MAIL_SECONDS,
        )
        consume(hear, told, batch=10, concurrency=2)
        kinds = ("Email Bounced", "Email Complaint Received")
        route(self, "mail-events", bus=None, source="aws.ses", detail=kinds, to=told)
        return told.dead

    def _copy(self) -> sqs.Queue:
        """Bring documents by ways other than mail, so that none of them keeps up a mail."""
        archive, table = self._state.archive, self._state.table
        asked = queue(self, "copy-documents", worker_timeout=COPY_SECONDS)
        copy = python_function(
            self,
            "copy_documents.copy",
            shared=self.common,
            may=[
                grants.read_items(table),
                grants.write_items(table),
                grants.read_objects(archive, "documents", "drop"),
                grants.write_objects(archive, "drop"),
                *grants.drop_objects(self, self._settings.drop_bucket, self._settings.drop_key),
            ],
            timeout=COPY_SECONDS,
            environment={"PUBLIC_URL": self._web.url},
        )
        consume(copy, asked, batch=1, concurrency=5)
        route(self, "copy-asked", bus=self._state.bus, detail="copy.asked", to=asked)
        return asked.dead

    def _call(self) -> sqs.Queue:
        """Tell the seller's own systems what happened."""
        table = self._state.table
        told = queue(self, "call-endpoints", worker_timeout=CALL_SECONDS)
        call = python_function(
            self,
            "call_endpoints.call",
            shared=self.common,
            may=[grants.read_items(table), grants.write_items(table)],
            timeout=CALL_SECONDS,
            environment={"PUBLIC_URL": self._web.url},
        )
        consume(call, told, batch=1, concurrency=5)
        route(self, "endpoints-told", bus=self._state.bus, detail=TOLD, to=told)
        return told.dead

    def _print(self) -> lambda_.Function:
        """Make the files of those who get paper, each day before the post is fetched."""
        paper = printing(
            self,
            shared=self.common,
            binds=for_print(self, self.common, self._settings),
            table=self._state.table,
            archive=self._state.archive,
            bus=self._state.bus,
        )
        self.dead.append(paper.dead)
        return paper.gather
