"""What an e-invoice may not be is refused, with the reason."""

import pytest

from solde.domain.errors import InvalidError
from solde.domain.invoicing.profiles import carried, must_carry, must_fit


@pytest.mark.parametrize("profile", ["none", "fr-ctc", "en16931", "peppol"])
@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_tax_per_rate_in_a_currency_of_up_to_two_decimals_fits_all(profile, currency) -> None:
    must_fit(profile, tax_level="rate", currency=currency)


@pytest.mark.parametrize(
    ("profile", "level", "currency", "pointer", "said"),
    [
        ("fr-ctc", "line", "EUR", "/tax_level", "expected rate, since e-invoices (fr-ctc)"),
        ("en16931", "rate", "KWD", "/currency", "at most 2 decimals, since amounts of e-invoices"),
        ("peppol", "rate", "CLF", "/currency", "found CLF with 4"),
        ("ubl", "rate", "EUR", "/e_invoice", "one of none, fr-ctc, en16931, peppol, found 'ubl'"),
        ("none", "invoice", "EUR", "/tax_level", "one of rate, line, found 'invoice'"),
    ],
)
def test_what_does_not_fit_is_refused(profile, level, currency, pointer, said) -> None:
    with pytest.raises(InvalidError) as wrong:
        must_fit(profile, tax_level=level, currency=currency)
    assert wrong.value.pointer == pointer
    assert said in str(wrong.value)


def test_without_a_profile_all_is_free() -> None:
    must_fit("none", tax_level="line", currency="KWD")
    must_carry("none", "KWD")


def test_a_document_in_dinars_cannot_be_sent() -> None:
    with pytest.raises(InvalidError, match="found KWD with 3"):
        must_carry("fr-ctc", "KWD")


@pytest.mark.parametrize(
    ("entity", "more", "profile"),
    [
        ({"e_invoice": "fr-ctc"}, {}, "fr-ctc"),
        ({"e_invoice": "peppol"}, {"currency": "JPY"}, "peppol"),
        ({}, {}, "none"),
        ({"e_invoice": "fr-ctc"}, {"customer": {"business": False}}, "none"),
        ({"e_invoice": "fr-ctc"}, {"currency": "KWD"}, "none"),
        ({"e_invoice": "fr-ctc"}, {"tax_level": "line"}, "none"),
        ({"e_invoice": "fr-ctc"}, {"taxes": []}, "none"),
    ],
)
def test_a_document_is_sent_with_the_profile_of_its_seller_if_it_can(entity, more, profile) -> None:
    said = {"entity": entity, "customer": {"business": True}, "currency": "EUR", "taxes": [{}]}
    document = {**said, **more}
    assert carried(document) == profile
