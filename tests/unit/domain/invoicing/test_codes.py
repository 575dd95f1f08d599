"""Lists of codes: each is said once, and is of the form that its list has."""

import re

import pytest

from solde.domain.invoicing import codes


@pytest.mark.parametrize(
    ("written", "known", "form"),
    [
        (codes._UNITS, codes.UNITS, r"[A-Z0-9]{2,3}"),
        (codes._SCHEMES, codes.SCHEMES, r"[0-9]{4}|[A-Z]{2}"),
        (codes._REASONS, codes.REASONS, r"VATEX-(EU|FR)-[A-Z0-9-]+"),
    ],
)
def test_each_code_is_said_once(written, known, form) -> None:
    assert len(written.split()) == len(known) > 80
    assert [one for one in known if not re.fullmatch(form, one)] == []
