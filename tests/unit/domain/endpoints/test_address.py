"""Which addresses may be named: https, by a public name, and nothing that hides another."""

import pytest

from solde.domain.endpoints.address import must_be_public
from solde.domain.errors import InvalidError


@pytest.mark.parametrize(
    "url",
    ["https://erp.example.com/hooks", "https://Hooks.Example.ORG", "https://a.b.example.com/x?y=1"],
)
def test_a_public_name_may_be_called(url) -> None:
    must_be_public(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://erp.example.com/",
        "https://erp.example.com:8443/",
        "https://user@erp.example.com/",
        "https://erp.example.com\\@10.0.0.1/",
        "https://10.0.0.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://localhost/",
        "https://erp.localhost/",
        "https://metadata.google.internal/",
        "https://printer.local/",
        "https://erp.example.com/ x",
    ],
)
def test_anything_else_is_refused_with_what_was_expected_and_found(url) -> None:
    with pytest.raises(InvalidError, match="expected https, a public name") as refused:
        must_be_public(url)
    assert repr(url) in str(refused.value)
    assert refused.value.pointer == "/url"
