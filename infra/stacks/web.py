"""What the world reaches: the HTTP API, webhooks in, and the page behind a mailed link."""

from aws_cdk import ArnFormat, CfnOutput, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs import grants
from infra.constructs.api import http_api, noun, routes
from infra.constructs.function import ANY_TASK, Shared, allow, python_function
from infra.settings import Settings
from infra.stacks.shared import for_documents, log_group, shared, with_payments
from infra.stacks.state import StateStack
from infra.stacks.usage import UsageStack

NOUNS = {
    "customers": ("customers",),
    "catalog": (
        "entities",
        "products",
        "meters",
        "prices",
        "plans",
        "coupons",
        "tax-regimes",
        "exchange-rates",
        "reference-rates",
        "pricing-units",
    ),
    "subscriptions": ("subscriptions",),
    "usage": ("usage", "rejected-events"),
    "invoices": ("invoices", "print-files"),
    "adjustments": ("adjustments",),
    "invoice_plans": ("invoice-plans",),
    "credit_notes": ("credit-notes",),
    "pro_formas": ("pro-formas",),
    "bill_runs": ("bill-runs",),
    "payments": ("payments", "bank-statements", "bank-transfers", "debit-batches", "debit-returns"),
    "books": ("closes", "journal-entries"),
    "templates": ("templates", "logos"),
    "webhook_endpoints": ("webhook-endpoints",),
    "dunning": ("dunning-policies", "dunning-decisions", "dunning-tasks"),
}
WRITERS = (
    "customers",
    "catalog",
    "subscriptions",
    "invoices",
    "adjustments",
    "invoice_plans",
    "credit_notes",
    "pro_formas",
    "bill_runs",
    "payments",
    "books",
    "templates",
    "webhook_endpoints",
    "dunning",
)
"""Those who answer to more than questions."""
WITH_PAPER = ("customers", "invoices", "pro_formas", "templates", "dunning")
"""Those who set documents while somebody waits for them."""


