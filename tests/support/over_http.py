"""A seller of the local cloud, set up, changed, billed and read as anybody does it: over HTTP."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from local.rest import wait_for_rest
from local.sandbox.stripe import Delivery, post
from local.sandbox.stripe_objects import Payment, event, intent_succeeded
from local.up import Cloud
from tests.support.story import rows

Body = dict[str, Any]

ADDRESS = {"lines": ["1 rue du Test"], "postcode": "75001", "city": "Paris", "country": "FR"}
OVER = ("closed", "cancelled")
RUN_SECONDS = 120
HTTP_OK = 200
FORGOTTEN_SECONDS = 1.2
"""A function that looked at the business clock looks again after a second."""
HOUR = 10
"""At this hour of UTC things are done: the same day in every inhabited zone but the last."""
BEGINNING = datetime.min.replace(tzinfo=UTC)


class RefusedError(AssertionError):
    """What ought to be answered was refused; the message is the answer."""


@dataclass
class Seller:
    """
    A legal entity with a catalog and customers that nobody else has.

    Names are the scenario's own (`seats`, `anna`): the seller's code is put before them wherever
    all sellers share a list. Amounts and quantities are texts, as the API wants them.
    """

    cloud: Cloud
    key: str
    code: str
    now: datetime = BEGINNING
    events: Iterator[int] = field(default_factory=lambda: count(1))
    asked: Iterator[int] = field(default_factory=lambda: count(1))

    def opens(self, on: str, **fields: Any) -> None:
        """Found the entity on a day; `fields` are those of POST /v1/entities."""
        self.at(on)
        entity = {
            "code": self.code,
            "name": f"Seller {self.code}",
            "address": ADDRESS,
            "currency": "EUR",
            "language": "en",
            "time_zone": "Europe/Paris",
            "tax_regime": "none",
            "number_prefix": self.code.upper(),
            "terms_days": 30,
        }
        self.posts("entities", entity | fields)

    def at(self, on: str, hour: int = HOUR) -> None:
        """Move the business clock to a day: forward only, and no schedule of the cloud fires."""
        at = datetime.fromisoformat(on).replace(hour=hour, tzinfo=UTC)
        assert at >= self.now, f"business time does not go back: {self.now} to {at}"
        if at > self.now:
            self.now = at
            self.cloud.clock._write(at)
            time.sleep(FORGOTTEN_SECONDS)

    def sells(
        self,
        name: str,
        model: str | Body,
        *,
        kind: str = "advance",
        meter: Body | None = None,
        product: Body | None = None,
        **fields: Any,
    ) -> str:
        """
        Offer a price of that name with a product of its own; text as a model is a price per unit.

        `meter` makes one (`{"aggregation": "sum", "value": "n"}`) that counts events of the
        seller's type of that name; `product` and `fields` are those of the API.
        """
        code = self.named(name)
        self.posts("products", {"code": code, "name": name} | (product or {}))
        price: Body = {"code": code, "product": code, "currency": "EUR", "kind": kind}
        price["model"] = {"model": "per_unit", "amount": model} if isinstance(model, str) else model
        if meter is not None:
            self.posts("meters", {"code": code, "event_type": code} | meter)
            price["meter"] = code
        self.posts("prices", price | fields)
        return code

    def plans(self, name: str, *parts: str, unit: str = "month", **fields: Any) -> str:
        """Offer a plan; a part is the name of a price, which its component bears too."""
        components = [
            {"code": one, "price": self.named(one), "description": one.capitalize()}
            for one in parts
        ]
        body = {"code": self.named(name), "name": name, "unit": unit, "components": components}
        self.posts("plans", body | fields)
        return self.named(name)

    def customer(self, name: str, **fields: Any) -> Body:
        body = {
            "external_id": self.named(name),
            "entity": self.code,
            "name": name.title(),
            "address": ADDRESS,
            "email": f"{name}@{self.code}.example.test",
        }
        return self.posts("customers", body | fields)

    def subscribes(
        self,
        customer: str,
        plan: str,
        on: str,
        quantities: Mapping[str, str] | None = None,
        *,
        name: str = "",
        **fields: Any,
    ) -> Body:
        """Subscribe from a day; the subscription is called as the customer, or by `name`."""
        body = {
            "customer": f"ext:{self.named(customer)}",
            "plan": self.named(plan),
            "start_on": on,
            "external_id": self.named(name or customer),
            "quantities": dict(quantities or {}),
        }
        return self.posts("subscriptions", body | fields)

    def changes(self, subscription: str, how: str, **fields: Any) -> Body:
        """Change a subscription: `how` is the last word of the path (quantity, plan, cancel …)."""
        return self.posts(f"subscriptions/ext:{self.named(subscription)}/{how}", fields)

    def uses(
        self, subscription: str, price: str, at: str, amends: Body | None = None, **data: Any
    ) -> str:
        """
        Send one event of the meter of a price, at an instant such as 2027-06-03T08:00:00Z.

        Its id is returned, for another that amends it: `{"corrects": id}` or `{"cancels": id}`.
        """
        event = (amends or {}) | {
            "specversion": "1.0",
            "id": str(next(self.events)),
            "source": f"urn:{self.code}",
            "type": self.named(price),
            "subject": self.named(subscription),
            "time": at,
            "data": data,
        }
        kind = {"Content-Type": "application/cloudevents-batch+json"}
        told = self._good("POST", "/v1/events", [event], kind)
        assert (told["accepted"], told["rejected"]) == (1, 0), told
        return str(event["id"])

    def rates(self) -> Body:
        """Rate what was sent, as the daily schedule does; the answer has the number and totals."""
        wait_for_rest(self.cloud.places)
        answer = self.cloud.client("lambda").invoke(
            FunctionName=self.cloud.outputs.functions["rate_usage.rate"],
            Payload=json.dumps({"as_of": self.now.isoformat()}),
        )
        found: Body = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, found
        return found

    def bills(self, on: str, **fields: Any) -> list[str]:
        """Move the clock to a day, rate, run up to it until closed; return the lines issued."""
        self.at(on)
        self.rates()
        run = self.run(target_on=on, **fields)
        assert (run["status"], run["parked"]) == ("closed", []), run
        return self._lines(run["id"])

    def run(self, **fields: Any) -> Body:
        """Start a bill run and return it once it is over, or planned as a dry run."""
        run = self.posts("bill-runs", {"entity": self.code} | fields)
        deadline = time.monotonic() + RUN_SECONDS
        while time.monotonic() < deadline:
            run = self.reads(f"bill-runs/{run['id']}")
            if run["status"] in OVER or (run["dry_run"] and run["status"] == "planned"):
                return run
            time.sleep(0.2)
        raise AssertionError(f"the run is not over after {RUN_SECONDS} s: {run}")

    def previews(self, customer: str, on: str) -> list[str]:
        """Return the lines that a run of that day would issue to a customer."""
        body = {"customer": f"ext:{self.named(customer)}", "on": on}
        return self.rows(self.posts("invoices/preview", body)["documents"])

    def pays(self, invoice: Body, minor: int) -> Payment:
        """Have Stripe tell that an invoice was paid by card, and wait until it is booked."""
        number = next(self.asked)
        named = invoice["id"], invoice["number"], minor, invoice["currency"], "a@b.test"
        payment = Payment(number, *named, self.now)
        self.told(payment, "payment_intent.succeeded", intent_succeeded(payment))
        return payment

    def told(self, payment: Payment, kind: str, thing: Body) -> None:
        """Post an event of Stripe about a payment, and wait until it is worked."""
        secret = self.cloud.client("secretsmanager").get_secret_value(
            SecretId=self.cloud.outputs.stripe_secret
        )["SecretString"]
        body = json.dumps(event(payment, kind, thing, at=self.now)).encode()
        url = f"{self.cloud.url}/webhooks/stripe"
        assert post(Delivery(self.now, body, secret), url, now=int(time.time())) == HTTP_OK
        wait_for_rest(self.cloud.places)

    def invoices(self, customer: str) -> list[Body]:
        """Return the documents of a customer with all their lines, oldest first."""
        found = self.reads("invoices", customer=f"ext:{self.named(customer)}", limit="100")
        return [self.reads(f"invoices/{row['id']}") for row in reversed(found["data"])]

    def issued(self) -> list[Body]:
        """
        Return the rows of the latest hundred documents that are the seller's own, oldest first.

        The list is that of all sellers of the cloud: only a prefix of numbers tells whose one is,
        and to read the documents of others would cost a second a bill.
        """
        rows = self.reads("invoices", limit="100")["data"]
        prefix = f"{self.code.upper()}-"
        return [row for row in reversed(rows) if row["number"].startswith(prefix)]

    def paper(self, invoice: Body, form: str = "json") -> bytes:
        """Return a stored form of a document: json, html or pdf."""
        wait_for_rest(self.cloud.places)
        return self.downloads(f"invoices/{invoice['id']}/documents/{form}")

    def downloads(self, path: str) -> bytes:
        """Return the bytes that lie under a path, or are made for who asks."""
        status, body = self._asked("GET", f"/v1/{path}", None)
        assert status == 200, body
        return body

    def posts(self, noun: str, body: Body) -> Body:
        return self._good("POST", f"/v1/{noun}", body)

    def reads(self, noun: str, **query: str) -> Body:
        asked = f"?{urlencode(query)}" if query else ""
        return self._good("GET", f"/v1/{noun}{asked}", None)

    def refused(self, noun: str, body: Body) -> tuple[int, Body]:
        """Post what makes no sense; return the status and the problem document."""
        status, text = self._asked("POST", f"/v1/{noun}", body)
        assert status >= 400, f"expected a refusal, found {status}: {text.decode()}"
        return status, json.loads(text)

    def named(self, name: str) -> str:
        return f"{self.code}-{name}"

    def rows(self, documents: list[Body]) -> list[str]:
        """Say the lines of documents: component, first and last day, net."""
        return [row for one in documents for row in rows(one["document"])]

    def _lines(self, run_id: str) -> list[str]:
        found = [self.reads(f"invoices/{row['id']}") for row in self.issued()]
        return self.rows([one for one in found if one["bill_run"] == run_id])

    def _good(
        self, method: str, path: str, body: Any, headers: Mapping[str, str] | None = None
    ) -> Body:
        status, text = self._asked(method, path, body, headers)
        if status >= 300:
            raise RefusedError(f"{method} {path}: {status} {text.decode()}")
        found: Body = json.loads(text)
        return found

    def _asked(
        self, method: str, path: str, body: Any, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = HTTPConnection(urlsplit(self.cloud.url).netloc, timeout=60)
        sent = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"{self.code}-{next(self.asked)}",
        }
        text = None if body is None else json.dumps(body).encode()
        try:
            connection.request(
                method, quote(path, safe="/?=&%:."), text, {**sent, **(headers or {})}
            )
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()
