"""References of the buyer: once where all lines share them, else with their subscription."""

import copy
from pathlib import Path

from solde.adapters.render.view import view
from solde.adapters.render.words import words
from tests.support.closed import french

TEMPLATES = Path(__file__).parents[4] / "templates"


def two(first: dict, second: dict) -> dict:
    """A document with a line each of two subscriptions."""
    document = french()
    document["lines"] = [document["lines"][0], copy.deepcopy(document["lines"][0])]
    for line, said in zip(document["lines"], (first, second), strict=True):
        line["subscription"] |= said
    document["lines"][1]["subscription"] |= {"id": "sub_2", "name": "Capteurs"}
    return document


def seen(document: dict) -> tuple[dict[str, str], list[str]]:
    shown = view(document, words(TEMPLATES, document["language"]))
    return dict(shown.facts), [one.name for one in shown.groups]


def test_what_all_lines_share_stands_at_the_head() -> None:
    said = {"references": {"purchase_order": "BC-7", "cost_centre": "42"}}
    facts, names = seen(two(said, said))
    assert (facts["Bon de commande"], facts["Centre de coûts"]) == ("BC-7", "42")
    assert names[1] == "Capteurs"


def test_what_is_of_one_subscription_stands_with_it() -> None:
    first = {"references": {"purchase_order": "BC-7", "contract_number": "K1"}}
    second = {
        "references": {"purchase_order": "BC-8", "contract_number": "K1", "ship_to": "Lyon"},
        "subscriber": {"id": "cus_2", "name": "Atelier Nuage"},
    }
    facts, names = seen(two(first, second))
    assert facts["Contrat"] == "K1"
    assert "Bon de commande" not in facts
    assert names[0].endswith("  ·  Bon de commande BC-7")
    assert names[1] == "Capteurs  ·  pour Atelier Nuage  ·  Bon de commande BC-8  ·  Livré à Lyon"


def test_where_one_names_nothing_nothing_is_shared() -> None:
    facts, names = seen(two({"references": {"purchase_order": "BC-7"}}, {}))
    assert "Bon de commande" not in facts
    assert names[0].endswith("Bon de commande BC-7")
    assert names[1] == "Capteurs"