class WebStack(Stack):
    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        state: StateStack,
        usage: UsageStack,
    ) -> None:
        super().__init__(scope, name)
        self._state, self._usage = state, usage
        self.common = shared(self, state, settings)
        self._documents = for_documents(self, self.common, settings)
        self.machine = f"{settings.prefix}-bill-run-v1"
        self.api = http_api(
            self, name=settings.prefix, log_group=log_group(self, "access", settings)
        )
        self.url = settings.public_url or self.api.api_endpoint
        self._nouns()
        self._ways_in(settings)
        CfnOutput(self, "ApiId", value=self.api.api_id)
        CfnOutput(self, "ApiUrl", value=self.url)

    @property
    def machine_arn(self) -> str:
        arn: str = self.format_arn(
            service="states",
            resource="stateMachine",
            resource_name=self.machine,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        return arn

    def _nouns(self) -> None:
        """Give each group of nouns a function, and each function a role."""
        extra = self._objects()
        for folder, nouns in NOUNS.items():
            function = python_function(
                self,
                f"{folder}.api",
                shared=self._documents if folder in WITH_PAPER else self.common,
                may=[
                    grants.read_items(self._state.table),
                    *([grants.write_items(self._state.table)] if folder in WRITERS else []),
                    *extra.get(folder, []),
                ],
                environment={"BILL_RUN_ARN": self.machine_arn, "PUBLIC_URL": self.url},
            )
            wanted = noun(*nouns)
            if folder == "usage":
                wanted["/v1/events/{proxy+}"] = ("GET",)
            routes(self.api, function, wanted)

    def _objects(self) -> dict[str, list[iam.PolicyStatement]]:
        """Say what each group may do beside the table."""
        state = self._state
        archive, usage, table = state.archive, state.usage, state.table
        return {
            "invoices": [
                # A record of the register is looked for before it is copied.
                grants.read_objects(archive, "packs", "documents", "register", "print"),
                grants.list_objects(archive),
                self._keeps("packs", "register"),
                grants.read_objects(usage, "rating"),
            ],
            "credit_notes": self._issues(),
            # Plans with a deposit, and top-ups that are sold, are invoiced at once.
            "invoice_plans": self._issues(),
            "customers": [*self._issues(), grants.read_objects(archive, "logos")],
            "pro_formas": [
                grants.read_objects(archive, "packs", "documents", "register", "logos"),
                grants.list_objects(archive),
                self._keeps("documents", "register"),
                grants.read_objects(usage, "rating"),
            ],
            "adjustments": self._previews(),
            "bill_runs": [
                grants.read_objects(archive, "runs"),
                grants.list_objects(archive),
                allow(("states:StartExecution",), self.machine_arn),
                allow(("states:SendTaskSuccess",), ANY_TASK),
            ],
            "usage": [grants.read_objects(usage, "raw", "rating"), grants.list_objects(usage)],
            "payments": [
                grants.read_objects(archive, "debits"),
                grants.write_objects(archive, "debits"),
                grants.list_objects(archive),
                grants.scan_due(table),
            ],
            "dunning": [grants.read_objects(archive, "packs", "logos"), grants.scan_due(table)],
            "books": [grants.read_objects(archive, "books")],
            "templates": [
                grants.read_objects(archive, "logos"),
                grants.list_objects(archive),
                grants.write_objects(archive, "logos"),
            ],
            "subscriptions": self._previews(),
        }

    def _keeps(self, *folders: str) -> iam.PolicyStatement:
        """Let a group write what the law wants kept."""
        return grants.write_objects(self._state.archive, *folders, locked=self._state.locked)

    def _issues(self) -> list[iam.PolicyStatement]:
        """Let a group number documents and store them."""
        return [
            grants.read_objects(self._state.archive, "packs", "register"),
            grants.list_objects(self._state.archive),
            self._keeps("packs", "register"),
            grants.read_objects(self._state.usage, "rating"),
        ]

    def _previews(self) -> list[iam.PolicyStatement]:
        """Let a group look at what was billed and used, to say what would be billed."""
        return [
            grants.read_objects(self._state.archive, "packs"),
            grants.read_objects(self._state.usage, "rating"),
        ]

    def _ways_in(self, settings: Settings) -> None:
        table = self._state.table
        accept = python_function(
            self,
            "ingest_usage.accept",
            shared=self.common,
            may=[
                grants.read_items(table),
                grants.write_objects(self._state.usage, "raw"),
                allow(("sqs:SendMessage",), self._usage.events.queue.queue_arn),
            ],
            reserved=50,
            environment={"EVENTS_QUEUE_URL": self._usage.events.queue.queue_url},
        )
        routes(self.api, accept, {"/v1/events": ("POST",)})
        self.webhook = self._webhook("stripe", self.common, 20)
        self._webhook("paypal", with_payments(self, self.common, settings), 10)
        site = python_function(
            self, "site.pages", shared=self.common, may=[grants.read_clock(table)]
        )
        pages = ("/", "/health", "/docs", "/docs/{proxy+}", "/openapi.json")
        routes(self.api, site, dict.fromkeys(pages, ("GET",)))
        self._pages(settings)

    def _pages(self, settings: Settings) -> None:
        """Let customers read and pay by mailed links: who answers a GET may not write."""
        invoice = python_function(
            self,
            "web.invoice",
            shared=self._documents,
            may=[
                grants.read_items(self._state.table),
                grants.read_objects(self._state.archive, "packs", "documents", "logos"),
            ],
        )
        links = ("/i/{token}", "/i/{token}/{proxy+}")
        routes(self.api, invoice, dict.fromkeys(links, ("GET",)))
        account = python_function(
            self,
            "web.account",
            shared=self._documents,
            may=[
                grants.read_items(self._state.table),
                grants.read_objects(self._state.archive, "packs", "documents", "logos"),
            ],
        )
        links = ("/c/{token}", "/c/{token}/{proxy+}")
        routes(self.api, account, dict.fromkeys(links, ("GET",)))
        routes(self.api, self._page("forget"), {"/c/{token}/methods": ("POST",)})
        routes(self.api, self._page("renew"), {"/i/{token}/renew": ("POST",)})
        routes(self.api, self._page("pay"), _of_documents("pay", "leave"))
        routes(self.api, self._page("tell"), _of_documents("question", "promise"))
        back = python_function(self, "web.back", shared=self._documents, may=[])
        routes(self.api, back, {"/back/{attempt}": ("GET",)})
        if settings.stage != "live":
            sandbox = {"/sandbox/{proxy+}": ("GET", "POST")}
            routes(self.api, self._page("sandbox"), sandbox)

    def _page(self, name: str) -> lambda_.Function:
        """Let a page take what a customer sends."""
        return python_function(
            self,
            f"web.{name}",
            shared=self._documents,
            may=[
                grants.read_items(self._state.table),
                grants.write_items(self._state.table),
                grants.read_objects(self._state.archive, "packs", "logos"),
            ],
            environment={"PUBLIC_URL": self.url},
        )

    def _webhook(self, provider: str, common: Shared, reserved: int) -> lambda_.Function:
        """Let a provider tell what happened: it may write items, and read its secret."""
        table, secret = self._state.table, self._state.stripe_secret
        receive = python_function(
            self,
            f"receive_webhook.{provider}",
            shared=common,
            may=[
                grants.write_items(table),
                grants.read_clock(table),
                allow(("secretsmanager:GetSecretValue",), secret.secret_arn),
            ],
            reserved=reserved,
            environment={"STRIPE_SECRET_ID": secret.secret_arn},
        )
        routes(self.api, receive, {f"/webhooks/{provider}": ("POST",)})
        return receive


def _of_documents(*acts: str) -> dict[str, tuple[str, ...]]:
    """Return the routes of what is sent about a document, by its link or by its owner's."""
    bases = ("/i/{token}", "/c/{token}/{document}")
    return {f"{base}/{act}": ("POST",) for base in bases for act in acts}
