"""Documents that try what a renderer must set well: long, wide, taxed, credited."""

import copy
from typing import Any

from tests.support.closed import english, french

Document = dict[str, Any]


def credit_note() -> Document:
    """Nine days of two seats at 9.99 given back: 5.994, rounded 5.99; VAT 19.6 %: 1.17."""
    document = french()
    line = document["lines"][0]
    line |= {
        "description": "Logiciel, par poste",
        "service": {"start_on": "2013-06-22", "end_on": "2013-07-01", "last_on": "2013-06-30"},
        "expression": {"quantity": "18", "unit": "DAY", "price": "9.99", "base_quantity": 30},
        "net": 599,
        "tax": {"category": "S", "rate": "19.6", "class": "standard", "amount": 117},
    }
    document |= {
        "kind": "credit_note",
        "taxes": [{"category": "S", "rate": "19.6", "base": 599, "tax": 117}],
        "totals": {"net": 599, "tax": 117, "gross": 716, "prepaid": 0, "due": 716},
        "period": {"start_on": "2013-06-22", "end_on": "2013-07-01", "last_on": "2013-06-30"},
        "corrects": [
            {"id": "inv_1", "number": "FR-2013-000001", "issued_on": "2013-06-01"},
            {"id": "inv_2", "number": "FR-2013-000002", "issued_on": "2013-06-15"},
        ],
    }
    document["envelope"] |= {"number": "FR-AV-2013-000001", "due_on": "2013-07-01"}
    return document


def pro_forma() -> Document:
    """What the French invoice would say: 10.66 and 2.09 VAT, of which nothing is asked for."""
    document = french() | {"kind": "pro_forma"}
    del document["envelope"]["due_on"]
    document["envelope"]["number"] = "FR-PF-2013-000001"
    return document


def discounted() -> Document:
    """Two seats at 10.66 less 10 % and 5.00: 4.59; VAT 19.6 %: 0.90."""
    document = french()
    line = document["lines"][0]
    line |= {
        "gross": 10_66,
        "discounts": [
            {"id": "g", "name": "Bienvenue", "rank": 0, "percent": "10", "amount": 1_07},
            {"id": "h", "name": "Fidélité", "rank": 1, "amount": 5_00},
        ],
        "net": 4_59,
    }
    line["tax"] = {"category": "S", "rate": "19.6", "class": "standard", "amount": 90}
    document |= {
        "taxes": [{"category": "S", "rate": "19.6", "base": 4_59, "tax": 90}],
        "totals": {"net": 4_59, "tax": 90, "gross": 5_49, "prepaid": 0, "due": 5_49},
    }
    return document


def long(lines: int) -> Document:
    """An English invoice of many lines at 1,234.50, ten to a subscription."""
    document = english()
    (model,) = document["lines"]
    document["lines"] = []
    for place in range(lines):
        line = copy.deepcopy(model)
        group = place // 10 + 1
        line |= {
            "line": place + 1,
            "subscription": {"id": f"sub_{group}", "external_id": "", "name": f"Gate {group}"},
            "description": f"Handling, stand {place + 1}",
            "expression": {"quantity": "3", "unit": "C62", "price": "411.5", "base_quantity": 1},
            "net": 123_450,
            "steps": [],
        }
        document["lines"].append(line)
    total = 123_450 * lines
    document["taxes"][0]["base"] = total
    document["totals"] |= {"net": total, "gross": total, "due": total}
    return document


def wide() -> Document:
    """A French invoice whose names, numbers and rates are as long as they may be."""
    document = french()
    document["entity"]["name"] = "Coopérative énergétique des vallées du Rhône et de la Saône " * 2
    document["customer"]["name"] = "Compagnie internationale des transports fluviaux " * 3
    document["customer"]["external_id"] = "0123456789" * 10
    (model,) = document["lines"]
    document["lines"] = [
        _wide(model, "Gaz naturel, compteur n° 12345678901234567890 " * 4, "12345.678", "3.2"),
        _wide(model, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3, "1", "0.0012345"),
        _wide(model, "Appels", "9999999", "1234567.891"),
    ]
    document["lines"][1]["expression"]["base_quantity"] = 1000
    document["lines"][2]["steps"] = [["500", "120.00", "60000", f"tranche {n}"] for n in range(600)]
    rates = ("20", "19.6", "10", "8.5", "5.5", "2.1", "1.75", "1.05", "0.9", "0")
    document["taxes"] = [
        {"category": "S", "rate": rate, "base": 123_456_789, "tax": 24_197_530} for rate in rates
    ]
    return document


def _wide(model: Document, description: str, quantity: str, price: str) -> Document:
    line = copy.deepcopy(model)
    line["subscription"]["name"] = "Abonnement dont le nom ne tient pas sur une ligne " * 4
    said = {"quantity": quantity, "unit": "C62", "price": price, "base_quantity": 1}
    return line | {"description": description, "expression": said, "net": 123_456_789_012}


def statement(language: str) -> Document:
    """
    Carried in 100.00; 120.00 and 60.00 billed, 12.00 given back; 220.00 paid, 30.00 refunded.

    100.00 + 168.00 - 190.00 = 78.00, of which 60.00 + 18.00 + 5.00 are open and 5.00 is credit.
    """
    document = french() if language == "fr" else english()
    rows = [
        ("2013-06-02", "invoice", "FR-2013-000002", 120_00, 220_00),
        ("2013-06-05", "payment", "pay_1", -220_00, 0),
        ("2013-06-07", "credit_note", "FR-CN-2013-000001", -12_00, -12_00),
        ("2013-06-09", "refund", "ref_1", 30_00, 18_00),
        ("2013-06-30", "invoice", "FR-2013-000003", 60_00, 78_00),
    ]
    return {
        "language": document["language"],
        "entity": document["entity"],
        "customer": document["customer"],
        "currency": document["currency"],
        "from": "2013-06-01",
        "to": "2013-06-30",
        "opening": 100_00,
        "rows": [
            {"on": on, "kind": kind, "id": name, "name": name, "amount": minor, "balance": balance}
            for on, kind, name, minor, balance in rows
        ],
        "documents": 168_00,
        "settlements": 190_00,
        "closing": 78_00,
        "as_of": "2013-07-15",
        "unapplied": 5_00,
        "ageing": {
            "not_due": 60_00,
            "days_1_30": 18_00,
            "days_31_60": 0,
            "days_61_90": 0,
            "over_90": 5_00,
        },
    }
