"""A document says what it was issued with; an older one, what was in force on its day."""

from pathlib import Path

from solde.adapters.render.legal import mention_of, mentions_of
from solde.adapters.render.words import words
from tests.support.closed import french

SAID = words(Path(__file__).parents[4] / "templates", "fr-FR")


def test_an_older_document_has_the_words_of_its_day() -> None:
    found = dict(mentions_of(french(), SAID))
    assert list(found) == ["no_discount", "late_penalty", "recovery_fee"]
    assert found["no_discount"] == "Pas d’escompte pour paiement anticipé."


def test_a_document_keeps_the_words_that_it_was_issued_with() -> None:
    document = french()
    document["mentions"] = [
        {"code": "late_penalty_agreed", "percent": "12.5"},
        {"code": "cash_accounting"},
    ]
    document["envelope"]["mentions"] = ["Douze et demi\u00a0: {percent}.", ""]
    said = list(mentions_of(document, SAID))
    assert said == [("late_penalty_agreed", "Douze et demi\u00a0: 12,5\u00a0%.")]


def test_the_reason_of_an_exemption_is_said_where_no_mention_says_it() -> None:
    document = french()
    assert mention_of(document, SAID, "no_tax_reason", reason="X") == "TVA non facturée : X."
    document["mentions"] = [{"code": "no_tax_reason", "reason": "X"}]
    document["envelope"]["mentions"] = ["Sans TVA ({reason})."]
    assert mention_of(document, SAID, "no_tax_reason", reason="Y") == "Sans TVA (Y)."
