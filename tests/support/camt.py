"""A bank's statement in XML, as its documentation shows it."""

ACCOUNT = "FR1420041010050500013M02606"
PAYER = "DE89370400440532013000"
SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001"


def camt053(*entries: str, opening: str = "", closing: str = "", version: str = "02") -> str:
    balances = _balance("OPBD", opening) + _balance("CLBD", closing)
    return (
        f'<Document xmlns="{SPACE}.{version}"><BkToCstmrStmt><Stmt>'
        f"<Acct><Id><IBAN>{ACCOUNT}</IBAN></Id></Acct>{balances}{''.join(entries)}"
        "</Stmt></BkToCstmrStmt></Document>"
    )


def entry(reference: str, amount: str, *, sign: str = "CRDT", **said) -> str:
    """`said` has text, structured, parts, status, version; of debits end_to_end, code, batch."""
    status, version = said.get("status", "BOOK"), said.get("version", "02")
    state = f"<Cd>{status}</Cd>" if version == "08" else status
    named = f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else ""
    parts = said.get("parts", ())
    details = "".join(_detail(said, f'<Amt Ccy="EUR">{one}</Amt>') for one in parts)
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>{state}</Sts>'
        f"<BookgDt><Dt>2013-06-03</Dt></BookgDt>{named}"
        f"<NtryDtls>{details or _detail(said, '')}</NtryDtls></Ntry>"
    )


def _detail(said: dict, amount: str) -> str:
    name = "<Nm>Martin</Nm>"
    who = f"<Pty>{name}</Pty>" if said.get("version") == "08" else name
    text, reference = said.get("text", ""), said.get("structured", "")
    structured = f"<Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>"
    named, batch = said.get("end_to_end", "NOTPROVIDED"), said.get("batch", "")
    code, asked = said.get("code", ""), said.get("asked", "")
    back = f"<RtrInf><Rsn><Cd>{code}</Cd></Rsn></RtrInf>" if code else ""
    amount += f'<AmtDtls><InstdAmt><Amt Ccy="EUR">{asked}</Amt></InstdAmt></AmtDtls>' * bool(asked)
    file = f"<PmtInfId>{batch}</PmtInfId>" if batch else ""
    return (
        f"<TxDtls><Refs>{file}<EndToEndId>{named}</EndToEndId></Refs>{amount}<RltdPties>"
        f"<Dbtr>{who}</Dbtr><DbtrAcct><Id><IBAN>{PAYER}</IBAN></Id></DbtrAcct></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd>{structured if reference else ''}</RmtInf>{back}</TxDtls>"
    )


def _balance(kind: str, amount: str) -> str:
    if not amount:
        return ""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    )


def pain002(*refused: tuple[str, str, str]) -> str:
    """Each is the name of a debit, its status and the reason."""
    rows = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{name}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf></TxInfAndSts>"
        for name, status, code in refused
    )
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>'
        f"<OrgnlPmtInfAndSts>{rows}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    )
