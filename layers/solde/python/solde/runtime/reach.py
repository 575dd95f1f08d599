"""How customers are reached, for functions that set no documents themselves."""

from functools import cache

from solde.runtime.wiring import table
from solde.storage.contacts import ContactTable
from solde.storage.sendings import SendingTable


@cache
def contacts() -> ContactTable:
    return ContactTable(table())


@cache
def sendings() -> SendingTable:
    return SendingTable(table())
