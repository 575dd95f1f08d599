"""Mails of a template: subject and text, each the usual one where it comes to nothing."""

from datetime import date
from pathlib import Path

import pytest

from solde.adapters.render.look import look_of
from solde.adapters.render.texts.mails import USUAL, Own, own_mail
from solde.adapters.render.words import words
from solde.domain.templates import MailText, Template
from tests.support.closed import english
from tests.support.late_paper import closed_late, drafted, late

SAID = words(Path(__file__).parents[5] / "templates", "en")
USUALLY = ("Usual subject", "Usual text")


def own(kind: str, subject: str, text: str) -> Own:
    mails = (MailText(kind, subject, text),)
    return Own(look_of([Template("fr", 1, date(2027, 1, 1), mails=mails)]))


def test_without_a_text_of_its_kind_a_mail_is_the_usual_one() -> None:
    assert own_mail("invoice", english(), SAID, USUAL, USUALLY) == USUALLY
    other = own("reminder_1", "a", "b")
    assert own_mail("invoice", english(), SAID, other, USUALLY) == USUALLY


def test_what_comes_to_nothing_is_the_usual_one() -> None:
    empty = own("invoice", "{{ document.ship_to }}", "{% if document.ship_to %}x{% endif %}")
    assert own_mail("invoice", english(), SAID, empty, USUALLY) == USUALLY


@pytest.mark.parametrize(
    ("subject", "said"),
    [("A\r\nBcc: x@y.test", "A Bcc: x@y.test"), ("x" * 300, "x" * 200)],
)
def test_a_subject_is_one_line_of_bounded_length(subject: str, said: str) -> None:
    found, text = own_mail("invoice", english(), SAID, own("invoice", subject, "T"), USUALLY)
    assert (found, text) == (said, "T")


def test_a_reminder_says_what_is_open_and_late_charges_have_no_lines_to_walk() -> None:
    asked = own("reminder_1", "S", "{{ mail.open }} of {{ document.gross }}")
    _, text = own_mail("reminder_1", english(), SAID, asked, USUALLY, "$5.00")
    assert text == "$5.00 of $275,550.00"
    walked = own("late_charge", "S", "{% for one in lines %}x{% endfor %}{{ document.number }}")
    document = closed_late(drafted(late(("2026-08-15", 1_200_00)), "2026-12-31"))
    _, text = own_mail("late_charge", document, SAID, walked, USUALLY)
    assert text == document["envelope"]["number"]
