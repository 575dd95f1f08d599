"""What a finance team may write in a text, and where it is told what it may not."""

import pytest

from solde.adapters.render.texts.check import check, check_condition
from solde.adapters.render.texts.known import KNOWN
from solde.domain.errors import InvalidError


@pytest.mark.parametrize(
    "text",
    [
        "No code at all: 100 % of { it }.",
        "Dear {{ customer.name }}, {{ document.number | upper }}",
        "{{ customer.vat_id | default('none', true) }}",
        "{% if document.kind == 'credit_note' and not customer.siren %}a{% else %}b{% endif %}",
        "{% if customer.country in ('FR', 'DE') %}a{% endif %}",
        "{% for line in lines if line.amount %}{{ loop.index }} {{ line.service }}{% endfor %}",
        "{{ customer.name ~ ' ' ~ customer.city if customer.city is defined else '' }}",
        "{# a remark #}",
    ],
)
def test_what_names_chooses_and_walks_is_taken(text) -> None:
    check(text, pointer="/blocks/0/text")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ customer.nmae }}", "line 1, column 13: expected one of city, country, email"),
        ("a\nnmae {{ nmae }}", "line 2, column 9: expected one of customer, document, entity"),
        ("{{ customer }}", "line 1, column 4: expected one of city"),
        ("{{ lines }}", "line 1, column 4: expected a text, found a list: use for"),
        ("{{ customer.name.x }}", "line 1, column 18: expected nothing behind customer.name"),
        ("{{ ''.__class__ }}", "column 7: expected nothing behind it, which is text"),
        ("{{ customer.__class__ }}", "found customer.__class__"),
        ("{{ customer['name'] }}", "column 4: expected names, conditions and loops"),
        ("{{ lines[0] }}", "found getitem"),
        ("{{ customer.name.upper() }}", "found call"),
        ("{% for n in range(10) %}{% endfor %}", "column 13: expected names, .* found call"),
        ("{% for a in lines %}{% for b in lines %}{% endfor %}{% endfor %}", "no loop inside"),
        ("{% for a in lines recursive %}{% endfor %}", "expected no loop inside a loop"),
        ("{% for a, b in lines %}{% endfor %}", "expected one name for each row"),
        ("{% for a in customer %}{% endfor %}", "a loop over one of lines, subscriptions, totals"),
        ("{% set x = 1 %}", "found assign"),
        ("{% macro f() %}{% endmacro %}", "found macro"),
        ("{% include 'secret' %}", "found include"),
        ("{% import 'x' as y %}", "found import"),
        ("{{ 'a' * 1000000000 }}", "found mul"),
        ("{{ 9 ** 9999999 }}", "found pow"),
        ("{{ customer.name | attr('x') }}", "expected a filter of default, lower, trim, upper"),
        ("{{ customer.name is sameas(1) }}", "expected a test of defined, found sameas"),
        ("{% if customer.name in (1, customer.city) %}{% endif %}", "expected constants"),
        ("{{ customer.name", "line 1, column 1: expected Jinja, found: unexpected end"),
        ("ok\n{% endif %}", "line 2, column 1: expected Jinja"),
        ("{{ self }}", "found self"),
        ("{{ " + "(" * 900 + "1" + ")" * 900 + " }}", "expected fewer conditions and brackets"),
        ("{% if 1 %}" * 150 + "{% endif %}" * 150, "expected fewer conditions and brackets"),
    ],
)
def test_what_reaches_further_is_refused_with_its_place(text, said) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        check(text, pointer="/blocks/0/text")
    assert refused.value.pointer == "/blocks/0/text"


def test_a_condition_is_one_expression() -> None:
    check_condition("customer.country == 'FR'", pointer="/when")
    for text, said in (
        ("customer.contry == 'FR'", "line 1, column 10: expected one of city"),
        ("1 %}x{% endif %}{% if 1", "expected one condition, found more"),
        ("1 %}{% for", "expected Jinja"),
        ("", "expected Jinja"),
    ):
        with pytest.raises(InvalidError, match=said):
            check_condition(text, pointer="/when")


def test_further_names_can_be_given() -> None:
    check("{{ fields.badge }}", pointer="", known={"fields": {"badge": "x"}})
    assert "fields" not in KNOWN
