"""A profile that is asked for: official rules agree; what it cannot say is named by rule."""

import pytest

from solde.domain.errors import InvalidError
from solde.runtime.structured import structured
from tests.support.official_rules import broken
from tests.support.structured import TEMPLATES, golden

SIREN = "732829320"
"""Its digits, every second doubled from the right: 0+4+3+18−9+2+16−9+2+6+7 = 40."""


@pytest.fixture
def document():
    """Closed without a profile of its own."""
    made = golden()["closed-invoice"]
    made["entity"].pop("e_invoice", None)
    made["customer"]["registration"] = {"siren": SIREN}
    return made


@pytest.mark.parametrize(
    ("form", "profile", "said"),
    [
        ("cii", "en16931", b"<ram:ID>urn:cen.eu:en16931:2017</ram:ID>"),
        ("cii", "fr-ctc", b"<ram:ID>S1</ram:ID>"),
        ("ubl", "fr-ctc", b"<cbc:ProfileID>S1</cbc:ProfileID>"),
        ("ubl", "peppol", b"#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>"),
    ],
)
def test_each_profile_is_written_and_keeps_the_rules(document, form, profile, said) -> None:
    body = structured(document, form, profile, TEMPLATES)
    assert said in body
    assert broken(body, french=profile == "fr-ctc") == []


@pytest.mark.parametrize(
    ("form", "profile", "told"),
    [
        ("pdf", "en16931", "profile: expected with one of cii, ubl only, found 'pdf'"),
        ("ubl", "none", "expected one of fr-ctc, en16931, peppol for ubl, found 'none'"),
        ("cii", "peppol", "expected one of fr-ctc, en16931 for cii, found 'peppol'"),
    ],
)
def test_what_is_no_profile_of_a_form(document, form, profile, told) -> None:
    with pytest.raises(InvalidError, match=told):
        structured(document, form, profile, TEMPLATES)


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"kind": "late_charge", "taxes": []}, "BR-04: kind"),
        ({"currency": "KWD"}, "BR-DEC-23: currency"),
        ({"tax_level": "line"}, "BR-CO-17: tax_level"),
        ({"mentions": []}, "BR-FR-05: mentions"),
    ],
)
def test_what_a_profile_cannot_say_is_refused_by_rule(document, change, rules) -> None:
    with pytest.raises(InvalidError, match=rules) as refused:
        structured(document | change, "cii", "fr-ctc", TEMPLATES)
    assert refused.value.pointer == "/profile"
