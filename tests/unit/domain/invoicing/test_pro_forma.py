"""Pro formas: what invoices would say, with nothing of what is owed, in a series of their own."""

from datetime import UTC, date, datetime

from solde.domain.invoicing.envelope import Range
from solde.domain.invoicing.pro_forma import numbered, pro_formas
from solde.domain.invoicing.profiles import carried
from tests.support.papers import credit_note, french

AT = datetime(2013, 6, 15, 5, tzinfo=UTC)
TAKEN = Range("FR-PF-2013", "pro_forma", 7, 8, date(2013, 6, 15), AT)


def draft() -> dict:
    """10.66 and 2.09 of tax, of which 5.00 are paid by credit."""
    document = {name: part for name, part in french().items() if name != "envelope"}
    document["totals"] |= {"prepaid": 5_00, "due": 7_75}
    return document | {"prepaid": [{"id": "pay_1", "amount": 5_00}], "accounting": {"tax": 2_09}}


def test_an_invoice_becomes_one_and_a_credit_note_does_not() -> None:
    (found,) = pro_formas([credit_note(), draft()])
    assert found["kind"] == "pro_forma"
    assert found["lines"] == french()["lines"]


def test_no_credit_pays_it_and_no_tax_is_booked() -> None:
    (found,) = pro_formas([draft()])
    assert found["totals"] == {
        "net": 10_66,
        "tax": 2_09,
        "gross": 12_75,
        "prepaid": 0,
        "due": 12_75,
    }
    assert found.keys() & {"prepaid", "accounting"} == set()


def test_no_machine_takes_it_for_an_invoice() -> None:
    document = draft()
    document["entity"]["e_invoice"] = "en16931"
    (found,) = pro_formas([document])
    assert carried(document) == "en16931"
    assert carried(found) == "none"


def test_it_has_a_number_and_a_day_and_is_due_on_none() -> None:
    (found,) = pro_formas([draft()])
    said = numbered(found, TAKEN, 1)["envelope"]
    assert said.pop("id").startswith("pfi_")
    assert [one[:16] for one in said.pop("mentions")][:1] == ["Pas d’escompte p"]
    assert said == {"number": "FR-PF-2013-000008", "issued_on": "2013-06-15"}
