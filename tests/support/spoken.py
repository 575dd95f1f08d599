"""A closed invoice of each language beside English and French: a seller there, days and pieces."""

from typing import Any, NamedTuple

from tests.support.closed import french


class Place(NamedTuple):
    """What is the country's own; tax of 1,234.50 + 10.66, 2,500 pieces at 0.4938 and the days."""

    language: str
    seller: str
    form: str
    capital: str
    register: str
    vat_id: str
    lines: tuple[str, str, str, str]
    rate: str
    tax: int
    words: tuple[str, str]


PLACES = {
    # 1,245.16 × 19 % = 236.58
    "de": Place(
        "de-DE",
        "Mustermann Wolken GmbH",
        "GmbH",
        "25.000 €",
        "Amtsgericht Charlottenburg, HRB 12345",
        "DE136695976",
        ("Unter den Linden 5", "10117", "Berlin", "DE"),
        "19",
        23658,
        ("API-Aufrufe", "Lizenz je Arbeitsplatz"),
    ),
    # × 21 % = 261.48
    "es": Place(
        "es-ES",
        "Nubes de Ejemplo S.L.",
        "S.L.",
        "3.000 €",
        "Registro Mercantil de Madrid, hoja M-123456",
        "ESB58378431",
        ("Calle de Alcalá 14", "28014", "Madrid", "ES"),
        "21",
        26148,
        ("Llamadas a la API", "Licencia por puesto"),
    ),
    # × 22 % = 273.94
    "it": Place(
        "it-IT",
        "Nuvole d’Esempio S.r.l.",
        "S.r.l.",
        "10.000 € i.v.",
        "REA MI-1234567",
        "IT00743110157",
        ("Via Dante 7", "20121", "Milano", "IT"),
        "22",
        27394,
        ("Chiamate API", "Licenza per postazione"),
    ),
    # × 21 % = 261.48
    "nl": Place(
        "nl-NL",
        "Voorbeeld Wolken B.V.",
        "B.V.",
        "€ 1.000",
        "KVK 12345678",
        "NL004495445B01",
        ("Keizersgracht 300", "1016 EX", "Amsterdam", "NL"),
        "21",
        26148,
        ("API-aanroepen", "Licentie per werkplek"),
    ),
}


def spoken(language: str) -> dict[str, Any]:
    """Return 2,500 × 0.4938 = 1,234.50 and 32 × 9.99 ÷ 30 = 10.66, with the country's tax."""
    place = PLACES[language]
    document = french()
    street, postcode, city, country = place.lines
    where = {"lines": [street], "postcode": postcode, "city": city, "country": country}
    document |= {
        "language": place.language,
        "tax_regime": country,
        "taxes": [{"category": "S", "rate": place.rate, "base": 124516, "tax": place.tax}],
        "totals": {
            "net": 124516,
            "tax": place.tax,
            "gross": 124516 + place.tax,
            "prepaid": 0,
            "due": 124516 + place.tax,
        },
        "mentions": [],
    }
    document["entity"] |= {
        "name": place.seller,
        "address": where,
        "registration": {
            "vat_id": place.vat_id,
            "legal_form": place.form,
            "capital": place.capital,
            "register": place.register,
        },
    }
    days = document["lines"][0]
    pieces, seats = place.words
    taxed = {"category": "S", "rate": place.rate, "class": "standard", "amount": 0}
    calls = {
        **days,
        "line": 2,
        "component": "calls",
        "description": pieces,
        "expression": {"quantity": "2500", "unit": "C62", "price": "0.4938", "base_quantity": 1},
        "net": 123450,
        "tax": taxed,
    }
    document["lines"] = [{**days, "description": seats, "tax": taxed}, calls]
    document["envelope"] |= {"number": f"{country}-2026-000001"}
    return document
