"""Custom fields in documents: with label and type; without values, and undeclared, nothing."""

from dataclasses import replace

from local.documents.parties import SELLER
from local.documents.samples import sample
from local.documents.samples.own import FIELDS
from local.documents.samples.taxed import month
from solde.domain.credit.note import _references
from solde.domain.invoicing.canonical import canonical
from solde.domain.invoicing.carried_fields import Declared, values_of, with_fields

DOCUMENT = sample("custom-fields")


def test_each_place_has_its_own_in_the_order_of_their_declaration() -> None:
    assert [one["name"] for one in DOCUMENT["customer"]["fields"]] == ["site_code", "partner"]
    assert [values_of(line) for line in DOCUMENT["lines"]] == [
        (("serial", "SN-000417"), ("power", "1250.5")),
        (("serial", "SN-000418"),),
    ]
    assert DOCUMENT["lines"][1]["subscription"]["fields"] == [
        {"name": "handed_over", "label": "Remis le", "type": "date", "value": "2027-05-28"}
    ]
    assert DOCUMENT["fields"][0]["value"] == "Sud"


def test_amounts_are_those_of_a_document_without_fields() -> None:
    """49.00 + 3 × 12.50 and 20 %."""
    assert DOCUMENT["totals"] == sample("domestic-b2b")["totals"]
    assert DOCUMENT["totals"]["gross"] == 103_80


def test_who_gives_no_value_has_the_same_bytes() -> None:
    declaring = month(entity=replace(SELLER, custom_fields=FIELDS)).plans("2027-06-01")
    plain = month().plans("2027-06-01")
    assert list(map(canonical, declaring.documents)) == list(map(canonical, plain.documents))


def test_what_is_declared_no_more_is_left_out() -> None:
    part: dict[str, object] = {}
    Declared(FIELDS[:1], "fr").put(part, "customer", (("partner", True),))
    assert part == {}
    (made,) = with_fields([{"language": "fr"}], FIELDS[:1], (("project", "Sud"),))
    assert made == {"language": "fr"}


def test_a_note_by_hand_takes_what_its_invoice_says() -> None:
    said = DOCUMENT["lines"][0]["subscription"]
    found = _references(said)
    assert found is not None
    assert found.fields == (("handed_over", "2027-05-28"),)
    assert _references({}) is None


def test_lines_that_are_alike_keep_the_values_of_each_customer() -> None:
    """What recurs is said once for all who have it alike; what a seller adds is not alike."""

    def billed(serial: str) -> list[object]:
        life = month(entity=replace(SELLER, custom_fields=FIELDS))
        agreed = life.subscriptions["1"]
        items = [
            replace(one, fields=(("serial", serial),) if serial else ()) for one in agreed.items
        ]
        life.subscriptions["1"] = replace(agreed, items=tuple(items))
        (document,) = life.plans("2027-06-01").documents
        return [values_of(line) for line in document["lines"]]

    assert billed("A") == [(("serial", "A"),)] * 2
    assert billed("B") == [(("serial", "B"),)] * 2
    assert billed("") == [(), ()]
