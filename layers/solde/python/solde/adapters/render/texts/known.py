"""What texts of templates can name: values of a document, each as text, and lists of them."""

from collections.abc import Iterable, Mapping

from solde.domain.custom_fields import CustomField

Names = Mapping[str, "str | Names | Rows"]
"""What there is below a name: text (`str`, what it is), more names, or rows."""


class Rows:
    """A list that a text may walk; each of its rows has these names."""

    def __init__(self, names: Names) -> None:
        self.names = names


WHOLE: Mapping[str, Mapping[str, str]] = {
    "document": {
        "kind": "invoice, credit_note, …",
        "title": "what it is called",
        "number": "its number",
        "issued_on": "day of issue",
        "due_on": "day it is due",
        "period": "days of service",
        "currency": "ISO 4217",
        "net": "total without tax",
        "tax": "total of tax",
        "gross": "total with tax",
        "due": "what is left to pay",
        "purchase_order": "where all lines share one",
        "cost_centre": "where all lines share one",
        "contract_number": "where all lines share one",
        "ship_to": "where all lines share one",
    },
    "customer": {
        "name": "name",
        "number": "the seller's own id",
        "email": "address of mails",
        "group": "group",
        "city": "city",
        "country": "ISO 3166",
        "siren": "SIREN",
        "vat_id": "VAT number",
    },
    "entity": {
        "name": "name",
        "code": "code",
        "email": "address of mails",
        "iban": "IBAN",
        "siren": "SIREN",
        "vat_id": "VAT number",
        "register": "entry in the register",
    },
    "terms": {"days": "days to pay", "collection": "how it is paid"},
}
LISTS: Mapping[str, Rows] = {
    "lines": Rows(
        {
            "description": "what it is for",
            "service": "days of service",
            "quantity": "quantity",
            "price": "price of one",
            "amount": "amount",
        }
    ),
    "subscriptions": Rows({"name": "name", "amount": "sum of its lines"}),
    "totals": Rows({"label": "label", "amount": "amount"}),
}
KNOWN: Names = {**WHOLE, **LISTS}
ROWS = {"line": "lines", "subscription": "subscriptions"}
"""The lists whose rows have the custom fields of a place; those of others stand below its name."""


def known_with(declared: Iterable[CustomField]) -> Names:
    """Return what there is where an entity declares custom fields: `fields` with their names."""
    below: dict[str, dict[str, str]] = {}
    for one in declared:
        below.setdefault(one.on, {})[one.name] = one.label
    found: dict[str, str | Names | Rows] = dict(KNOWN)
    for on, names in below.items():
        if on in ROWS:
            found[ROWS[on]] = Rows({**LISTS[ROWS[on]].names, "fields": names})
        else:
            found[on] = {**WHOLE[on], "fields": names}
    return found


MAIL: Names = {"open": "what is open, in reminders"}
LOOP: Names = {"first": "in the first turn", "last": "in the last turn", "index": "from 1"}
"""What a text can ask of the turn of a loop."""


def said(names: Mapping[str, object]) -> str:
    """Name what there is, for whoever named something else."""
    return ", ".join(sorted(names))
