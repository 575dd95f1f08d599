"""All texts of a template, proved: their Jinja, and that the font has their letters."""

from pathlib import Path

from solde.adapters.render.texts.check import check, check_condition
from solde.adapters.render.texts.letters import letters
from solde.domain.errors import InvalidError
from solde.domain.templates import Template


def prove_texts(template: Template, folder: Path) -> None:
    """
    Prove what a finance team has written, so that no document stumbles over it.

    Raises:
        InvalidError: with the pointer of the text, and where in it something is wrong.

    """
    for place, block in enumerate(template.blocks):
        pointer = f"/blocks/{place}"
        check(block.text, pointer=f"{pointer}/text")
        if block.when:
            check_condition(block.when, pointer=f"{pointer}/when")
        _in_letters(block.text, f"{pointer}/text", folder)


def _in_letters(text: str, pointer: str, folder: Path) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        for column, char in enumerate(line, 1):
            if ord(char) not in letters(folder):
                raise InvalidError(
                    f"line {number}, column {column}: expected a letter that the font has, "
                    f"found U+{ord(char):04X}",
                    pointer=pointer,
                )
