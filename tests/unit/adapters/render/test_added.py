"""What a template adds: nothing unless it says so, and a button only where something is paid."""

from pathlib import Path

from local.documents.samples import look, sample
from solde.adapters.render.added import NOTHING, added
from solde.adapters.render.look import PLAIN
from solde.adapters.render.words import words

SAID = words(Path(__file__).parents[4] / "templates", "en-GB")
DOCUMENT = sample("usage-annex")


def test_a_plain_look_adds_nothing() -> None:
    assert added(DOCUMENT, SAID, PLAIN, "") is NOTHING
    assert not NOTHING.behind


def test_chart_and_annex_stand_behind_and_a_button_does_not() -> None:
    """(49.00 + 27.56 + 2 × 12.50) × 1.2 = 121.87."""
    found = added(DOCUMENT, SAID, look("usage-annex"), "")
    assert (found.behind, len(found.charts), len(found.annex)) == (True, 1, 2)
    assert found.pay is None
    button = added(DOCUMENT, SAID, look("pay-button"), "https://b.test/i/t")
    assert button.pay is not None
    assert button.pay.label == "Pay €121.87 online"
    assert button.pay.terms == "Please pay €121.87 by 1 July 2027."
    assert not button.behind
