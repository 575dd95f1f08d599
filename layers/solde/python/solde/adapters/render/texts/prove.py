"""All texts of a template, proved: their Jinja, and that the font has their letters."""

from collections.abc import Sequence
from pathlib import Path

from solde.adapters.render.texts.check import check, check_condition
from solde.adapters.render.texts.known import MAIL, Names, known_with
from solde.adapters.render.texts.letters import letters
from solde.domain.custom_fields import CustomField
from solde.domain.errors import InvalidError
from solde.domain.templates import Template


def prove_texts(template: Template, folder: Path, declared: Sequence[CustomField] = ()) -> None:
    """
    Prove what a finance team has written, so that no document stumbles over it.

    `declared` are the custom fields of its entity.

    Raises:
        InvalidError: with the pointer of the text, and where in it something is wrong.

    """
    _must_be_declared(template, declared)
    known = known_with(declared)
    _prove_mails(template, known)
    for place, block in enumerate(template.blocks):
        pointer = f"/blocks/{place}"
        check(block.text, pointer=f"{pointer}/text", known=known)
        if block.when:
            check_condition(block.when, pointer=f"{pointer}/when", known=known)
        _in_letters(block.text, f"{pointer}/text", folder)


def _prove_mails(template: Template, known: Names) -> None:
    """Prove the texts of mails; any letter goes, for a reader of mails has his own fonts."""
    for place, one in enumerate(template.mails):
        for name, text in (("subject", one.subject), ("text", one.text)):
            check(text, pointer=f"/mails/{place}/{name}", known={**known, "mail": MAIL})


def _must_be_declared(template: Template, declared: Sequence[CustomField]) -> None:
    there = sorted(f"{one.on}.{one.name}" for one in declared)
    for place, name in enumerate(template.fields or ()):
        if name not in there:
            raise InvalidError(
                f"fields: expected one of {', '.join(there) or 'none'}, which "
                f"{template.entity} declares, found {name}",
                pointer=f"/fields/{place}",
            )


def _in_letters(text: str, pointer: str, folder: Path) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        for column, char in enumerate(line, 1):
            if ord(char) not in letters(folder):
                raise InvalidError(
                    f"line {number}, column {column}: expected a letter that the font has, "
                    f"found U+{ord(char):04X}",
                    pointer=pointer,
                )
