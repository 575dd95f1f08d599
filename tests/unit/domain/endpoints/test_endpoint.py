"""Endpoints: of what they are told, and which kinds there are."""

import pytest

from solde.domain.endpoints import Endpoint
from solde.domain.errors import InvalidError

URL = "https://erp.example.com/hooks"


def test_an_endpoint_is_told_of_the_kinds_it_names_or_of_all_and_of_none_once_ended() -> None:
    some = Endpoint("whe_1", URL, ("invoice.paid",))
    assert [some.wants(one) for one in ("invoice.paid", "invoice.issued")] == [True, False]
    assert Endpoint("whe_1", URL).wants("payment.disputed")
    assert not Endpoint("whe_1", URL, ended="410: gone").wants("invoice.paid")


@pytest.mark.parametrize(
    "kinds", [(), ("invoice.payed",), ("invoice.paid", "invoice.paid"), ("attempt.asked",)]
)
def test_kinds_that_there_are_not_are_refused(kinds) -> None:
    with pytest.raises(InvalidError, match=r"events: expected some of \*, credit.applied") as no:
        Endpoint("whe_1", URL, kinds)
    assert no.value.pointer == "/events"
