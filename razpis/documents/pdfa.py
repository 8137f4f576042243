"""The archival shell: reportlab's document written as PDF/A-3a with PDF/UA-1 (ISO 19005-3, ISO 14289-1).

reportlab has no such mode, so this room leans on four of its inner hooks; ``reportlab==5.1.*`` is pinned and
every change of it must pass the veraPDF test. The hooks: ``PDFDocument.Reference`` (every stream passes it),
``PDFCatalog.__NoDefault__`` (which keys the catalog may have), ``PDFDocument.info`` and ``PDFDocument._ID``.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from reportlab.pdfbase import pdfdoc

from razpis.documents.srgb import srgb_profile

# PDF/A knows no property of PDF/UA, so its schema is described in the packet.
_PDFUA_SCHEMA = """<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
PRODUCER = "Razpis (ReportLab PDF Library)"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says about itself. ``day`` is the document's date, the only date in the file; ``case`` is the
    number of the case, ``number`` that of the document, both left out where blank."""

    title: str
    author: str
    day: date
    language: str = "sl-SI"
    case: str = ""
    number: str = ""


class ArchivalStream(pdfdoc.PDFStream):
    """A stream with a line end before ``endstream``, which PDF/A asks for and reportlab leaves out.

    Always one more line end: data that happens to end in one needs it as well, or its length is wrong.
    """

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The stream as reportlab writes it, its last line moved down."""
        return super().format(document).removesuffix(b"endstream\n") + b"\nendstream\n"


class RawObject(pdfdoc.PDFObject):
    """An indirect object given as ready bytes: much faster than a dictionary for hundreds of them."""

    __RefOnly__ = 1

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The bytes as they are."""
        return self.data


def raw_stream(entries: str, content: bytes) -> bytes:
    """A compressed stream as ready bytes, with ``entries`` in its dictionary."""
    packed = zlib.compress(content)
    head = f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode("ascii")
    return head + packed + b"\nendstream\n"


def text_string(text: str) -> str:
    """A text as a PDF string object in plain ASCII (UTF-16 in hexadecimal; ISO 32000-1, 7.9.2.2)."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


class ArchivalCatalog(pdfdoc.PDFCatalog):
    """The document catalog with the entries PDF/A and tagged PDF need and reportlab has no slot for."""

    Pages: Any
    Outlines: Any
    Lang: Any
    MarkInfo: Any
    ViewerPreferences: Any
    OutputIntents: Any
    Metadata: Any
    StructTreeRoot: Any
    AcroForm: Any
    Names: Any
    AF: Any

    def __init__(self) -> None:
        self.__NoDefault__ = self.__Refs__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF"]


class DocumentInfo(pdfdoc.PDFInfo):
    """The information dictionary, saying the same as the XMP packet and nothing else."""

    def __init__(self, metadata: Metadata) -> None:
        super().__init__()
        self._metadata = metadata

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Title, author, producer and the document's date."""
        stamp = pdfdoc.PDFString(f"D:{self._metadata.day:%Y%m%d}000000Z")
        entries = {
            "Title": pdfdoc.PDFString(self._metadata.title),
            "Author": pdfdoc.PDFString(self._metadata.author),
            **({"Subject": pdfdoc.PDFString(self._metadata.case)} if self._metadata.case else {}),
            **({"Keywords": pdfdoc.PDFString(self._metadata.number)} if self._metadata.number else {}),
            "Producer": pdfdoc.PDFString(PRODUCER),
            "CreationDate": stamp,
            "ModDate": stamp,
        }
        return pdfdoc.PDFDictionary(entries).format(document)


class ArchivalDocument(pdfdoc.PDFDocument):
    """A reportlab document whose bytes depend on its content and metadata alone."""

    Pages: Any
    _ID: bytes

    def __init__(self, metadata: Metadata) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7), lang=metadata.language)
        self.metadata = metadata
        catalog = ArchivalCatalog()
        catalog.Pages = self.Pages
        catalog.Outlines = self.Outlines
        catalog.Lang = pdfdoc.PDFString(metadata.language)
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        catalog.OutputIntents = pdfdoc.PDFArray([_output_intent()])
        catalog.Metadata = _xmp_stream(metadata)
        self.Catalog = self._catalog = catalog
        self.info = DocumentInfo(metadata)

    def Reference(self, obj: Any, name: str | None = None) -> Any:
        """Number an object; a stream becomes an archival one on its way."""
        if obj.__class__ is pdfdoc.PDFStream:
            obj.__class__ = ArchivalStream
        return super().Reference(obj, name)  # type: ignore[no-untyped-call] # the stub leaves it bare

    def number(self, item: pdfdoc.PDFObject) -> int:
        """The number of an object in the file, given to it now if it has none yet."""
        number: int = self.idToObjectNumberAndVersion[self.Reference(item).name][0]
        return number

    def identify(self, content: list[bytes]) -> None:
        """Set the file identifier from what is printed, so that the same act has the same identifier."""
        digest = hashlib.sha256(xmp_packet(self.metadata))
        for part in content:
            digest.update(part)
        half = f"<{digest.hexdigest()[:32]}>"
        self._ID = f"[{half}{half}]\n".encode("ascii")


def _output_intent() -> pdfdoc.PDFDictionary:
    profile = pdfdoc.PDFStream(
        dictionary=pdfdoc.PDFDictionary({"N": 3}), content=srgb_profile(), filters=[pdfdoc.PDFZCompress]
    )
    entries = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": profile,
    }
    return pdfdoc.PDFDictionary(entries)


def _xmp_stream(metadata: Metadata) -> pdfdoc.PDFStream:
    # Left uncompressed: archives look for the packet without reading the PDF around it.
    entries = {"Type": "/Metadata", "Subtype": "/XML"}
    return pdfdoc.PDFStream(dictionary=pdfdoc.PDFDictionary(entries), content=xmp_packet(metadata))


def xmp_packet(metadata: Metadata) -> bytes:
    """The XMP metadata."""
    stamp = f"{metadata.day:%Y-%m-%d}T00:00:00Z"
    title, author = escape(metadata.title, quote=False), escape(metadata.author, quote=False)
    case, number = escape(metadata.case, quote=False), escape(metadata.number, quote=False)
    subject = f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{case}</rdf:li></rdf:Alt></dc:description>\n'
    numbered = f"<dc:identifier>{number}</dc:identifier>\n<pdf:Keywords>{number}</pdf:Keywords>\n"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{metadata.language}</rdf:li></rdf:Bag></dc:language>
{subject if case else ""}{numbered if number else ""}<pdf:Producer>{PRODUCER}</pdf:Producer>
<xmp:CreateDate>{stamp}</xmp:CreateDate>
<xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{_PDFUA_SCHEMA}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
""".encode()
