"""Whom a document reaches: the addresses in their order, less those that get no mail."""

from dataclasses import replace
from datetime import UTC, datetime

from solde.domain.invoicing.ways import STANDARD
from solde.ports.sendings import Reach, Stop
from tests.unit.storage.test_parties import CUSTOMER

STOP = Stop("bounced", "", datetime(2027, 1, 31, tzinfo=UTC))


def test_addresses_come_in_turn_each_once() -> None:
    backups = ("b@example.test", "a@example.test", "c@example.test")
    customer = replace(CUSTOMER, backup_emails=backups)
    reach = Reach(customer, STANDARD, 0, {})
    assert reach.addresses == ("a@example.test", "b@example.test", "c@example.test")
    stopped = replace(reach, stops={"a@example.test": STOP, "c@example.test": STOP})
    assert stopped.addresses == ("b@example.test",)
