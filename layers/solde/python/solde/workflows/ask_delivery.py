"""Ask: a document is to be brought to its customer once more, to where he is reached now."""

from dataclasses import replace
from datetime import datetime

from solde.domain.errors import InvalidError
from solde.domain.invoicing.ways import DROP, MAIL, WEBHOOK
from solde.ports.billing import Header
from solde.ports.sendings import RESENT, Contacts, Sending, Sendings


def ask_delivery(
    header: Header, named: tuple[str, str], at: datetime, *, contacts: Contacts, sendings: Sendings
) -> Sending:
    """
    Keep what is asked for, `named` by its id and its way, and let it be worked; once per id.

    Raises:
        InvalidError: nothing is known that this way leads to.

    """
    identity, way = named
    known = sendings.find(header.customer_id, header.id, identity)
    if known:
        return known
    reach = contacts.reach(header.customer_id)
    leads = {
        MAIL: bool(reach.customer.addresses),
        DROP: bool(reach.ways.folder),
        WEBHOOK: bool(reach.ways.url),
    }
    if not leads.get(way, True):
        raise InvalidError(
            f"way: expected one that leads to {header.customer_id}, found {way}", pointer="/way"
        )
    asked = Sending(identity, header.customer_id, header.id, way, RESENT, at, choice=reach.choice)
    asked = replace(asked, entity=header.entity)
    sendings.ask(asked)
    return asked
