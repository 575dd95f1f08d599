"""Mails in a seller's own words: subject and body by kind, where a template has them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from solde.adapters.render.lines import groups
from solde.adapters.render.look import PLAIN, Look
from solde.adapters.render.texts.sandbox import Marked, Missing, filled
from solde.adapters.render.texts.values import values_of
from solde.adapters.render.words import Words

SUBJECT_MAX = 200
Document = Mapping[str, Any]
Said = tuple[str, str]
"""Subject and text."""


class Own(NamedTuple):
    """The look that a mail is written by; `marked`: what its texts lack is shown."""

    look: Look = PLAIN
    marked: bool = False


USUAL = Own()


def own_mail(
    kind: str,
    document: Document,
    words: Words,
    own: Own,
    usual: Said,
    still: str = "",
) -> Said:
    """
    Return subject and text of a mail of a kind: the template's, else the usual ones.

    `still` is what is open, as a reminder says it. Greeting, link and close are never a template's.
    """
    wanted, marked = own.look.mails.get(kind), own.marked
    if wanted is None:
        return usual
    rows = tuple(groups(document, words)) if "subscription" in document["lines"][0] else ()
    values = {
        **values_of(document, words, rows, (), marked=marked),
        "mail": {"open": still or (Marked if marked else Missing)(name="mail.open")},
    }
    subject = " ".join(filled(wanted.subject, values).split())[:SUBJECT_MAX]
    return subject or usual[0], filled(wanted.text, values) or usual[1]
