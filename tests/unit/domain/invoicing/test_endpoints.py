"""Where a structured invoice goes: what is named, else SIREN, VAT id, or the mail address."""

import pytest

from solde.domain.invoicing.endpoints import endpoint_of


@pytest.mark.parametrize(
    ("facts", "profile", "address"),
    [
        ({"siren": "998877665", "vat_id": "FR61998877665"}, "fr-ctc", ("998877665", "0225")),
        ({"siren": "1", "endpoint": "0225:1_AB"}, "fr-ctc", ("1_AB", "0225")),
        ({"vat_id": "DE123456789"}, "fr-ctc", ("DE123456789", "9930")),
        ({"vat_id": "EL123456789"}, "peppol", ("EL123456789", "9933")),
        ({"vat_id": "SE556036079301"}, "peppol", ("5560360793", "0007")),
        ({"vat_id": "SE5560360793"}, "peppol", None),
        ({"vat_id": "US1"}, "peppol", None),
        ({"vat_id": "US1"}, "en16931", ("a@b.test", "EM")),
        ({}, "en16931", ("a@b.test", "EM")),
        ({}, "fr-ctc", None),
        ({"vat_id": "SK1234567890"}, "peppol", ("SK1234567890", "9950")),
        ({"email": "books@b.test"}, "en16931", ("books@b.test", "EM")),
        ({"siren": "1", "endpoint": "nowhere"}, "fr-ctc", ("1", "0225")),
        ({"endpoint": "0088:7300010000001:2"}, "peppol", ("7300010000001:2", "0088")),
    ],
)
def test_an_address_is_the_one_named_else_siren_vat_id_or_mail(facts, profile, address) -> None:
    assert endpoint_of({"registration": facts, "email": "a@b.test"}, profile) == address


def test_who_gave_no_address_has_none() -> None:
    assert endpoint_of({"registration": {}}, "en16931") is None
