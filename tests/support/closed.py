"""Closed documents for tests of what is made from them."""

import copy

ENGLISH = {
    "schema": 1,
    "engine": "1",
    "kind": "invoice",
    "entity": {
        "code": "nyc",
        "version": 1,
        "name": "The airports of New York",
        "address": {
            "lines": ["4 Terminal Square"],
            "postcode": "10007",
            "city": "New York, NY",
            "country": "US",
        },
        "registration": {"email": "receivables@airports.example.test"},
    },
    "customer": {
        "id": "cus_1",
        "external_id": "UA",
        "name": "United Air Lines Inc.",
        "address": {
            "lines": ["233 Wacker Plaza"],
            "postcode": "60606",
            "city": "Chicago, IL",
            "country": "US",
        },
        "email": "payables@ua.example.test",
        "business": True,
        "registration": {},
    },
    "currency": "USD",
    "language": "en-US",
    "time_zone": "America/New_York",
    "tax_regime": "none",
    "terms": {"days": 15, "collection": "send"},
    "group": {"apart": ""},
    "lines": [
        {
            "line": 1,
            "subscription": {"id": "sub_1", "external_id": "UA-EWR", "name": "Newark (EWR)"},
            "item": "sit_1",
            "component": "departures",
            "kind": "usage",
            "price": {"id": "departures", "version": 1},
            "product": {"id": "departures", "name": "Departures"},
            "account": "706",
            "description": "Departures",
            "service": {
                "start_on": "2013-01-01",
                "end_on": "2013-02-01",
                "last_on": "2013-01-31",
            },
            "period": {
                "start_on": "2013-01-01",
                "end_on": "2013-02-01",
                "last_on": "2013-01-31",
            },
            "expression": {
                "quantity": "1",
                "unit": "C62",
                "price": "275550",
                "base_quantity": 1,
            },
            "units": "2645",
            "exact": "275550",
            "count": 2645,
            "net": 27555000,
            "tax": {"category": "O", "rate": "0", "class": "standard", "amount": 0},
            "steps": [
                ["500", "120.00", "60000", ""],
                ["1500", "105.00", "157500", ""],
                ["645", "90.00", "58050", ""],
            ],
            "inputs": "0" * 16,
        }
    ],
    "taxes": [{"category": "O", "rate": "0", "base": 27555000, "tax": 0}],
    "totals": {"net": 27555000, "tax": 0, "gross": 27555000, "prepaid": 0, "due": 27555000},
    "period": {"start_on": "2013-01-01", "end_on": "2013-02-01", "last_on": "2013-01-31"},
    "mentions": [],
    "envelope": {
        "id": "inv_017vz54cr04h0xv1fb6q3kn4w0",
        "number": "NYC-2013-000017",
        "issued_on": "2013-02-01",
        "due_on": "2013-02-16",
    },
}


def english() -> dict:
    return copy.deepcopy(ENGLISH)


def french() -> dict:
    """Sixteen days of two seats at 9.99: 10.656, rounded 10.66; VAT 19.6 %: 2.09."""
    document = english()
    document |= {
        "language": "fr-FR",
        "currency": "EUR",
        "tax_regime": "FR",
        "taxes": [{"category": "S", "rate": "19.6", "base": 1066, "tax": 209}],
        "totals": {"net": 1066, "tax": 209, "gross": 1275, "prepaid": 0, "due": 1275},
        "mentions": [
            {"code": "no_discount"},
            {"code": "late_penalty"},
            {"code": "recovery_fee"},
        ],
    }
    document["entity"] |= {
        "name": "Énergie du Rhône SAS",
        "address": {
            "lines": ["8 place Bellecour"],
            "postcode": "69002",
            "city": "Lyon",
            "country": "FR",
        },
        "registration": {
            "siren": "001122332",
            "vat_id": "FR41001122332",
            "legal_form": "SAS",
            "capital": "50 000 €",
        },
    }
    line = document["lines"][0]
    line |= {
        "description": "Logiciel, par poste",
        "service": {"start_on": "2013-06-15", "end_on": "2013-07-01", "last_on": "2013-06-30"},
        "expression": {"quantity": "32", "unit": "DAY", "price": "9.99", "base_quantity": 30},
        "net": 1066,
        "tax": {"category": "S", "rate": "19.6", "class": "standard", "amount": 209},
        "steps": [],
    }
    document["envelope"] |= {
        "number": "FR-2013-000002",
        "issued_on": "2013-06-15",
        "due_on": "2013-07-15",
    }
    return document
