"""What a seller adds of his own to documents: each sample with the template that shows it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from local.documents.life import Document, Life
from local.documents.parties import BUSINESS, SELLER
from local.documents.samples.taxed import ON, month
from solde.adapters.render.look import Look, look_of
from solde.domain.custom_fields import CustomField, must_fit
from solde.domain.invoicing.carried_fields import with_fields
from solde.domain.subscriptions.references import References
from solde.domain.templates import Block, Template

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


SAMPLES: dict[str, Callable[[], Document]] = {"custom-fields": with_own_fields}
LOOKS: dict[str, Look] = {"custom-fields": _layer(fields=SHOWN, blocks=(PARTNER,))}
