"""Custom fields: what fits is taken, all else is refused with the field, what fits, what came."""

import pytest

from solde.domain.custom_fields import (
    CustomField,
    must_be_declared_once,
    must_fit,
    must_keep_types,
)
from solde.domain.errors import InvalidError

FIELDS = (
    CustomField("customer", "site", "string", "Site", {"fr": "Code site"}),
    CustomField("customer", "weight", "number", "Weight"),
    CustomField("customer", "since", "date", "Since"),
    CustomField("customer", "vip", "boolean", "VIP"),
    CustomField("customer", "colour", "choice", "Colour", choices=("red", "blue")),
    CustomField("line", "site", "string", "Site"),
)


def test_each_type_takes_its_own_and_names_are_in_order() -> None:
    given = {
        "vip": False,
        "weight": "-12.50",
        "since": "2027-02-28",
        "colour": "blue",
        "site": "<b>שלום 🙂</b>",
    }
    assert must_fit(FIELDS, "customer", given) == (
        ("colour", "blue"),
        ("since", "2027-02-28"),
        ("site", "<b>שלום 🙂</b>"),
        ("vip", False),
        ("weight", "-12.50"),
    )
    assert must_fit(FIELDS, "line", {}) == ()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("site", "", "1 to 200 characters"),
        ("site", "x" * 10_000, "1 to 200 characters"),
        ("site", "a\nb", "without a control character"),
        ("site", 7, "1 to 200 characters"),
        ("weight", 12.5, "a decimal as text"),
        ("weight", "1e5", "a decimal as text"),
        ("weight", "NaN", "a decimal as text"),
        ("since", "2027-02-29", "a day as text"),
        ("since", "28.02.2027", "a day as text"),
        ("vip", "true", "true or false"),
        ("vip", 1, "true or false"),
        ("colour", "green", "one of red, blue"),
        ("colour", True, "one of red, blue"),
        ("serial", "x", "expected one of colour, since, site, vip, weight on a customer"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, value: object, said: str) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        must_fit(FIELDS, "customer", {name: value})
    assert refused.value.pointer == f"/custom_fields/{name}"
    assert len(str(refused.value)) < 300


def test_a_place_without_fields_says_so() -> None:
    with pytest.raises(InvalidError, match="expected one of none on a document"):
        must_fit(FIELDS, "document", {"site": "x"})


def test_a_field_is_called_as_a_language_does() -> None:
    assert [FIELDS[0].called(one) for one in ("fr-CA", "fr", "de")] == [
        "Code site",
        "Code site",
        "Site",
    ]


def test_a_name_is_declared_once_a_place_and_keeps_its_type() -> None:
    must_be_declared_once(FIELDS)
    with pytest.raises(InvalidError, match="'site' twice") as refused:
        must_be_declared_once([*FIELDS, FIELDS[5]])
    assert refused.value.pointer == "/custom_fields/6/name"
    other = CustomField("line", "site", "number", "Site")
    must_keep_types(FIELDS, FIELDS[:2])
    with pytest.raises(InvalidError, match="site of a line to stay a string, found number"):
        must_keep_types(FIELDS, [*FIELDS[:5], other])


@pytest.mark.parametrize(
    ("name", "kind", "choices", "said"),
    [
        ("Site", "string", (), "small letters"),
        ("__class__", "string", (), "small letters"),
        ("a" * 41, "string", (), "at most 40"),
        ("colour", "choice", (), "expected some of a choice"),
        ("site", "string", ("red",), "expected none of a string"),
    ],
)
def test_what_can_be_no_field_is_refused(name, kind, choices, said) -> None:
    with pytest.raises(InvalidError, match=said):
        CustomField("line", name, kind, "Label", choices=choices)
