"""What a seller adds of his own to documents: each sample with the template that shows it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from local.documents.life import Document, Life
from local.documents.parties import BUSINESS, FRANCE, SELLER
from local.documents.samples.taxed import ON, billed, month, of
from local.documents.texts import says
from solde.adapters.render.look import Look, look_of
from solde.domain.catalog import ChargeKind
from solde.domain.custom_fields import CustomField, must_fit
from solde.domain.discounts import Discount, Level
from solde.domain.invoicing.carried_fields import with_fields
from solde.domain.periods import month_after
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Item, ItemsAdded
from solde.domain.subscriptions.references import References
from solde.domain.templates import ANNEX, CHART, PAY, Block, Choice, Template

FEE, MACHINE, CALL, ONE = map(Decimal, ("49.00", "12.50", "0.02", "1"))
USED: tuple[str | int, ...] = (812, 934, 1020, 990, 1105, 0, 1187, 1240, 1310, 1289, 1402, "1377.5")
"""By month, from June of the year before."""
FIELDS = (
    CustomField("customer", "site_code", "string", "Code site"),
    CustomField("customer", "partner", "boolean", "Partenaire"),
    CustomField("subscription", "handed_over", "date", "Remis le"),
    CustomField("line", "serial", "string", "N° de série"),
    CustomField("line", "power", "number", "Puissance (kVA)"),
    CustomField("document", "project", "choice", "Projet", choices=("Nord", "Sud")),
)
OF_CUSTOMER = {"site_code": "N-7 <rouge> & vert", "partner": True}
OF_LINES = {"fee": {"serial": "SN-000417", "power": "1250.5"}, "seats": {"serial": "SN-000418"}}
SHOWN = tuple(f"{one.on}.{one.name}" for one in FIELDS if one.name != "partner")
PARTNER = Block(
    "after_lines",
    "Site {{ customer.fields.site_code }}, projet {{ document.fields.project }} : merci.",
    "customer.fields.partner",
)


def _layer(**said: object) -> Look:
    return look_of([Template(SELLER.code, 1, date(2027, 1, 1), **said)])  # type: ignore[arg-type]


def with_own_fields() -> Document:
    """Say something of customer, subscription, lines and document, of each type once."""
    entity = replace(SELLER, custom_fields=FIELDS)
    life = month(replace(BUSINESS, fields=must_fit(FIELDS, "customer", OF_CUSTOMER)), entity)
    _say(life)
    drafts = with_fields(
        life.plans(ON).documents, FIELDS, must_fit(FIELDS, "document", {"project": "Sud"})
    )
    return life.issues(drafts[0], ON)


def _say(life: Life) -> None:
    agreed = life.subscriptions["1"]
    said = References(fields=must_fit(FIELDS, "subscription", {"handed_over": "2027-05-28"}))
    items = tuple(
        replace(one, fields=must_fit(FIELDS, "line", OF_LINES[one.component]))
        for one in agreed.items
    )
    life.subscriptions["1"] = replace(agreed, references=said, items=items)


def metered(begin: str, parts: tuple[str, ...]) -> Life:
    """Agree on a fee and on calls, for a customer whose template shows some of usage."""
    shows = Choice(SELLER.code, 1, date(2026, 1, 1), parts)
    life = Life(BUSINESS, replace(SELLER, templates=(shows,)), FRANCE)
    life.sells("fee", ChargeKind.ADVANCE, Flat(FEE))
    life.sells("machine", ChargeKind.ADVANCE, PerUnit(MACHINE))
    life.sells("calls", ChargeKind.USAGE, PerUnit(CALL))
    life.subscribes("1", begin, {"fee": (says("fee"), 1), "calls": (says("calls"), 1)})
    return life


def with_usage() -> Document:
    """Bill May with its devices and calls, behind the calls of a year, a month of it without."""
    life = metered("2026-05-01", (CHART, ANNEX))
    devices = [
        Item(f"sit_m{number}", "machine", "machine", ONE, says("machine"), f"TP-{number:04}")
        for number in (417, 418)
    ]
    life.changes("1", ItemsAdded(date(2027, 5, 1), 1, tuple(devices)))
    for number, used in enumerate(USED):
        life.uses("calls", month_after(date(2026, 6, 10), number).isoformat(), used)
    life.uses("calls", "2027-05-21", "0.25")
    life.bills("2027-05-01")
    return billed(life)


def for_preview(language: str) -> Document:
    """Bill a month with a discount, a device and half a year of calls, to try a template on."""
    life = metered("2026-12-01", (CHART, ANNEX))
    life.customer = replace(life.customer, language=language)
    agreed = life.subscriptions["1"]
    described = [replace(one, description=says(one.component, language)) for one in agreed.items]
    device = Item("sit_d", "machine", "machine", ONE, says("seats", language), "SN-000417")
    name = f"{says('site', language)} 1"
    life.subscriptions["1"] = replace(agreed, name=name, items=(*described, device))
    life.grants("1", [(says("welcome", language), Discount(percent=Decimal(10)), Level.LINE)])
    for number, used in enumerate(USED[6:]):
        life.uses("calls", month_after(date(2026, 12, 10), number).isoformat(), used)
    life.bills("2027-05-01")
    document = billed(life)
    del document["templates"]
    return document


SAMPLES: dict[str, Callable[[], Document]] = {
    "custom-fields": with_own_fields,
    "usage-annex": with_usage,
    "pay-button": of,
}
LOOKS: dict[str, Look] = {
    "custom-fields": _layer(fields=SHOWN, blocks=(PARTNER,)),
    "usage-annex": _layer(show={CHART: True, ANNEX: True}),
    "pay-button": _layer(show={PAY: True, "transfer_code": True}),
}
