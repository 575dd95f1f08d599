"""Who writes and who is written to, line by line as it stands on paper."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.words import Words

Party = Mapping[str, Any]


def seller_of(entity: Party, words: Words) -> tuple[str, ...]:
    return entity["name"], *_address(entity, words)


def registered(entity: Party, words: Words) -> Iterator[str]:
    """Yield what the law wants known of a seller, and where he is reached and paid."""
    facts = entity["registration"]
    if "legal_form" in facts and "capital" in facts:
        yield words.say("legal", form=facts["legal_form"], capital=facts["capital"])
    yield from _identity(facts, words)
    for key in ("register", "iban", "email"):
        if key in facts:
            yield words.say(key, value=facts[key])


def customer_of(customer: Party, words: Words) -> tuple[str, ...]:
    named = customer["name"], *_address(customer, words)
    return *named, *_identity(customer["registration"], words)


def _identity(facts: Mapping[str, str], words: Words) -> Iterator[str]:
    for key in ("siren", "vat_id"):
        if key in facts:
            yield words.say(key, value=facts[key])


def _address(party: Party, words: Words) -> Iterator[str]:
    place = party["address"]
    yield from place["lines"]
    yield f"{place['postcode']} {place['city']}".strip()
    yield words.country(place["country"])
