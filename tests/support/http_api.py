"""The API as its callers see it: real handlers over models, what they answer and leave."""

import base64
import json
from datetime import UTC, datetime
from types import SimpleNamespace
from urllib.parse import urlencode

from solde.runtime import access, bill_run
from solde.storage.api_keys import put_api_key
from solde.workflows.bill_run import files
from solde.workflows.bill_run.close import close_run
from solde.workflows.bill_run.issue import issue_batch
from solde.workflows.bill_run.plan import plan_chunk
from solde.workflows.bill_run.publish import publish_register
from solde.workflows.bill_run.review import review_plan
from solde.workflows.bill_run.seal import seal_run
from solde.workflows.bill_run.select import select_due
from solde.workflows.bill_run.start import start_due_runs
from tests.support.deployment import Deployment

KEY = access.make_key("test", 123456789)
READER = access.make_key("test", 987654321)
NOW = datetime(2013, 1, 10, 12, tzinfo=UTC)
ADDRESS = {"lines": ["1 rue X"], "postcode": "75001", "city": "Paris", "country": "FR"}
ENTITY = {
    "code": "fr",
    "name": "Solde SAS",
    "address": ADDRESS,
    "currency": "EUR",
    "language": "fr",
    "time_zone": "Europe/Paris",
    "tax_regime": "FR",
    "number_prefix": "FR",
    "terms_days": 30,
}
CUSTOMER = {
    "entity": "fr",
    "name": "Martin",
    "address": ADDRESS,
    "email": "a@b.test",
    "external_id": "M1",
}


class Api:
    """`ask` answers status, body and headers; bodies that are not JSON come as bytes."""

    def __init__(self, cloud: Deployment, handlers: dict) -> None:
        self.model, self.objects, self._handlers = cloud.table, cloud.objects, handlers
        self.queue = cloud.queue.bodies

    def __call__(self, method, path, body=None, *, raw=None, query=None, key=KEY, **headers):
        text = raw if raw is not None else (json.dumps(body) if body is not None else None)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        event = {
            "version": "2.0",
            "rawPath": path,
            "rawQueryString": urlencode(query or {}, doseq=True),
            "queryStringParameters": {
                name: ",".join(value) if isinstance(value, list) else value
                for name, value in (query or {}).items()
            },
            "headers": {
                "content-type": "application/json",
                "authorization": f"Bearer {key}",
                **named,
            },
            "body": text,
            "isBase64Encoded": False,
            "requestContext": {
                "requestId": "r1",
                "http": {"method": method, "path": path},
                "stage": "$default",
            },
        }
        handler = self._handlers[path.split("/")[2]]
        if (method, path) == ("POST", "/v1/events"):
            handler = self._handlers["ingest"]
        answer = handler.lambda_handler(event, SimpleNamespace(aws_request_id="r1"))
        found = answer["body"]
        if answer.get("isBase64Encoded"):
            found = base64.b64decode(found)
        elif "json" in answer["headers"].get("Content-Type", ""):
            found = json.loads(found)
        return answer["statusCode"], found, answer["headers"]

    def key(self, *scopes: str) -> str:
        """Return a key with some scopes only."""
        key = access.make_key("test", 55)
        digest = access.hash_of(key)
        put_api_key(self.model, digest, name="narrow", scopes=list(scopes), at=NOW)
        return key

    def made(self, method: str, path: str, body: dict, **more):
        status, found, _ = self(method, path, body, **more)
        assert status < 300, found
        return found

    def shop(self) -> None:
        """Set up one seller with a plan of seats at 31.00 a month, and a customer."""
        self.made("POST", "/v1/entities", ENTITY)
        self.made("POST", "/v1/products", {"code": "seat", "name": "Seat"})
        price = {"code": "seat", "product": "seat", "currency": "EUR", "kind": "advance"}
        price["model"] = {"model": "per_unit", "amount": "31.00"}
        self.made("POST", "/v1/prices", price)
        part = {"code": "seats", "price": "seat", "description": "Seats"}
        plan = {"code": "team", "name": "Team", "unit": "month", "components": [part]}
        self.made("POST", "/v1/plans", plan)
        self.made("POST", "/v1/customers", CUSTOMER)

    def plans(self, run_id: str) -> str:
        """Drive a run until its plan is made, and return the digest of the plan."""
        context = bill_run.context()
        select_due(run_id, context)
        for chunk in files.read(self.objects, files.chunks_key(run_id)):
            plan_chunk(run_id, chunk["batch"], chunk["customers"], context)
        return review_plan(run_id, context).plan_digest

    def closes(self, month: str) -> dict:
        """Ask for a month of the French books and let the worker close it."""
        from functions.close_books import close  # noqa: PLC0415 - once the stage is set

        asked = self.made("POST", "/v1/closes", {"entity": "fr", "month": month})
        body = json.dumps({"detail": {"entity": "fr", "month": month}})
        record = {"Records": [{"messageId": "m1", "body": body}]}
        assert close.lambda_handler(record, None) == {"batchItemFailures": []}
        return self("GET", f"/v1/closes/{asked['id']}")[1]

    def chases(self, as_of: str) -> None:
        """Let the morning's look at what is due and at what runs low come."""
        from functions.chase_overdue import chase  # noqa: PLC0415 - once the stage is set

        chase.lambda_handler({"as_of": as_of}, None)

    def finishes(self, run_id: str, at: datetime) -> None:
        """Drive a run whose plan is made through the rest of its steps."""
        context = bill_run.context()
        seal_run(run_id, at, context)
        publish_register(run_id, context)
        for row in files.read(self.objects, files.batches_key(run_id)):
            issue_batch(run_id, row["batch"], row["ranks"], at=at, context=context)
        close_run(run_id, context)

    def bills(self, at: datetime) -> None:
        """Drive the runs that are due through all their steps."""
        for run in start_due_runs(at, bill_run.context()):
            self.plans(run.id)
            self.finishes(run.id, at)


