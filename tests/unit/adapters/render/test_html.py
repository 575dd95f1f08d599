"""The page of a document: escaped, self-contained, under a policy without exceptions."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from local.documents.samples import sample
from solde.adapters.render.html import document_html, own_rules, page, security_headers
from solde.adapters.render.look import look_of
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.domain.templates import Template
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


def test_the_policy_allows_the_rules_of_an_annex_and_of_own_colours() -> None:
    document, layer = sample("usage-annex"), Template("ars", 1, date(2027, 1, 1))
    shows = replace(layer, show={"annex": True}, colours={"accent": "#000001"})
    shown = view(document, words(TEMPLATES, "fr"), look_of([shows]))
    policy = security_headers(TEMPLATES, own_rules(shown, TEMPLATES))["Content-Security-Policy"]
    styles = re.findall(r"<style>(.*?)</style>", document_html(shown, TEMPLATES), re.DOTALL)
    assert len(styles) == 2
    for style in styles:
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert ":root{--accent:#000001}" in styles[1]
    plain = view(document, words(TEMPLATES, "fr"))
    assert own_rules(plain, TEMPLATES) == ""
