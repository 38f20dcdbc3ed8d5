"""What makes a tagged PDF one to keep and to read aloud: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).

With a file inside it is PDF/A-3a (ISO 19005-3) instead.

Both ask for metadata as XMP that says the same as the document's information, and PDF/A for a colour space.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFStream, PDFString

from assessment.output.origin import Origin, written

PROFILE = Path(__file__).parent / "srgb.icc"  # sRGB as written by Little CMS, creation date set to 2000-01-01
PACKET = Path(__file__).parent / "metadata.xml"


def make_archival(document: PDFDocument, day: date, origin: Origin, *, attached: bool = False) -> None:
    """Add metadata and output intent. Call when title, author, subject and keywords are set.

    `attached`: the document holds a file, which only part 3 of PDF/A allows; part 3 is otherwise part 2.
    """
    _add_metadata(document, day, {"part": "3" if attached else "2"} | written(origin))
    _add_colours(document)


def _add_metadata(document: PDFDocument, day: date, more: dict[str, str]) -> None:
    info = document.info
    words = {
        "title": info.title,
        "author": info.author,
        "subject": info.subject,
        "keywords": info.keywords,
        "producer": info.producer,
        "creator": info.creator,
        "date": f"{day.isoformat()}T00:00:00+00:00",
    }
    packet = Template(PACKET.read_text(encoding="utf-8"))
    filled = packet.substitute({name: escape(text) for name, text in words.items()} | more)
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    document.Catalog.Metadata = PDFStream(kind, filled.encode("utf-8"))


def _add_colours(document: PDFDocument) -> None:
    profile = PDFStream(PDFDictionary({"N": 3}), PROFILE.read_bytes())
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString("sRGB"),
        "Info": PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": document.Reference(profile, "OutputProfile"),
    }
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = PDFArray([PDFDictionary(intent)])