def handlers() -> dict:
    # Imported once the stage is set, as a function would be.
    from functions.adjustments import api as adjustments  # noqa: PLC0415
    from functions.bill_runs import api as bill_runs  # noqa: PLC0415
    from functions.books import api as books  # noqa: PLC0415
    from functions.catalog import api as catalog  # noqa: PLC0415
    from functions.credit_notes import api as credit_notes  # noqa: PLC0415
    from functions.customers import api as customers  # noqa: PLC0415
    from functions.dunning import api as dunning  # noqa: PLC0415
    from functions.ingest_usage import accept  # noqa: PLC0415
    from functions.invoice_plans import api as invoice_plans  # noqa: PLC0415
    from functions.invoices import api as invoices  # noqa: PLC0415
    from functions.payments import api as payments  # noqa: PLC0415
    from functions.pro_formas import api as pro_formas  # noqa: PLC0415
    from functions.subscriptions import api as subscriptions  # noqa: PLC0415
    from functions.templates import api as templates  # noqa: PLC0415
    from functions.usage import api as used  # noqa: PLC0415
    from functions.webhook_endpoints import api as webhook_endpoints  # noqa: PLC0415

    named = {"customers": customers, "subscriptions": subscriptions, "invoices": invoices}
    named |= {"print-files": invoices}
    named |= {"adjustments": adjustments, "credit-notes": credit_notes}
    named |= {"invoice-plans": invoice_plans, "pro-formas": pro_formas}
    named |= {"closes": books, "journal-entries": books}
    named |= dict.fromkeys(("entities", "products", "meters", "prices", "plans"), catalog)
    named |= dict.fromkeys(("tax-regimes", "exchange-rates", "coupons", "pricing-units"), catalog)
    named |= {"reference-rates": catalog, "templates": templates, "logos": templates}
    named |= {"webhook-endpoints": webhook_endpoints}
    named |= dict.fromkeys(("dunning-policies", "dunning-decisions", "dunning-tasks"), dunning)
    named |= dict.fromkeys(("usage", "rejected-events", "events"), used)
    named |= dict.fromkeys(
        ("payments", "bank-statements", "bank-transfers", "debit-batches", "debit-returns"),
        payments,
    )
    return named | {"bill-runs": bill_runs, "ingest": accept}
