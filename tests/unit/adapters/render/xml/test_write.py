"""XML as text: nothing empty, nothing unescaped, nothing that XML cannot hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from solde.adapters.render.xml.write import amount, el, escaped, text


def test_an_element_with_nothing_in_it_is_left_out() -> None:
    assert el("a", el("b"), text("c", "")) == ""
    assert el("a", el("b", text("c", "x")), text("d", "", unit="m")) == "<a><b><c>x</c></b></a>"


def test_an_attribute_that_is_empty_is_left_out() -> None:
    assert text("a", "1", unit="", code="C62") == '<a code="C62">1</a>'


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("A & B", "A &amp; B"),
        ("<script>", "&lt;script&gt;"),
        ('"', "&quot;"),
        ("a\x00b", "a\ufffdb"),
        ("\ud800", "\ufffd"),
        ("\uffff", "\ufffd"),
        ("a\r\nb", "a&#13;\nb"),
        ("]]>", "]]&gt;"),
        ("é €", "é €"),
        ("😀", "😀"),
    ],
)
def test_a_text_is_escaped_and_what_xml_cannot_hold_replaced(value: str, written: str) -> None:
    assert escaped(value) == written


@given(value=st.text(st.characters(exclude_categories=())), name=st.text(min_size=1))
def test_any_text_is_well_formed_and_comes_back(value: str, name: str) -> None:
    body = el("root", text("a", value, name=name), "<end/>").encode()
    root = etree.fromstring(body)
    if value and "\ufffd" not in escaped(value):
        assert root[0].text == value


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (0, "EUR", "0.00"),
        (5, "EUR", "0.05"),
        (-1230, "EUR", "-12.30"),
        (123_456_789_012_34, "EUR", "123456789012.34"),
        (333, "JPY", "333"),
        (0, "JPY", "0"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(minor, currency, written) -> None:
    assert amount(minor, currency) == written
