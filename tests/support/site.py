"""The pages as a browser reaches them: real handlers over models, and the workers behind them."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.deployment import queued
from tests.support.http_api import ADDRESS, ENTITY
from tests.support.lived import Lived

HOME = "https://bills.example.test"
IBAN = "FR1420041010050500013M02606"


class Site:
    """`shop` has an Api as `call`, and the business time as `now`; `home` is where pages are."""

    home = HOME

    def __init__(self, shop: Any) -> None:
        self.shop = shop
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> dict[str, Any]:
        return self.asked("GET", path, "", headers)

    def post(self, path: str, /, headers: dict[str, str] | None = None, **form: Any) -> Any:
        return self.asked("POST", path, urlencode(form), headers or {})

    def asked(self, method: str, path: str, body: str, headers: dict[str, str]) -> dict[str, Any]:
        """Ask as the gateway does."""
        event = {
            "version": "2.0",
            "rawPath": path,
            "headers": {"host": "bills.example.test", **headers},
            "cookies": [f"{name}={value}" for name, value in self.cookies.items()],
            "body": body or None,
            "isBase64Encoded": False,
            "requestContext": {"requestId": "r1", "http": {"method": method, "path": path}},
        }
        answer = self._handler(method, path).lambda_handler(event, None)
        for one in answer.get("cookies", ()):
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def works(self) -> None:
        """Let the workers do what was announced: ask providers, settle what they told."""
        from functions.collect_payment import collect  # noqa: PLC0415 - once the stage is set
        from functions.settle_payment import settle  # noqa: PLC0415

        table = self.shop.call.model
        for key, item in sorted(table.items.items()):
            if key.pk.startswith("O#") and item["type"] == "attempt.asked":
                del table.items[key]
                done = collect.lambda_handler(queued(json.loads(item["detail"])), None)
                assert done == {"batchItemFailures": []}
        opened = [
            {"provider": one["provider"], "event": one["event"], "as_of": self.shop.now.isoformat()}
            for key, one in sorted(table.items.items())
            if key.pk.startswith("EV#") and one["status"] == "open"
        ]
        assert settle.lambda_handler(queued(*opened), None) == {"batchItemFailures": []}

    def link(self) -> str:
        """Mail the one document, and return the path that its mail leads to."""
        from functions.send_mail import send  # noqa: PLC0415 - once the stage is set
        from solde.runtime import documents  # noqa: PLC0415

        row = self.shop.call("GET", "/v1/invoices")[1]["data"][0]
        detail = {"invoices": [[row["customer"], row["id"]]], "as_of": self.shop.now.isoformat()}
        assert send.lambda_handler(queued(detail), None) == {"batchItemFailures": []}
        return documents.mailer().mails[-1].text.split(self.home)[1].split()[0]

    def _handler(self, method: str, path: str) -> Any:
        from functions.web import (  # noqa: PLC0415 - likewise
            account,
            back,
            forget,
            invoice,
            pay,
            renew,
            sandbox,
            tell,
        )

        parts = path.split("/")
        if parts[1] in ("back", "sandbox"):
            return {"back": back, "sandbox": sandbox}[parts[1]]
        posts = {"pay": pay, "leave": pay, "renew": renew, "question": tell, "promise": tell}
        if method == "POST":
            return (posts | {"methods": forget})[parts[-1]]
        return account if parts[1] == "c" else invoice


def with_pages(lived: Lived, patch: pytest.MonkeyPatch) -> Lived:
    """Bill 100.00 that are due on 1 July 2013; the sandbox is offered, cards, and a transfer."""
    from functions.collect_payment import collect  # noqa: PLC0415 - once the stage is set

    entity = ENTITY | {"time_zone": "UTC", "tax_regime": "none", "address": ADDRESS, "version": 2}
    entity |= {"payable_by": ["sandbox", "stripe"], "registration": {"iban": IBAN}}
    lived.call.made("POST", "/v1/entities", entity)
    lived.sells("team", "100.00")
    lived.subscribes()
    assert lived.bills("2013-06-01") == ["06-01..06-30 10000"]
    patch.setattr(collect, "business_now", lambda: lived.now)
    return lived
