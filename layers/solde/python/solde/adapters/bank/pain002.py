"""What a bank refuses of a file of direct debits before it collects them (pain.002)."""

from collections.abc import Iterator

from solde.adapters.bank.xml import all_of, opened, text_of
from solde.domain.banking.returned import Returned

REFUSED = "RJCT"


def refusals(text: str) -> Iterator[Returned]:
    """
    Yield the debits that a status report refuses, each with its reason.

    Raises:
        InvalidError: it is no pain.002.

    """
    root, space = opened(text, "pain.002")
    for one in all_of(root, "CstmrPmtStsRpt/OrgnlPmtInfAndSts/TxInfAndSts", space):
        if text_of(one, "TxSts", space) == REFUSED:
            name = text_of(one, "OrgnlEndToEndId", space)
            yield Returned(name, text_of(one, "StsRsnInf/Rsn/Cd", space) or "MS03")
