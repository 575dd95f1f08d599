"""Examples of how documents are brought to customers."""

from collections.abc import Iterator

from solde.domain.dunning import QUESTION, Notice
from solde.storage.notices import NoticeTable
from tests.support.api_asked import Asked
from tests.support.deployment import queued
from tests.support.http_api import NOW, Api


def deliveries(call: Api) -> Iterator[Asked]:
    """A document is mailed once more; the list tells of it."""
    row = call("GET", "/v1/invoices")[1]["data"][-1]
    path, named = f"/v1/invoices/{row['id']}/deliveries", "/v1/invoices/{invoice_id}/deliveries"
    yield Asked(f"POST {named}", path, {"way": "mail"}, (("Idempotency-Key", "again"),))
    yield Asked(f"GET {named}", path)
    yield from _paper(call, path)
    asked = Notice("ntc_1", row["customer"], row["id"], QUESTION, NOW, "Why two seats?")
    NoticeTable(call.model).tell(asked)
    path, named = f"/v1/invoices/{row['id']}/notices", "/v1/invoices/{invoice_id}/notices"
    yield Asked(f"GET {named}", path)
    yield Asked(f"POST {named}/{{notice}}/close", f"{path}/ntc_1/close", {})
    path = "/v1/customers/ext:LICES/mail-state/clear"
    named = "POST /v1/customers/{customer}/mail-state/clear"
    yield Asked(named, path, {"email": "factures@lices.example.test"})
    path, named = "/v1/customers/ext:LICES/links", "/v1/customers/{customer}/links"
    yield Asked(f"POST {named}", path, {"days": 30, "label": "Mme Lices"})
    yield Asked(f"GET {named}", path)
    made = call("GET", path)[1]["data"][0]["id"]
    yield Asked(f"POST {named}/{{link}}/revoke", f"{path}/{made}/revoke", {})
    path = "/v1/customers/ext:LICES/webhook-secret"
    yield Asked("POST /v1/customers/{customer}/webhook-secret", path, {})


def webhook_endpoints(call: Api) -> Iterator[Asked]:
    """A system of the seller is told what happens; the list of its messages tells of it."""
    path = "/v1/webhook-endpoints"
    wanted = {"url": "https://erp.example.com/hooks/solde", "events": ["invoice.paid"]}
    yield Asked(f"POST {path}", path, wanted)
    made = call("GET", path)[1]["data"][0]["id"]
    one, named = f"{path}/{made}", f"{path}/{{endpoint}}"
    yield Asked(f"GET {path}", path)
    yield Asked(f"GET {named}", one)
    yield Asked(f"POST {named}/test", f"{one}/test", {})
    yield Asked(f"GET {named}/messages", f"{one}/messages")
    sent = call("GET", f"{one}/messages")[1]["data"][0]["id"]
    again = f"messages/{sent}/replay"
    yield Asked(f"POST {named}/messages/{{message}}/replay", f"{one}/{again}", {})
    since = {"since": "2013-01-01T00:00:00Z", "failed_only": False}
    yield Asked(f"POST {named}/replay", f"{one}/replay", since)
    yield Asked(f"POST {named}/secret", f"{one}/secret", {})
    yield Asked(f"POST {named}/disable", f"{one}/disable", {})
    yield Asked(f"POST {named}/enable", f"{one}/enable", {})


def _paper(call: Api, path: str) -> Iterator[Asked]:
    """Let a document be printed, and fetch the addresses of the day."""
    from functions.print_documents import bundle, gather  # noqa: PLC0415 - once the stage is set
    from functions.render_documents import render  # noqa: PLC0415

    row = call("GET", "/v1/invoices")[1]["data"][-1]
    told = {"invoices": [[row["customer"], row["id"]]], "as_of": NOW.isoformat()}
    render.lambda_handler(queued(told), None)
    call.made("POST", path, {"way": "print"}, idempotency_key="paper")
    gather.lambda_handler({"as_of": NOW.isoformat()}, None)
    part = {"entity": "fr", "day": "2013-01-10", "part": 1, "as_of": NOW.isoformat()}
    bundle.lambda_handler(queued(part), None)
    path = "/v1/print-files"
    yield Asked(f"GET {path}", f"{path}?entity=fr")
    yield Asked(f"GET {path}/{{entity}}/{{day}}", f"{path}/fr/2013-01-10")
    named = f"GET {path}/{{entity}}/{{day}}/{{part}}/{{form}}"
    yield Asked(named, f"{path}/fr/2013-01-10/1/csv")


def dunning(call: Api) -> Iterator[Asked]:
    """A policy of two levels, what it would do, and what a person has to do."""
    from functions.chase_overdue.chase import lambda_handler as chase  # noqa: PLC0415 - as deployed

    levels = [
        {"after_days": 5, "channel": "letter", "tone": 4},
        {"after_days": 15, "tone": 3, "restricts": True},
    ]
    policy = {"entity": "fr", "code": "firm", "since": "2013-02-01", "calendar": "FR"}
    quiet = {"from_hour": 20, "to_hour": 8}
    path = "/v1/dunning-policies"
    yield Asked(f"POST {path}", path, {**policy, "quiet_hours": quiet, "levels": levels})
    yield Asked(f"GET {path}", path)
    yield Asked(f"GET {path}/{{policy}}", f"{path}/fr:firm")
    decisions = "/v1/dunning-decisions"
    yield Asked(f"GET {decisions}", f"{decisions}?entity=fr&on=2013-12-31")
    chase({"as_of": "2014-01-31T09:00:00+00:00"}, None)
    tasks = "/v1/dunning-tasks"
    yield Asked(f"GET {tasks}", tasks)
    task = call("GET", tasks)[1]["data"][0]["id"]
    yield Asked(f"GET {tasks}/{{task}}/letter", f"{tasks}/{task}/letter")
    yield Asked(f"POST {tasks}/{{task}}/done", f"{tasks}/{task}/done", {})
