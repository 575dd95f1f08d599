"""
What a seller's profile lacks before the first invoice: by country and by e-invoice profile.

An entity is what `POST /v1/entities` takes, or what `GET` answers. Each finding names the field,
the rule that wants it, and what to do; what was not read as law is named in docs/how-to.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from local.doctor.finding import Found
from local.errors import LocalCloudError
from solde.domain.invoicing.endpoints import endpoint_of
from solde.domain.invoicing.parties import SOLE_TRADER
from solde.domain.invoicing.profiles import NO_PROFILE
from solde.domain.tax.standing import is_siren

Entity = Mapping[str, Any]


class Want(NamedTuple):
    """A name of `registration` that a country's sellers print, and which law says so."""

    name: str
    country: str
    source: str
    example: str


WANTED = (
    Want("siren", "FR", "CGI annexe II 242 nonies A I-1; C. com. R123-237", "123456782"),
    Want("legal_form", "FR", "C. com. R123-238; a sole trader: EI, R526-27", "SAS"),
    Want("capital", "FR", "C. com. R123-238, of companies", "50 000 €"),
    Want("register", "FR", "C. com. R123-237", "RCS Lyon 123 456 782"),
    Want("legal_form", "DE", "HGB § 37a, GmbHG § 35a", "GmbH"),
    Want("register", "DE", "HGB § 37a", "Amtsgericht Charlottenburg, HRB 12345"),
    Want("register", "ES", "Código de Comercio, artículo 24", "Registro Mercantil de Madrid, …"),
    Want("legal_form", "IT", "Codice civile, articolo 2250", "S.r.l."),
    Want("capital", "IT", "Codice civile, articolo 2250", "10.000 € i.v."),
    Want("register", "IT", "Codice civile, articolo 2250", "REA MI-1234567"),
    Want("register", "NL", "Handelsregisterwet 2007, artikel 27", "KVK 12345678"),
    Want("register", "BE", "Code des sociétés, article 2:20", "RPM Bruxelles 0123.456.789"),
    Want("register", "GB", "Company Trading Disclosures Regulations 2015", "Company no. 12345678"),
)
UNTAXED = "none"


def read_entity(path: Path) -> Entity:
    """
    Read an entity from a file.

    Raises:
        LocalCloudError: it is no such file.

    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as broken:
        raise LocalCloudError(f"{path}: expected an entity as JSON: {broken}") from broken
    lacking = [name for name in ("address", "tax_regime") if name not in dict_of(said)]
    if lacking:
        raise LocalCloudError(f"{path}: expected an entity, found none of {', '.join(lacking)}")
    return dict_of(said)


def dict_of(said: object) -> dict[str, Any]:
    return said if isinstance(said, dict) else {}


def lacks_of(entity: Entity) -> Iterator[Found]:
    """Yield every field that is looked at, with what to do where it is not there."""
    facts, country = dict_of(entity.get("registration")), entity["address"]["country"]
    alone = country == "FR" and facts.get("legal_form") in SOLE_TRADER
    for want in WANTED:
        if want.country == country and not (alone and want.name == "capital"):
            yield _found(want, facts)
    if alone:
        yield Found("name (C. com. R526-27)", "EI stands beside it on documents")
    if country == "FR" and facts.get("siren") and not is_siren(facts["siren"]):
        yield Found(
            "registration.siren (BR-FR-10)",
            f"{facts['siren']} is none",
            "put the 9 digits, the last of which checks the others",
        )
    if entity["tax_regime"] != UNTAXED:
        source = "Directive 2006/112/EC, article 226(3); BR-S-02"
        yield _found(Want("vat_id", country, source, "FR41001122332"), facts)
    yield _found(Want("iban", country, "BT-84: where it is paid to", "FR76 …"), facts)
    mailbox = Want("email", country, "BT-43, and where answers to mails go", "a@b.example")
    yield _found(mailbox, facts)
    yield from _sent(entity, facts)
    if country == "FR":
        agreed = entity.get("late_percent")
        said = f"{agreed} % a year" if agreed else "the law's: the ECB's rate and 10 points"
        yield Found("late_percent (C. com. L441-10 II)", said)


def _found(want: Want, facts: Mapping[str, str]) -> Found:
    field = f"registration.{want.name}"
    said = facts.get(want.name, "")
    todo = "" if said else f'POST /v1/entities, next version, "{want.name}": "{want.example}"'
    return Found(f"{field} ({want.source})", said or "not there", todo)


def _sent(entity: Entity, facts: Mapping[str, str]) -> Iterator[Found]:
    """Look at the address that structured invoices are sent from."""
    chosen = entity.get("e_invoice", NO_PROFILE)
    if chosen == NO_PROFILE:
        yield Found("e_invoice", "none: pages and PDFs only")
        return
    found = endpoint_of({**entity, "registration": facts}, chosen)
    rule = {"peppol": "R020", "fr-ctc": "BR-FR-13"}.get(chosen, "BT-34")
    yield Found(
        f"registration.endpoint ({rule})",
        ":".join(reversed(found)) if found else "not there",
        "" if found else 'put the electronic address, as in "endpoint": "0225:123456782"',
    )
