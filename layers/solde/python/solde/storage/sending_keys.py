"""Keys of what brings documents to customers; frozen like all others: tests/golden/keys.json."""

from datetime import date

from solde.storage.keys import LAST, customer_pk
from solde.storage.table import Key


def sending(customer_id: str, invoice_id: str, sending_id: str) -> Key:
    """Name a further sending of a document: it lies right behind its one mail."""
    return Key(customer_pk(customer_id), f"M#{invoice_id}#{sending_id}")


def sendings(invoice_id: str) -> tuple[str, str]:
    """Return the bounds that take in all sendings of a document."""
    return f"M#{invoice_id}", f"M#{invoice_id}#{LAST}"


def mail_stop(digest: str) -> Key:
    """Name what says that no mail goes to an address, by the digest of the address."""
    return Key(f"ADR#{digest}", "0")


def webhook_secret(customer_id: str) -> Key:
    """Name what the calls of a customer's webhook are signed with: apart from what runs record."""
    return Key(customer_pk(customer_id), "J#webhook")


ENDPOINTS = "HOOKS"
"""The partition of all endpoints: there are few."""


def endpoint(endpoint_id: str) -> Key:
    """Name an endpoint of the seller's own systems."""
    return Key(ENDPOINTS, endpoint_id)


def endpoint_secrets(endpoint_id: str) -> Key:
    """Name what calls of an endpoint are signed with: apart from what is listed."""
    return Key(f"HOOK#{endpoint_id}", "0")


def message(endpoint_id: str, of: str, place: str) -> Key:
    """Name what is told to an endpoint of an object: those of one object lie in their order."""
    return Key(f"HM#{endpoint_id}#{of}", place)


def customer_link(customer_id: str, link_id: str) -> Key:
    """Name a link to all that a customer has to see: apart from what runs record."""
    return Key(customer_pk(customer_id), f"J#link#{link_id}")


def to_print(entity: str, sending_id: str) -> Key:
    """Name what waits to be printed, until the file that has it is made."""
    return Key(prints_pk(entity), f"W#{sending_id}")


def printed_day(entity: str, day: date) -> Key:
    """Name what is printed of an entity on a day; its files lie under the names of parts."""
    return Key(prints_pk(entity), f"D#{day.isoformat()}")


def printed_part(entity: str, day: date, part: int) -> Key:
    return Key(prints_pk(entity), f"P#{day.isoformat()}#{part:04d}")


def printed_days() -> tuple[str, str]:
    return "D#", f"D#{LAST}"


def printed_parts(day: date) -> tuple[str, str]:
    return f"P#{day.isoformat()}#", f"P#{day.isoformat()}#{LAST}"


def prints_waiting() -> tuple[str, str]:
    return "W#", f"W#{LAST}"


def prints_pk(entity: str) -> str:
    return f"PR#{entity}"
