"""What was agreed survives the store, and an agreement of before its latest fields reads."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.periods import Unit
from solde.domain.subscriptions import Contract, Early
from solde.domain.trials import AfterTrial, Trial
from solde.storage.subscriptions import subscription_to_item, subscriptions_from_items
from tests.support.model_table import _copied
from tests.unit.storage.test_subscription_changes import AGREED

AGREEMENTS = [
    AGREED,
    replace(AGREED, external_id="", name="Roof", terms_days=0),
    replace(AGREED, trial=Trial(date(2027, 7, 1), AfterTrial.END)),
    replace(AGREED, contract=Contract(date(2027, 7, 1), Unit.YEAR, 2, notice_days=30)),
    replace(
        AGREED,
        contract=Contract(date(2027, 7, 1), Unit.MONTH, 6, renews=False, early=Early.REMAINDER),
    ),
]


@pytest.mark.parametrize("agreed", AGREEMENTS)
def test_an_agreement_comes_back(agreed) -> None:
    item = _copied(subscription_to_item(agreed, created_at="2027-06-01"))
    assert subscriptions_from_items([item]) == [agreed]
