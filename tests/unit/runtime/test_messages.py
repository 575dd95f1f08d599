"""Messages: each fails alone, and the batch says which are to be given again."""

import pytest

from solde.domain.errors import InvalidError
from solde.runtime.messages import as_of, each_detail, each_invoice
from tests.support.deployment import queued
from tests.support.seller import at


def test_a_schedule_carries_its_instant() -> None:
    assert as_of({"as_of": "2013-02-01T05:00:00+00:00"}) == at("2013-02-01T05:00:00")
    with pytest.raises(ValueError, match="expected an instant with its zone"):
        as_of({"as_of": "2013-02-01T05:00:00"})
    with pytest.raises(KeyError):
        as_of({})


@pytest.mark.parametrize("fault", [InvalidError("a"), KeyError("b"), ValueError("c")])
def test_one_that_fails_is_given_again_without_the_others(capsys, fault) -> None:
    worked = []

    def work(detail) -> None:
        if detail["n"] == 1:
            raise fault
        worked.append(detail["n"])

    found = each_detail(queued({"n": 0}, {"n": 1}, {"n": 2}), work)
    assert found == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert worked == [0, 2]
    name = "invalid" if isinstance(fault, InvalidError) else type(fault).__name__
    assert f'"message":"m1","error":"{name}"' in capsys.readouterr().out


def test_a_body_that_is_no_message_is_given_again(capsys) -> None:
    event = {"Records": [{"messageId": "m0", "body": "no json"}]}
    assert each_detail(event, print)["batchItemFailures"] == [{"itemIdentifier": "m0"}]
    assert "JSONDecodeError" in capsys.readouterr().out


def test_a_fault_of_the_program_stops_everything() -> None:
    def work(_detail) -> None:
        raise AssertionError("not of this message")

    with pytest.raises(AssertionError):
        each_detail(queued({"n": 0}), work)


def test_all_documents_are_worked_before_the_first_fault_is_told(capsys) -> None:
    worked = []

    def work(customer_id: str, invoice_id: str) -> None:
        worked.append((customer_id, invoice_id))
        if invoice_id in ("inv_1", "inv_3"):
            raise InvalidError(invoice_id)

    detail = {"invoices": [["cus_1", f"inv_{number}"] for number in range(1, 4)]}
    with pytest.raises(InvalidError, match="inv_1"):
        each_invoice(detail, work)
    assert [invoice_id for _, invoice_id in worked] == ["inv_1", "inv_2", "inv_3"]
    assert capsys.readouterr().out.count("invoice failed") == 2
