"""The page of a document: escaped, self-contained, under a policy without exceptions."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from solde.adapters.render.html import document_html, page, security_headers
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from tests.support.closed import english, french

TEMPLATES = Path(__file__).parents[4] / "templates"


def html(document: dict, **options: str) -> str:
    shown = view(document, words(TEMPLATES, document["language"]))
    return document_html(shown, TEMPLATES, **options)


def test_the_style_is_the_one_that_the_policy_allows() -> None:
    style = re.search(r"<style>(.*?)</style>", html(english()), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    policy = security_headers(TEMPLATES)["Content-Security-Policy"]
    assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "<script" not in html(english())


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "{{7*7}}", '"><img src=x onerror=y>', "a\u202egnp.exe"],
)
def test_hostile_names_appear_as_text(hostile: str) -> None:
    document = english()
    document["customer"]["name"] = hostile
    document["lines"][0]["description"] = hostile
    made = html(document)
    assert "<script>" not in made
    assert "<img" not in made
    assert "49" not in made.replace("49.", "")


def test_the_download_is_offered_where_there_is_one() -> None:
    assert 'href="abc/pdf"' in html(french(), pdf_url="abc/pdf")
    assert "Télécharger le PDF" in html(french(), pdf_url="abc/pdf")
    assert "Télécharger" not in html(french())


def test_a_page_with_a_missing_value_is_an_error() -> None:
    from jinja2 import UndefinedError  # noqa: PLC0415 - the error is the subject

    with pytest.raises(UndefinedError):
        page(TEMPLATES, "web/gone.html.j2", language="en")
