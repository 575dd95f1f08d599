"""How customers are reached and pay, for functions that set no documents themselves."""

from functools import cache

from solde.runtime.wiring import table
from solde.storage.attempts import AttemptTable
from solde.storage.contacts import ContactTable
from solde.storage.customer_links import CustomerLinkTable
from solde.storage.notices import NoticeTable
from solde.storage.printing import PrintTable
from solde.storage.receipts import ReceiptTable
from solde.storage.sendings import SendingTable


@cache
def contacts() -> ContactTable:
    return ContactTable(table())


@cache
def sendings() -> SendingTable:
    return SendingTable(table())


@cache
def attempts() -> AttemptTable:
    return AttemptTable(table())


@cache
def receipts() -> ReceiptTable:
    return ReceiptTable(table())


@cache
def notices() -> NoticeTable:
    return NoticeTable(table())


@cache
def customer_links() -> CustomerLinkTable:
    return CustomerLinkTable(table())


@cache
def prints() -> PrintTable:
    return PrintTable(table())
