"""Seller and buyer as a structured invoice names them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from solde.adapters.render.words import Words
from solde.adapters.render.xml.terms import Coded, Party
from solde.domain.invoicing.endpoints import endpoint_of
from solde.domain.invoicing.sides import sold_and_bought
from solde.domain.tax.rates import EXEMPT

Document = Mapping[str, Any]
SIRET = "0009"


def seller_of(document: Document, words: Words, profile: str, *, vat: bool) -> Party:
    """
    Name the seller; without SIREN and VAT id his code identifies him (BR-CO-26).

    Who has no VAT id since he charges none is known by his SIREN for tax (BR-E-02).
    """
    entity, _ = sold_and_bought(document)
    facts = entity["registration"]
    legal = ", ".join(_legal(facts, words))
    named = facts.get("siren") or (vat and facts.get("vat_id"))
    fallback = "" if named else entity.get("code") or entity["id"]
    party = _party(entity, profile, legal=legal, fallback=fallback, vat=vat)
    exempt = all(one["category"] == EXEMPT for one in document["taxes"])
    return replace(party, tax_id=party.siren) if exempt and not party.vat_id else party


def buyer_of(document: Document, profile: str, *, vat: bool) -> Party:
    return _party(sold_and_bought(document)[1], profile, legal="", fallback="", vat=vat)


def _party(party: Document, profile: str, *, legal: str, fallback: str, vat: bool) -> Party:
    facts, place = party["registration"], party["address"]
    lines = place["lines"]
    return Party(
        name=party["name"],
        ids=tuple(_ids(facts, fallback)),
        siren=facts.get("siren", ""),
        vat_id=facts.get("vat_id", "") if vat else "",
        tax_id="",
        legal=legal,
        endpoint=endpoint_of(party, profile),
        lines=("".join(lines[:1]), "".join(lines[1:2]), ", ".join(lines[2:])),
        postcode=place["postcode"],
        city=place["city"],
        country=place["country"],
        email=facts.get("email") or party.get("email", ""),
    )


def _ids(facts: Mapping[str, str], fallback: str) -> Iterator[Coded]:
    if "siret" in facts:
        yield facts["siret"], SIRET
    elif fallback:
        yield fallback, ""


def _legal(facts: Mapping[str, str], words: Words) -> Iterator[str]:
    if "legal_form" in facts:
        form, capital = facts["legal_form"], facts.get("capital")
        yield words.say("legal", form=form, capital=capital) if capital else form
    if "register" in facts:
        yield facts["register"]
