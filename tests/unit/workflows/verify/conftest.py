"""A sound deployment, read as it lies: each test spoils a copy and says what must be told of it."""

import pytest

from solde.ports.audit import Stored
from solde.storage.audit import AuditTable
from tests.support.audited import audited
from tests.support.seller import Seller


@pytest.fixture
def seller() -> Seller:
    return audited()


@pytest.fixture
def stored(seller: Seller) -> Stored:
    return AuditTable(seller.table).stored()
