"""A file inside the report, as PDF/A-3 asks for it (ISO 19005-3, 6.8): named, described and related to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

NAME: Final = "answers.json"


@dataclass(frozen=True, slots=True)
class Attachment:
    """What the report was made from. `about`: said by the reader's program beside the file's name."""

    body: bytes
    about: str
    name: str = NAME
    media: str = "application/json"


def attach(document: PDFDocument, attachment: Attachment, day: date) -> None:
    """Embed the file and relate it to the whole document; `day` stands for its date."""
    dates = PDFString(f"D:{day:%Y%m%d}000000+00'00'")
    parameters = {"Size": len(attachment.body), "CreationDate": dates, "ModDate": dates}
    kind = PDFDictionary(
        {
            "Type": PDFName("EmbeddedFile"),
            "Subtype": _name(attachment.media),
            "Params": PDFDictionary(parameters),
        }
    )
    file = document.Reference(PDFStream(kind, attachment.body, filters=[PDFZCompress]), "EmbeddedFile")
    entry = {
        "Type": PDFName("Filespec"),
        "F": PDFString(attachment.name),
        "UF": PDFString(attachment.name),
        "Desc": PDFString(attachment.about),
        "AFRelationship": PDFName("Source"),
        "EF": PDFDictionary({"F": file, "UF": file}),
    }
    described = document.Reference(PDFDictionary(entry), "AttachedFile")
    names = PDFDictionary({"Names": PDFArray([PDFString(attachment.name), described])})
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
    catalog.AF = PDFArray([described])
    catalog.Names = PDFDictionary({"EmbeddedFiles": names})


def _name(text: str) -> str:
    """A name of PDF; reportlab's own leaves a slash as it is, which would begin another name."""
    return "/" + "#2F".join(PDFName(part)[1:] for part in text.split("/"))
