"""What page and PDF say is what the XML says: every amount, name and number of each sample."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader

from local.documents.forms import TEMPLATES, forms
from local.documents.life import Document
from local.documents.reading.opened import parsed
from local.documents.reading.read import read
from local.documents.samples import look, samples
from solde.adapters.render.words import Words, words
from solde.domain.money import EXPONENTS

MADE = {name: one for name, one in samples() if len(one["lines"]) < 100}
WITHOUT_XML = ("kwd", "quote", "pro-forma", "late-charge")
TOTALS = ("BT-112", "BT-115")


@cache
def bodies(name: str) -> dict[str, bytes]:
    return {one.ending: one.body for one in forms(MADE[name], look(name)) if not one.refused}


def squeezed(text: str) -> str:
    """Leave out all space: a PDF breaks lines where a column ends."""
    return "".join(text.replace("\u2212", "-").split())


def wanted(document: Document, terms: dict[str, str], said: Words) -> Iterator[tuple[str, str]]:
    """Yield what the XML says, as the page must say it."""
    currency = document["currency"]

    def money(amount: Decimal | str) -> str:
        return said.money(int(Decimal(amount).scaleb(EXPONENTS[currency])), currency)

    yield "BT-1", terms["BT-1"]
    gross = Decimal(terms["BT-112"]) + Decimal(terms.get("BT-114", "0"))
    yield "BT-112", money(gross)
    yield "BT-115", money(terms["BT-115"])
    for code, text in terms.items():
        name = code.partition("[")[0]
        if name in ("BT-27", "BT-44", "BT-153", "BT-13", "BT-25"):
            yield from ((code, word) for word in text.split())
        if name in ("BT-116", "BT-117"):
            yield code, money(text)
    yield from ((reason, money(off)) for reason, off in discounts(terms).items())
    if "inclusive" in document:
        return
    for place in range(1, len(document["lines"]) + 1):
        off = [Decimal(text) for code, text in terms.items() if code.startswith(f"BT-136[{place}.")]
        yield f"line {place}", money(Decimal(terms[f"BT-131[{place}]"]) + sum(off))
        yield f"price {place}", said.price(terms[f"BT-146[{place}]"], currency)


def discounts(terms: dict[str, str]) -> Counter[str]:
    """Sum what a discount takes off the document over its rates, as the page does."""
    found: Counter[str] = Counter()
    for code, text in terms.items():
        if code.startswith("BT-92["):
            found[terms[code.replace("92", "97")]] += Decimal(text)
    return found


@pytest.mark.parametrize("name", [one for one in MADE if one not in WITHOUT_XML])
def test_page_and_pdf_say_what_the_xml_says(name: str) -> None:
    document, made = MADE[name], bodies(name)
    said = words(TEMPLATES, document["language"])
    terms = dict(read(parsed(made["cii.xml"])).terms)
    pages = PdfReader(BytesIO(made["pdf"])).pages
    texts = {
        "pdf": squeezed("".join(page.extract_text() for page in pages)),
        "html": squeezed(unescape(made["html"].decode())),
    }
    looked = list(wanted(document, terms, said))
    assert len(looked) > 8
    missing = [
        (form, *one)
        for one in looked
        for form, text in texts.items()
        if squeezed(one[1]) not in text
    ]
    assert missing == []


def test_an_amount_that_is_not_on_the_page_would_be_missed() -> None:
    document = MADE["domestic-b2b"]
    said = words(TEMPLATES, document["language"])
    terms = dict(read(parsed(bodies("domestic-b2b")["cii.xml"])).terms) | {"BT-115": "103.81"}
    page = squeezed(unescape(bodies("domestic-b2b")["html"].decode()))
    assert [one for one, text in wanted(document, terms, said) if squeezed(text) not in page] == [
        "BT-115"
    ]
