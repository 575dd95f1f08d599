"""The file of direct debits (pain.008.001.08 of ISO 20022), as the rulebooks of SEPA want it."""

from collections.abc import Sequence
from itertools import groupby

from solde.adapters.bank.xml import HEAD, el, text
from solde.domain.banking.debit import Debit
from solde.domain.banking.mandate import passed_on
from solde.ports.debits import Creditor, DebitBatch

SPACE = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"
TEXT_MAX = 140


def pain008(batch: DebitBatch, debits: Sequence[Debit], creditor: Creditor) -> bytes:
    """Write a batch; the same batch is the same bytes. Debits of a day and kind stand together."""
    ordered = sorted(debits, key=lambda one: (*_kind(one), one.id))
    groups = [list(found) for _, found in groupby(ordered, _kind)]
    message = batch.id.replace("_", "-")
    header = el(
        "GrpHdr",
        text("MsgId", message),
        text("CreDtTm", f"{batch.made_at:%Y-%m-%dT%H:%M:%S}"),
        *_sums(ordered),
        el("InitgPty", text("Nm", passed_on(creditor.name))),
    )
    parts = [
        _payment(f"{message}-{number}", found, creditor) for number, found in enumerate(groups, 1)
    ]
    return f"{HEAD}{el('Document', el('CstmrDrctDbtInitn', header, *parts), xmlns=SPACE)}".encode()


def _kind(one: Debit) -> tuple[str, str, str]:
    return one.collect_on.isoformat(), one.scheme, one.sequence


def _sums(debits: Sequence[Debit]) -> tuple[str, str]:
    total = sum(one.amount.minor for one in debits)
    return text("NbOfTxs", str(len(debits))), text("CtrlSum", _euros(total))


def _payment(name: str, debits: Sequence[Debit], creditor: Creditor) -> str:
    collect_on, scheme, sequence = _kind(debits[0])
    kind = el(
        "PmtTpInf",
        el("SvcLvl", text("Cd", "SEPA")),
        el("LclInstrm", text("Cd", scheme)),
        text("SeqTp", sequence),
    )
    known = el("Othr", text("Id", creditor.id), el("SchmeNm", text("Prtry", "SEPA")))
    return el(
        "PmtInf",
        text("PmtInfId", name),
        text("PmtMtd", "DD"),
        text("BtchBookg", "true"),
        *_sums(debits),
        kind,
        text("ReqdColltnDt", collect_on),
        el("Cdtr", text("Nm", passed_on(creditor.name))),
        _account("CdtrAcct", creditor.iban),
        _bank("CdtrAgt", creditor.bic),
        text("ChrgBr", "SLEV"),
        el("CdtrSchmeId", el("Id", el("PrvtId", known))),
        *map(_debit, debits),
    )


def _debit(one: Debit) -> str:
    signed = (text("MndtId", one.reference), text("DtOfSgntr", one.signed_on.isoformat()))
    return el(
        "DrctDbtTxInf",
        el("PmtId", text("EndToEndId", one.end_to_end)),
        text("InstdAmt", _euros(one.amount.minor), Ccy="EUR"),
        el("DrctDbtTx", el("MndtRltdInf", *signed)),
        _bank("DbtrAgt", ""),
        el("Dbtr", text("Nm", passed_on(one.holder))),
        _account("DbtrAcct", one.iban),
        el("RmtInf", text("Ustrd", passed_on(one.text, TEXT_MAX))),
    )


def _account(tag: str, iban: str) -> str:
    return el(tag, el("Id", text("IBAN", iban)))


def _bank(tag: str, bic: str) -> str:
    """Name a bank, which inside SEPA the account number does alone."""
    named = text("BICFI", bic) or el("Othr", text("Id", "NOTPROVIDED"))
    return el(tag, el("FinInstnId", named))


def _euros(minor: int) -> str:
    euros, cents = divmod(minor, 100)
    return f"{euros}.{cents:02d}"
