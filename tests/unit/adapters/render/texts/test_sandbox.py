"""Texts filled in: what is missing is nothing, or marked; nothing grows without end."""

from solde.adapters.render.texts.sandbox import CHARS_MAX, Marked, Missing, filled, holds, sandbox


def test_a_missing_value_is_nothing_and_marked_in_a_preview() -> None:
    text = "VAT {{ customer.vat_id }}!"
    assert filled(text, {"customer": {"vat_id": Missing(name="customer.vat_id")}}) == "VAT !"
    marked = {"customer": {"vat_id": Marked(name="customer.vat_id")}}
    assert filled(text, marked) == "VAT [? customer.vat_id]!"
    assert filled("{{ customer.vat_id | default('none') }}", marked) == "none"
    assert filled("{{ customer.vat_id | upper }}", marked) == "[? CUSTOMER.VAT_ID]"


def test_a_condition_of_a_missing_value_fails() -> None:
    values = {"customer": {"vat_id": Missing(name="x"), "country": "FR"}}
    assert not holds("customer.vat_id", values)
    assert holds("customer.vat_id == ''", values)
    assert holds("customer.country != customer.vat_id", values)
    assert holds("customer.country in ('FR', 'DE')", values)
    assert holds("", values)


def test_what_grows_too_long_is_cut() -> None:
    rows = [{"description": "x" * 9_000}] * 2_000
    found = filled("{% for line in lines %}{{ line.description }}{% endfor %}", {"lines": rows})
    assert (len(found), found[-1]) == (CHARS_MAX + 1, "…")


def test_nothing_can_be_called_from_a_text() -> None:
    assert sandbox().globals == {}
    assert sorted(sandbox().filters) == ["default", "lower", "trim", "upper"]
    assert sorted(sandbox().tests) == ["defined"]


def test_markup_stays_text() -> None:
    values = {"customer": {"name": "<b>{{ 7 * 7 }}</b>"}}
    assert filled("{{ customer.name }}", values) == "<b>{{ 7 * 7 }}</b>"
