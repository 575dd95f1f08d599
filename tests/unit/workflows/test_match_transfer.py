"""Read a transfer: which documents are looked for, and which of them count."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from solde.domain.banking.statement import BankEntry
from solde.domain.banking.transfer import to_body, transfer_of
from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.workflows.match_transfer import read_transfer

EUR = Money(119_60, "EUR")
NUMBER = "FR-2013-000001"
ENTRY = BankEntry("A1", EUR, date(2013, 6, 3), iban="FR14", structured=NUMBER)


def bank(**changes):
    fields = {"id": "inv_1", "number": NUMBER, "entity": "fr", "due": EUR, "customer_id": "cus_1"}
    known = SimpleNamespace(**{**fields, **changes})
    return SimpleNamespace(
        numbered=lambda number: known if number == NUMBER else None,
        pays_from=lambda customer, iban: (customer, iban) == ("cus_1", "FR14"),
    )


def read(entry: BankEntry, **changes):
    body = to_body(transfer_of("fr", "FR76", entry))
    return read_transfer(body, bank=bank(**changes), prefix_of=lambda _: "FR")


@pytest.mark.parametrize(
    "entry",
    [ENTRY, replace(ENTRY, structured="", text=f"{NUMBER} merci"), replace(ENTRY, amount=EUR)],
)
def test_it_is_told_as_money_received_for_an_invoice(entry) -> None:
    found = read(entry)
    assert (found.provider, found.invoice_id, found.amount) == ("bank", "inv_1", EUR)
    assert found.reference.startswith("btx_")
    assert found.at.isoformat() == "2013-06-03T00:00:00+00:00"


@pytest.mark.parametrize("other", [{"entity": "de"}, {"id": "crn_1"}, {"id": "lcn_1"}])
def test_documents_of_another_entity_and_those_that_give_back_do_not_count(other) -> None:
    with pytest.raises(InvalidError, match="found none"):
        read(ENTRY, **other)


def test_a_number_that_was_never_drawn_is_none() -> None:
    with pytest.raises(InvalidError, match="found none"):
        read(replace(ENTRY, structured="FR-2013-000009"))
