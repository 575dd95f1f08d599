"""How a document asks for its money, who is paid, and what supports it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from solde.domain.invoicing.draft import CREDIT_NOTE, QUOTE
from solde.domain.invoicing.sides import sold_and_bought

Document = Mapping[str, Any]
EURO = "EUR"
TRANSFER, SEPA_TRANSFER = "30", "58"
DEBIT, SEPA_DEBIT = "49", "59"
CARD = "48"
UNKNOWN = "unknown"
"""UBL wants the network of a card, of which the norm knows nothing."""


@dataclass(frozen=True, slots=True)
class Payment:
    """BG-16: how the amount due is asked for, or was paid: by transfer, card or direct debit."""

    means: str
    reference: str
    iban: str = ""
    bic: str = ""
    account_name: str = ""
    card: str = ""
    """BT-87: the last digits; more are nobody's business (BR-51)."""
    network: str = ""
    holder: str = ""
    mandate: str = ""
    creditor: str = ""
    debtor_iban: str = ""


@dataclass(frozen=True, slots=True)
class Payee:
    """BG-10: who is paid in the place of the seller."""

    name: str
    siren: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """BG-24: what supports the invoice, by reference."""

    id: str
    description: str
    url: str


def payment_of(document: Document) -> Payment | None:
    """
    Return how it is paid: a card is named also once it is; else only where something is due.

    By direct debit where the customer has signed a mandate and the seller has a creditor id; by
    card where one is known of the customer; else by transfer to the account that the seller says.
    """
    seller, buyer = (one["registration"] for one in sold_and_bought(document))
    due, euro = document["totals"]["due"], document["currency"] == EURO
    number = document["envelope"]["number"]
    if document["kind"] in (CREDIT_NOTE, QUOTE):
        return None
    if due and "mandate_id" in buyer and "creditor_id" in seller:
        return Payment(
            SEPA_DEBIT if euro else DEBIT,
            number,
            mandate=buyer["mandate_id"],
            creditor=seller["creditor_id"],
            debtor_iban=buyer.get("debtor_iban", "").replace(" ", ""),
        )
    if "card_last4" in buyer and (due or document["totals"]["prepaid"]):
        network, holder = buyer.get("card_network", UNKNOWN), buyer.get("card_holder", "")
        return Payment(CARD, number, card=buyer["card_last4"], network=network, holder=holder)
    if not due or "iban" not in seller:
        return None
    payee = payee_of(document)
    return Payment(
        SEPA_TRANSFER if euro else TRANSFER,
        number,
        iban=seller["iban"].replace(" ", ""),
        bic=seller.get("bic", ""),
        account_name=payee.name if payee else sold_and_bought(document)[0]["name"],
    )


def payee_of(document: Document) -> Payee | None:
    """Return who is paid in the seller's place, such as a factor; his account stands as `iban`."""
    facts = sold_and_bought(document)[0]["registration"]
    if document["kind"] == CREDIT_NOTE or "payee" not in facts:
        return None
    return Payee(facts["payee"], facts.get("payee_siren", ""))


def attachments_of(document: Document) -> Iterator[Attachment]:
    for one in document.get("attachments", ()):
        yield Attachment(one["id"], one.get("description", ""), one.get("url", ""))
