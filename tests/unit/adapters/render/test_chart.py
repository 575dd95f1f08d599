"""A chart: heights in whole numbers, each with its figure, and the same told in words."""

from decimal import Decimal
from pathlib import Path

from local.documents.samples import look, sample
from solde.adapters.render.chart import charts, scaled
from solde.adapters.render.html import document_html
from solde.adapters.render.view import view
from solde.adapters.render.words import words

TEMPLATES = Path(__file__).parents[4] / "templates"
DOCUMENT = sample("usage-annex")
SAID = words(TEMPLATES, "fr-FR")


def test_heights_are_whole_and_in_proportion() -> None:
    """1,000 × 812 ÷ 1,402 = 579.17; what is below nothing has no bar."""
    assert scaled([Decimal(812), Decimal(1402), Decimal(-5)]) == [579, 1000, 0]
    assert scaled([Decimal(0), Decimal(-1)]) == [0, 0]
    assert scaled([]) == []
    assert scaled([Decimal("0.000001"), Decimal("3e24")]) == [0, 1000]


def test_a_chart_tells_months_and_figures() -> None:
    (chart,) = charts(DOCUMENT, SAID)
    assert chart.title == "Consommation des douze derniers mois : Agence 1  ·  Appels d’API"
    assert (chart.bars[0].label, chart.bars[0].month) == ("juin", "juin 2026")
    assert (chart.bars[-1].text, chart.bars[-1].height) == ("1\u202f377,75", 982)
    assert chart.told.startswith("juin 2026: 812; juillet 2026: 934; ")
    assert list(charts({"lines": []}, SAID)) == []


def test_a_month_that_is_unknown_has_a_dash() -> None:
    row = {**DOCUMENT["usage_history"][0], "months": [["2027-05", None]]}
    (chart,) = charts({**DOCUMENT, "usage_history": [row]}, SAID)
    assert (chart.bars[0].text, chart.bars[0].height) == ("–", 0)


def test_a_page_shows_it_to_those_who_do_not_see_it_too() -> None:
    page = document_html(view(DOCUMENT, SAID, look("usage-annex")), TEMPLATES)
    assert 'role="img" aria-labelledby="chart-1-title chart-1-told"' in page
    assert '<desc id="chart-1-told">juin 2026: 812;' in page
    assert '<tr><td>juin 2026</td><td class="n">812</td></tr>' in page
    assert ".chart path{fill:var(--accent)}" in page
    plain = document_html(view(DOCUMENT, SAID), TEMPLATES)
    assert "chart" not in plain
    assert "TP-0417" not in plain


def test_names_with_markup_are_text() -> None:
    row = {**DOCUMENT["usage_history"][0], "name": "</title><script>x</script>"}
    hostile = {**DOCUMENT, "usage_history": [row]}
    page = document_html(view(hostile, SAID, look("usage-annex")), TEMPLATES)
    assert "<script>" not in page
