"""What a payer says a transfer is for (ISO 11649): a number of ours that check digits prove."""

import re

from solde.domain.banking.iban import MODULUS, PROVED, remainder

MARK = "RF"
MOST = 21
"""Characters of a reference behind its mark and check digits."""
WRITTEN = re.compile(rf"{MARK}[0-9]{{2}}[A-Z0-9]{{1,{MOST}}}")


def creditor_reference(number: str) -> str:
    """Return the reference of a document's number; empty where the number is too long for one."""
    said = "".join(char for char in number.upper() if char.isascii() and char.isalnum())
    if not 0 < len(said) <= MOST:
        return ""
    check = MODULUS + 1 - remainder(f"{said}{MARK}00")
    return f"{MARK}{check:02d}{said}"


def referred_to(text: str) -> str:
    """Return what a reference names, without its marks; empty where it is none."""
    found = "".join(text.split()).upper()
    if not WRITTEN.fullmatch(found) or remainder(found[4:] + found[:4]) != PROVED:
        return ""
    return found[4:]
