"""Every language says the same keys with the same fields, in its plurals, and in our font."""

import ast
import json
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.core import Locale
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "templates" / "words"
LANGUAGES = sorted(file.stem for file in WORDS.glob("*.json"))
RENDER = ROOT / "layers/solde/python/solde/adapters/render"
PAPER = [path for path in RENDER.rglob("*.py") if path.parent.name not in ("xml", "texts")]
"""
What sets pages, mails and PDFs. XML is of elements, whose texts come from the same words; what is
said of texts is for the seller who writes them.
"""
REPLACED = {"\u202f"}
"""What the font has not and the paper writes in another way: the narrow space."""
LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{3,} [A-Za-zÀ-ÿ]{2,}|^[A-ZÀ-Þ][a-zà-ÿ]{2,}\b(?!-)")
MARKUP = re.compile("[<>=/]|^'|img-src data:")
NAMES = {
    "Data",  # the relation of an attachment
    "Solde",  # who made a PDF
    "Version",
    "conformance level of the embedded XML file",  # what XMP says of Factur-X
    "name of the embedded XML file",
    "version of the XML schema",
}
"""Texts of files, not of pages."""


@cache
def said(language: str) -> dict[str, Any]:
    return json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))


def forms(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_missing_and_none_is_too_many(language: str) -> None:
    assert set(said(language)) ^ set(said("en")) == set()
    assert list(said(language)) == list(said("en")), "the same order, so that files are compared"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_fields_that_the_english_one_has(language: str) -> None:
    for key, text in said(language).items():
        wanted = {name for one in forms(said("en")[key]) for name in fields(one)}
        for one in forms(text):
            assert fields(one) == wanted, (language, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_has_the_plurals_of_the_language_and_no_other(language: str) -> None:
    wanted = {*Locale(language).plural_form.tags, "other"}
    counted = {key: text for key, text in said(language).items() if not isinstance(text, str)}
    assert sorted(counted) == ["days", "per_days"]
    assert {key: set(text) for key, text in counted.items()} == dict.fromkeys(counted, wanted)


@pytest.mark.parametrize("weight", ["Regular", "Semibold"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_has_every_sign_of_a_language(language: str, weight: str) -> None:
    font = TTFont(ROOT / f"templates/fonts/OpenSans-{weight}.ttf")
    locale = Locale(language)
    texts = [one for text in said(language).values() for one in forms(text)]
    texts += [*locale.months["format"]["wide"].values(), *locale.currency_symbols.values()]
    texts += [
        locale.territories[code] for code in locale.territories if re.match("[A-Z]{2}$", code)
    ]
    shown = {sign for text in texts for sign in text} - REPLACED
    lacking = {sign for sign in shown if ord(sign) not in font.getBestCmap()}
    assert lacking - FOREIGN == set()


FOREIGN = set("₧₩₪₫₮₴₦₱₲₵₸₹₺₼₽₾৳฿៛₡₭₯₥₤₳₻")
"""Signs of currencies that are not sold in here; the paper puts a question mark."""


def spoken(path: Path) -> Iterator[str]:
    """Yield the texts of a module that two words stand in, except what explains it or refuses."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Raise):
            told |= {id(inner) for inner in ast.walk(one)}
    for one in ast.walk(tree):
        text = one.value if isinstance(one, ast.Constant) and id(one) not in told else None
        if isinstance(text, str) and LETTERS.search(text) and not MARKUP.search(text):
            yield text


def test_no_word_that_customers_read_stands_in_code() -> None:
    found = {text for path in PAPER for text in spoken(path)}
    assert found - NAMES == set()


def test_such_words_are_found(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text('"""Says it."""\nsaid = f"Amount due {1}"\nraise ValueError("not this one")\n')
    assert list(spoken(path)) == ["Amount due "]
