"""Account statements in XML (camt.053 of ISO 20022), of the versions that banks send."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from solde.adapters.bank.xml import Element, all_of, opened, text_of
from solde.domain.banking.iban import iban
from solde.domain.banking.statement import BankEntry, Statement
from solde.domain.errors import InvalidError
from solde.domain.money import EXPONENTS, Money, currency

AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,5})?")
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
SIGNS = {"CRDT": 1, "DBIT": -1}
BOOKED = ("BOOK", "")


def statements(text: str) -> list[Statement]:
    """
    Read every statement of a file.

    Raises:
        InvalidError: it is no camt.053, or something in it cannot be read.

    """
    root, space = opened(text, "camt.053")
    found = [_statement(one, space) for one in all_of(root, "BkToCstmrStmt/Stmt", space)]
    if not found:
        raise InvalidError("content: expected a statement, found none", pointer="/content")
    return found


def _statement(element: Element, space: str) -> Statement:
    account = iban(text_of(element, "Acct/Id/IBAN", space), "/content")
    booked = (one for one in all_of(element, "Ntry", space) if _status(one, space) in BOOKED)
    entries = [entry for one in booked for entry in _entries(one, space)]
    return Statement(
        account,
        tuple(_named(entries)),
        _balance(element, space, OPENING),
        _balance(element, space, CLOSING),
    )


def _status(entry: Element, space: str) -> str:
    """Return the status, which later versions wrap."""
    return text_of(entry, "Sts/Cd", space) or text_of(entry, "Sts", space)


def _balance(element: Element, space: str, kinds: tuple[str, ...]) -> Money | None:
    for one in all_of(element, "Bal", space):
        if text_of(one, "Tp/CdOrPrtry/Cd", space) in kinds:
            return _signed(one, space)
    return None


def _entries(entry: Element, space: str) -> Iterator[BankEntry]:
    """Yield a booking, or each part of one that the bank has taken together."""
    whole, reference = _signed(entry, space), text_of(entry, "AcctSvcrRef", space)
    booked_on = _day(text_of(entry, "BookgDt/Dt", space) or text_of(entry, "BookgDt/DtTm", space))
    details = all_of(entry, "NtryDtls/TxDtls", space)
    if len(details) <= 1:
        yield _entry(details[0] if details else entry, space, whole, booked_on, reference)
        return
    parts = [_signed(one, space, whole) for one in details]
    if sum(one.minor for one in parts) != whole.minor:
        raise InvalidError(
            f"entry {reference}: expected parts of {whole.minor}, "
            f"found {sum(one.minor for one in parts)}",
            pointer="/content",
        )
    for place, (one, amount) in enumerate(zip(details, parts, strict=True), 1):
        own = text_of(one, "Refs/AcctSvcrRef", space)
        named = own if own and own != reference else f"{reference}/{place}" if reference else ""
        yield _entry(one, space, amount, booked_on, named)


def _entry(
    detail: Element, space: str, amount: Money, booked_on: date, reference: str
) -> BankEntry:
    side = "Dbtr" if amount.minor > 0 else "Cdtr"
    names = (f"RltdPties/{side}/Pty/Nm", f"RltdPties/{side}/Nm")
    structured = "RmtInf/Strd/CdtrRefInf/Ref"
    code = text_of(detail, "RtrInf/Rsn/Cd", space)[:4]
    texts = ("".join(one.itertext()) for one in all_of(detail, "RmtInf/Ustrd", space))
    return BankEntry(
        reference=reference or text_of(detail, "Refs/AcctSvcrRef", space),
        amount=amount,
        booked_on=booked_on,
        name=next((found for one in names if (found := text_of(detail, one, space))), "")[:140],
        iban=text_of(detail, f"RltdPties/{side}Acct/Id/IBAN", space).replace(" ", "")[:34],
        structured=text_of(detail, structured, space)[:35],
        text=" ".join(" ".join(texts).split())[:500],
        end_to_end=text_of(detail, "Refs/EndToEndId", space)[:35].replace("NOTPROVIDED", ""),
        batch=text_of(detail, "Refs/PmtInfId", space)[:35],
        code=code,
        fee=_fee(detail, space, amount) if code else 0,
    )


def _fee(detail: Element, space: str, amount: Money) -> int:
    """Return what is booked beyond that which was collected, where a bank says what that was."""
    found = detail.find("/".join(f"{space}{one}" for one in ("AmtDtls", "InstdAmt", "Amt")))
    if found is None:
        return 0
    return max(-amount.minor - _minor(found)[0], 0)


def _named(entries: list[BankEntry]) -> Iterator[BankEntry]:
    """Name what the bank has not: by all that it says, and by its place among equals."""
    seen: Counter[str] = Counter()
    for one in entries:
        if one.reference:
            yield one
            continue
        said = hashlib.sha256(repr(one).encode()).hexdigest()[:24]
        seen[said] += 1
        yield replace(one, reference=f"-{said}-{seen[said]}")


def _signed(element: Element, space: str, whole: Money | None = None) -> Money:
    """Return an amount with its sign; a part has that of the whole where it says none."""
    found = element.find(f"{space}Amt")
    if found is None:
        found = element.find(f"{space}AmtDtls/{space}TxAmt/{space}Amt")
    if found is None:
        raise _wrong("amount", "an amount", "none")
    minor, code = _minor(found)
    said = text_of(element, "CdtDbtInd", space)
    sign = SIGNS.get(said) or (1 if whole and whole.minor > 0 else -1 if whole else 0)
    if not sign:
        raise _wrong("CdtDbtInd", "CRDT or DBIT", said)
    return Money(sign * minor, code)


def _minor(element: Element) -> tuple[int, str]:
    text, code = "".join(element.itertext()).strip(), currency(element.get("Ccy", ""))
    if not AMOUNT.fullmatch(text):
        raise _wrong("amount", "a decimal", text)
    minor = Decimal(text).scaleb(EXPONENTS[code])
    if minor != minor.to_integral_value():
        raise _wrong("amount", f"at most {EXPONENTS[code]} decimals", text)
    return int(minor), code


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as wrong:
        raise _wrong("BookgDt", "a day", text) from wrong


def _wrong(field: str, expected: str, found: str) -> InvalidError:
    return InvalidError(f"{field}: expected {expected}, found {found!r:.50}", pointer="/content")
