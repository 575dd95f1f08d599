"""
PDF/A-3B: what an archive wants to know of a file, and the structured invoice inside it (Factur-X).

fpdf2 adds the output intent and refuses what PDF/A forbids; its own metadata know no Factur-X.
"""

from dataclasses import dataclass

from solde.adapters.render.pdf.paper import Paper, day_start
from solde.adapters.render.xml.write import escaped

FILE_NAME, LEVEL, VERSION = "factur-x.xml", "EN 16931", "1.0"
FX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
PROPERTIES = (
    ("DocumentFileName", "name of the embedded XML file"),
    ("DocumentType", "INVOICE"),
    ("Version", "version of the XML schema"),
    ("ConformanceLevel", "conformance level of the embedded XML file"),
)
"""Properties of Factur-X that are no part of PDF/A, and what they are for."""


@dataclass(frozen=True, slots=True)
class Facts:
    title: str
    author: str
    language: str
    issued_on: str


def archived(paper: Paper, facts: Facts, *, invoice: bytes = b"") -> None:
    """Give a paper its metadata, and embed the CII of its invoice where there is one."""
    paper.set_xmp_metadata(_metadata(facts, factur_x=bool(invoice)))
    if invoice:
        paper.embed_file(
            bytes=invoice,
            basename=FILE_NAME,
            mime_type="text/xml",
            desc="Factur-X",
            modification_date=day_start(facts.issued_on),
            associated_file_relationship="Data",
            compress=True,
        )


def _metadata(facts: Facts, *, factur_x: bool) -> str:
    """Write XMP with elements: some checkers do not see values in attributes."""
    title, author = escaped(facts.title), escaped(facts.author)
    at = f"{facts.issued_on}T00:00:00+00:00"
    own = _factur_x() if factur_x else ""
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{facts.language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>Solde</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>Solde</xmp:CreatorTool><xmp:CreateDate>{at}</xmp:CreateDate>
<xmp:ModifyDate>{at}</xmp:ModifyDate><xmp:MetadataDate>{at}</xmp:MetadataDate>
</rdf:Description>
{own}</rdf:RDF>
</x:xmpmeta>"""


def _factur_x() -> str:
    """Say which XML is inside, and describe these properties, as PDF/A wants of foreign ones."""
    described = "".join(
        f"""<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>{use}</pdfaProperty:description></rdf:li>
"""
        for name, use in PROPERTIES
    )
    return f"""<rdf:Description rdf:about="" xmlns:fx="{FX}">
<fx:DocumentType>INVOICE</fx:DocumentType>
<fx:DocumentFileName>{FILE_NAME}</fx:DocumentFileName>
<fx:Version>{VERSION}</fx:Version><fx:ConformanceLevel>{LEVEL}</fx:ConformanceLevel>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{FX}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
{described}</rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
