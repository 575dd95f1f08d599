"""The code of a transfer: what it says, and when there is none."""

import copy

import pytest
from segno import helpers

from solde.adapters.render.transfer import Run, path, runs, transfer_code
from tests.support.structured import golden

IBAN = "FR7630006000011234567890189"


def invoice(**registration: str) -> dict:
    document = copy.deepcopy(golden()["closed-invoice"])
    document["entity"]["registration"] |= {"iban": IBAN, **registration}
    return document


def changed(**fields: object) -> dict:
    return {**invoice(), **fields}


def test_the_code_is_the_one_that_the_standard_asks_for() -> None:
    document = invoice(bic="AGRIFRPP")
    amount = document["totals"]["due"]
    expected = helpers.make_epc_qr(
        name=document["entity"]["name"],
        iban=IBAN,
        bic="AGRIFRPP",
        amount=f"{amount // 100}.{amount % 100:02d}",
        text=document["envelope"]["number"],
        encoding="utf-8",
    )
    assert transfer_code(document) == tuple("".join(map(str, row)) for row in expected.matrix)


@pytest.mark.parametrize(
    "document",
    [
        changed(currency="CHF"),
        changed(kind="credit_note"),
        changed(kind="pro_forma"),
        changed(kind="late_credit"),
        changed(kind="quote"),
        changed(kind="self_billed"),
        changed(totals={**invoice()["totals"], "due": 0}),
        changed(totals={**invoice()["totals"], "due": 100_000_000_000}),
        changed(
            entity={**invoice()["entity"], "registration": {"siren": "123456782"}},
        ),
        {
            **invoice(creditor_id="FR72ZZZ123456"),
            "customer": {
                **invoice()["customer"],
                "registration": {"mandate_id": "M-1", "debtor_iban": IBAN},
            },
        },
    ],
    ids=[
        "francs",
        "credit note",
        "pro forma",
        "late credit",
        "quote",
        "self-billed",
        "paid",
        "too much",
        "no account",
        "debit",
    ],
)
def test_there_is_none_where_no_transfer_is_asked_for(document) -> None:
    assert transfer_code(document) == ()


def test_squares_beside_each_other_are_drawn_as_one() -> None:
    assert list(runs(["1101", "0010"])) == [Run(0, 0, 2), Run(3, 0, 1), Run(2, 1, 1)]
    assert path(["11"]) == "M4 4h2v1h-2z"
