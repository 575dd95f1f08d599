"""A layer says colours that are colours, and columns that are a table."""

from datetime import date

import pytest

from solde.domain.errors import InvalidError
from solde.domain.templates import COLUMNS, Template, template_id

DAY = date(2026, 12, 1)


def test_a_layer_is_named_by_what_it_is_for() -> None:
    assert template_id("FR") == "FR"
    assert template_id("FR", "retail") == "FR:retail"
    assert template_id("FR", "", "de") == "FR::de"
    assert Template("FR", 1, DAY, group="retail", language="de-AT").id == "FR:retail:de-AT"


@pytest.mark.parametrize(
    ("fields", "said", "pointer"),
    [
        ({"colours": {"paint": "#000000"}}, "expected accent, ink, soft", "/colours/paint"),
        ({"colours": {"accent": "red"}}, "six digits such as #0b5d66", "/colours/accent"),
        ({"colours": {"accent": "#FFF;}*{"}}, "six digits such as #0b5d66", "/colours/accent"),
        ({"columns": ("description", "colour", "amount")}, "found 'colour'", "/columns/1"),
        ({"columns": ("description", "tax", "tax", "amount")}, "'tax' twice", "/columns/2"),
        ({"columns": ("amount", "description")}, "description first and amount last", "/columns"),
        ({"columns": COLUMNS}, "expected at most 6, found 7", "/columns"),
        ({"columns": ("description", "tax")}, "description first and amount last", "/columns"),
    ],
)
def test_what_is_no_look_is_refused(fields, said, pointer) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        Template("FR", 1, DAY, **fields)
    assert refused.value.pointer == pointer
