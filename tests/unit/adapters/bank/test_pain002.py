"""What a bank refuses of a file."""

import pytest

from solde.adapters.bank.pain002 import refusals
from solde.domain.banking.returned import Returned
from solde.domain.errors import InvalidError
from tests.support.camt import pain002


def test_what_is_refused_is_told_with_its_reason() -> None:
    text = pain002(("att-1", "RJCT", "AC01"), ("att-2", "ACCP", ""), ("att-3", "RJCT", ""))
    assert list(refusals(text)) == [Returned("att-1", "AC01"), Returned("att-3", "MS03")]


def test_another_message_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"expected a pain\.002"):
        list(refusals("<Document/>"))
