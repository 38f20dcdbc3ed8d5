"""The document around the parts: page, head lines, masthead, contents, properties."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import _Footer, _Header
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from assessment.output.cleaning import Span, clean
from assessment.output.numbering import Numbering, targets
from assessment.output.theme import PAGE_HEIGHT, PAGE_WIDTH, SIDE
from assessment.output.typeface import Weight
from assessment.output.word.blocks import Writer, lang_of
from assessment.output.word.styles import set_styles
from assessment.output.word.tables import plain
from assessment.output.word.text import Pen
from assessment.output.word.xml import element, field_end, field_start, simple_field
from assessment.report.document import Report, Sender
from assessment.report.origins import homes

_FIELDS: Final = {"{page}": ("PAGE", "1"), "{pages}": ("NUMPAGES", "1")}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # of every entry in the package: the report bears its own date


def render_docx(report: Report) -> bytes:
    """The report as a Word document. Same report in, same bytes out."""
    document = docx.Document()
    set_styles(document, report.language)
    _set_page(document)
    _set_settings(document)
    pen = Pen(document, report.language == "zh", targets(report))
    writer = Writer(report, document, pen, Numbering(report), homes(report))
    _describe(document, report)
    _add_lines(writer)
    _add_masthead(writer)
    _add_contents(writer)
    for part in report.parts:
        writer.part(part)
    out = BytesIO()
    document.save(out)
    return _steady(out.getvalue())


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Pt(SIDE)
    section.top_margin, section.bottom_margin = Pt(64), Pt(60)
    section.header_distance = section.footer_distance = Pt(30)
    section.different_first_page_header_footer = True


def _set_settings(document: Document) -> None:
    """No compatibility mode; and the template's own thumbnail goes."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    mode = element(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15"
    )
    if compat is not None:
        for old in compat.findall(qn("w:compatSetting")):
            compat.remove(old)
        compat.append(mode)
    theme = settings.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), "en-GB")
        theme.set(qn("w:eastAsia"), "zh-CN")
    package = document.part.package
    assert package is not None
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[name]


def _describe(document: Document, report: Report) -> None:
    about = document.core_properties
    when = datetime(report.on.year, report.on.month, report.on.day)  # noqa: DTZ001  a day, in no zone
    about.title = f"{plain([report.title])} – {plain([report.firm])}"[:255]
    about.author = plain([report.firm])[:255]
    about.subject = plain([f"{report.labels.stamp}; {report.edition}; {report.fingerprint}"])[:255]
    about.keywords = ", ".join(plain([word]) for word in report.keywords)[:255]
    about.comments = plain([f"{report.labels.product} {report.app_version}"])[:255]
    about.last_modified_by = plain([report.labels.product])[:255]
    about.language = lang_of(report.language)
    about.identifier = plain([report.fingerprint])[:255]
    about.created = about.modified = when


def _add_lines(writer: Writer) -> None:
    """The running head from page 2 on, and the foot with page numbers on every page."""
    report, section = writer.report, writer.document.sections[0]
    name = section.header.paragraphs[0]
    writer.pen.write(name, (Span(f"{clean(report.labels.product)} · ", Weight.SEMIBOLD), report.firm))
    for foot in (section.footer, section.first_page_footer):
        _add_foot(writer, foot)


def _add_foot(writer: Writer, foot: _Header | _Footer) -> None:
    report, labels = writer.report, writer.report.labels
    line = writer.pen.style(foot.paragraphs[0], "Footer")
    signature = (report.sender.signature,) if report.sender and report.sender.signature else ()
    told = (labels.confidential, labels.stamp, report.edition, report.fingerprint[:12], *signature)
    writer.pen.write(line, (Span(f"{' · '.join(clean(text) for text in told)} · "),))
    for piece in re.split(r"(\{pages?\})", labels.page):
        if piece in _FIELDS:
            line._element.append(simple_field(*_FIELDS[piece]))  # noqa: SLF001  python-docx has no public way
        else:
            writer.pen.write(line, (Span(clean(piece)),))


def _add_masthead(writer: Writer) -> None:
    """What the band over page 1 says on paper."""
    report, labels = writer.report, writer.report.labels
    product = writer.paragraph("Product", (Span(f"{clean(labels.product)} · {clean(labels.stamp)}"),))
    if report.sender is not None:
        _add_sender(writer, product, report.sender)
    writer.paragraph("Title", (report.title,))
    writer.paragraph("Subtitle", (report.firm,))
    if report.subtitle:
        writer.paragraph("Normal", report.subtitle)
    facts = writer.paragraph("Normal")
    for place, (name, value) in enumerate(report.details):
        lead = (Span(" · "),) if place else ()
        writer.pen.write(facts, (*lead, name, Span(clean(labels.colon))))
        writer.pen.write(facts, (value,), bold=True)


def _add_sender(writer: Writer, product: Paragraph, sender: Sender) -> None:
    """The consultant's colour under the first line, and the logo over it."""
    look = product._element.get_or_add_pPr()  # noqa: SLF001  likewise
    look.append(element("shd", val="clear", color="auto", fill=sender.ground.fill[1:]))
    for run in product.runs:
        run.font.color.rgb = RGBColor.from_string(sender.ground.text[1:])
    if sender.logo is None:
        return
    height = min(42.0, 140.0 * sender.logo.height / sender.logo.width)  # points, as in the PDF
    run = product.insert_paragraph_before().add_run()
    shape = run.add_picture(BytesIO(sender.png), height=Pt(height))
    shape._inline.docPr.set("descr", clean(writer.report.labels.logo))  # noqa: SLF001  likewise


def _add_contents(writer: Writer) -> None:
    """A table of contents as a field: filled already, and Word can bring it up to date."""
    writer.paragraph("Contents Title", (Span(clean(writer.report.labels.contents)),))
    lines: list[Paragraph] = []
    for part in writer.report.parts:
        lines.append(writer.paragraph("toc 1", part.headline))
        writer.pen.link(lines[-1], f"#{part.id}")
    if lines:
        for run in reversed(field_start('TOC \\o "1-1" \\n \\h \\z')):
            lines[0]._element.insert(1, run)  # noqa: SLF001  likewise
        lines[-1]._element.append(field_end())  # noqa: SLF001  likewise


def _steady(package: bytes) -> bytes:
    """The same package without the time of its making."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            steady = zipfile.ZipInfo(entry.filename, _EPOCH)
            steady.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(steady, old.read(entry))
    return out.getvalue()
