"""A subscription's life over HTTP: the clock moves, changes are asked for, runs bill."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from solde.runtime import clock
from tests.support.http_api import ADDRESS, CUSTOMER, ENTITY, Api

ORDER = {"customer": "ext:M1", "plan": "team", "start_on": "2013-06-01", "external_id": "S1"}
PATH = "/v1/subscriptions/ext:S1"


class Lived:
    """The entity sells in UTC and without tax, so that the sums are those of the prices."""

    def __init__(self, call: Api, patch: pytest.MonkeyPatch) -> None:
        self.call, self._patch = call, patch
        self.documents: dict[str, dict[str, Any]] = {}
        self.at("2013-06-01")
        entity = ENTITY | {"time_zone": "UTC", "tax_regime": "none", "address": ADDRESS}
        call.made("POST", "/v1/entities", entity)
        call.made("POST", "/v1/products", {"code": "service", "name": "Service"})
        call.made("POST", "/v1/customers", CUSTOMER)

    def at(self, when: str) -> None:
        """Move the business clock to a day, or to an instant of it."""
        self.now = datetime.fromisoformat(when).replace(tzinfo=UTC)
        self._patch.setattr(clock, "_seen", (float("inf"), self.now))

    def sells(self, plan: str, amount: str, *, unit: str = "month", **more: Any) -> None:
        """
        Offer a plan of one component `seats` at an amount each.

        `price` holds more fields of the price; `more` are fields of the plan.
        """
        fields = more.pop("price", {})
        price = {"code": plan, "product": "service", "currency": "EUR"}
        kind = more.pop("kind", "advance")
        price |= {"kind": kind, "model": {"model": "per_unit", "amount": amount}}
        price |= fields
        self.call.made("POST", "/v1/prices", price)
        part = {"code": "seats", "price": plan, "description": "Seats"}
        body = {"code": plan, "name": plan, "unit": unit, "components": [part], **more}
        self.call.made("POST", "/v1/plans", body)

    def subscribes(self, seats: str = "1", **more: Any) -> dict[str, Any]:
        body = {**ORDER, "quantities": {"seats": seats}, **more}
        return self.call.made("POST", "/v1/subscriptions", body)

    def does(self, act: str, **body: Any) -> dict[str, Any]:
        return self.call.made("POST", f"{PATH}/{act}", body)

    def refused(self, act: str, **body: Any) -> tuple[int, str]:
        """Ask for what is refused: nothing may be stored; return the status and what is said."""
        before = dict(self.call.model.items)
        status, found, _ = self.call("POST", f"{PATH}/{act}", body)
        assert status in (400, 409, 422), found
        assert self.call.model.items == before
        return status, found["detail"]

    def shown(self) -> dict[str, Any]:
        return self.call("GET", PATH)[1]

    def changes(self) -> list[dict[str, Any]]:
        return self.call("GET", f"{PATH}/changes")[1]["data"]

    def preview(self, change: str, **body: Any) -> int:
        path = f"{PATH}/change-preview"
        status, found, _ = self.call("POST", path, {"change": change, **body})
        assert status == 200, found
        return found["total"]

    def bills(self, on: str) -> list[str]:
        """Move to a day, bill what is due, and return the lines that are new."""
        self.at(on)
        self.call.bills(self.now)
        found = self.call("GET", "/v1/invoices", query={"limit": "100"})[1]["data"]
        new = [one["id"] for one in found if one["id"] not in self.documents]
        return [row for one in reversed(new) for row in self._rows(one)]

    def through(self, first: str, last: str) -> list[str]:
        """Bill on every day from one to another."""
        day, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
        found = []
        while day <= end:
            found += self.bills(day.date().isoformat())
            day += timedelta(days=1)
        return found

    def _rows(self, invoice_id: str) -> Iterator[str]:
        document = self.call("GET", f"/v1/invoices/{invoice_id}/documents/json")[1]
        self.documents[invoice_id] = document
        sign = "-" if document["kind"] == "credit_note" else ""
        for line in document["lines"]:
            days = line["service"]
            yield f"{days['start_on'][5:]}..{days['last_on'][5:]} {sign}{line['net']}"
