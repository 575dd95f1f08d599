"""What an announcement says to others: by public names, one object each."""

import pytest

from solde.domain.endpoints import KINDS, happenings

NAMED = {"customer": "cus_1", "payment": "pay_1", "invoice": "inv_1"}


@pytest.mark.parametrize(
    ("announced", "detail", "told"),
    [
        (
            "invoice.issued",
            {"run": "run_1", "invoices": [["cus_1", "inv_1"], ["cus_2", "inv_2"]]},
            [("invoice.issued", "inv_1", "cus_1", {}), ("invoice.issued", "inv_2", "cus_2", {})],
        ),
        (
            "documents.stored",
            {"invoices": [["cus_1", "inv_1"]]},
            [("invoice.rendered", "inv_1", "cus_1", {})],
        ),
        (
            "invoice.mailed",
            {"invoices": [["cus_1", "inv_1"]], "state": "suppressed"},
            [("invoice.mailed", "inv_1", "cus_1", {"state": "suppressed"})],
        ),
        ("payment.received", NAMED, [("payment.received", "pay_1", "cus_1", NAMED)]),
        (
            "payment.received",
            {**NAMED, "settled": True, "as_of": "2013-01-10T08:00:00+00:00"},
            [
                ("payment.received", "pay_1", "cus_1", NAMED),
                ("invoice.paid", "inv_1", "cus_1", {"by": "pay_1"}),
            ],
        ),
        (
            "invoice.written_off",
            {"customer": "cus_1", "invoice": "inv_1", "stage": "lost"},
            [
                (
                    "invoice.written_off",
                    "inv_1",
                    "cus_1",
                    {"customer": "cus_1", "invoice": "inv_1", "stage": "lost"},
                )
            ],
        ),
        ("attempt.asked", {"customer": "cus_1", "invoice": "inv_1", "number": 1}, []),
        ("books.close_asked", {"entity": "FRA", "month": "2013-01"}, []),
    ],
)
def test_what_is_told(announced, detail, told) -> None:
    found = [(one.kind, one.of, one.customer_id, one.data) for one in happenings(announced, detail)]
    assert found == told


def test_kinds_are_named_in_the_past_and_in_order() -> None:
    assert KINDS == (
        "credit.applied",
        "invoice.issued",
        "invoice.mailed",
        "invoice.notice_closed",
        "invoice.paid",
        "invoice.promised",
        "invoice.questioned",
        "invoice.rendered",
        "invoice.written_off",
        "payment.disputed",
        "payment.received",
        "payment.refunded",
        "payment.restored",
        "payment.returned",
        "payment.undone",
        "service.restored",
        "service.restricted",
        "wallet.expired",
        "wallet.top_up_needed",
        "wallet.topped_up",
        "wallet.voided",
    )


def test_of_one_instant_an_invoice_is_issued_before_it_is_rendered_mailed_and_paid() -> None:
    named = {"invoices": [["cus_1", "inv_1"]]}
    kinds = ["invoice.issued", "documents.stored", "invoice.mailed"]
    ranks = [one.rank for kind in kinds for one in happenings(kind, named)]
    (_, paid) = happenings("payment.received", {**NAMED, "settled": True})
    assert ranks == sorted(ranks)
    assert paid.rank > ranks[-1]
