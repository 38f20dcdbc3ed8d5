"""A report as PDF bytes. Same report in, same bytes out, whatever the clock, hash seed or time zone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from io import BytesIO

from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen.canvas import Canvas

from assessment.charts.style import RULE
from assessment.output import defects, scenegraph
from assessment.output.archival import make_archival
from assessment.output.attachment import Attachment, attach
from assessment.output.boxes import Box, TextBox
from assessment.output.cleaning import Span, clean, rich
from assessment.output.compose import Composer
from assessment.output.contents import ContentsBox, Entry
from assessment.output.layout import PART_GAP, Layout, Page, fill_page, stacked
from assessment.output.masthead import Masthead, masthead
from assessment.output.origin import Origin, origin_of
from assessment.output.pen import Pen
from assessment.output.structure import Structure
from assessment.output.theme import FOOTER_LINE, HEADER_LINE, PAGE_HEIGHT, PAGE_WIDTH, SIDE, TEXT_WIDTH
from assessment.output.typeface import LATIN, Weight, faces
from assessment.report.document import FigureBlock, Report, Table

defects.cure()
BELOW_MASTHEAD = 20.0
LONGEST_SIGNATURE = 160  # characters
CONTENTS_SHARE = 300.0  # the part after the contents may begin on their page if this much room is left


def warm_up() -> None:
    """Load fonts and chart converter, about two seconds once per process. For the start of a server."""
    faces()
    scenegraph.warm_up()


def render_pdf(report: Report, *, attachment: Attachment | None = None, rules: str = "") -> bytes:
    """The report as a tagged PDF. Raises `ReportTooLong` beyond 200 pages.

    `attachment`: a file to embed; `rules`: fingerprint of the edition, for the metadata.
    """
    faces()
    composer = Composer(report)
    band = masthead(composer)
    pages, _ = lay_out(composer, band)
    out = BytesIO()
    canvas = _canvas(out, report, origin_of(report, rules), attachment)
    _draw(canvas, composer, band, pages)
    return out.getvalue()


def lay_out(composer: Composer, band: Masthead) -> tuple[list[Page], dict[str, int]]:
    """All pages, and the page number of every part."""
    report = composer.report
    chapters: list[list[Box]] = [[*composer.opening(part), *composer.blocks(part)] for part in report.parts]
    numbers: dict[str, int] = {}
    layout = Layout(band.height + BELOW_MASTHEAD, report.parts[0].short if report.parts else "")
    for place, (part, boxes) in enumerate(zip(report.parts, chapters, strict=True)):
        layout.start_part(part.id, part.short, fresh=_starts_page(report, place, layout, boxes))
        if place and not part.appendix:
            fill_page(boxes, layout.room)
        layout.add(boxes)
        if place == 0 and len(chapters) > 1:
            _add_contents(layout, _contents(composer, numbers), chapters[1])
    for number, page in enumerate(layout.pages, start=1):
        numbers |= {name: number for name, _ in page.targets}
    return layout.pages, numbers


def _starts_page(report: Report, place: int, layout: Layout, boxes: list[Box]) -> bool:
    """Every part does, but for further appendix parts, the part below the contents on page 2, and a part
    that fits whole below the last lines of the one before it.
    """
    if place == 0:
        return False
    if report.parts[place].appendix and report.parts[place - 1].appendix:
        return False
    if place == 1:
        return layout.room < CONTENTS_SHARE
    tail = not layout.page.targets
    return not (tail and layout.room - PART_GAP >= stacked(boxes))


def _add_contents(layout: Layout, contents: ContentsBox, following: list[Box]) -> None:
    """At the foot of page 1 if they fit, in full or compact; otherwise above the next part."""
    compact = replace(contents, compact=True)
    for form in (contents, compact):
        if layout.fits([form]):
            layout.add([form])
            return
    layout.break_page(contents.title.plain)
    layout.add([contents if layout.fits([contents, *following]) else compact])


def _contents(composer: Composer, numbers: dict[str, int]) -> ContentsBox:
    looks = composer.looks
    entries = [
        Entry(
            part.id,
            composer.text((part.short,), looks.table_strong),
            composer.text(part.headline, looks.table, most=2),
            TextBox((), looks.table_strong, composer.chinese),
        )
        for part in composer.report.parts
    ]
    title = composer.text((Span(clean(composer.report.labels.contents)),), looks.box_title, tag="H2")
    return ContentsBox(title, entries, numbers)


@dataclass(slots=True)
class _Frame:
    """Header and footer."""

    composer: Composer
    pages: int

    def draw(self, pen: Pen, page: Page, number: int) -> None:
        if number > 1:
            self._line(pen, 30.0, clean(self.composer.report.labels.product), clean(page.section))
            pen.rule(SIDE, HEADER_LINE, TEXT_WIDTH, stroke=self._line_colour())
        labels, report = self.composer.report.labels, self.composer.report
        pen.rule(SIDE, FOOTER_LINE, TEXT_WIDTH, stroke=RULE)
        left = f"{labels.confidential} · {labels.stamp} · {report.edition} · {report.fingerprint[:12]}"
        right = labels.page.format(page=number, pages=self.pages)
        self._line(pen, FOOTER_LINE + 6, clean(left), clean(right), plain=True)
        signature = report.sender.signature if report.sender else ""
        self._line(pen, FOOTER_LINE + 16, clean(signature, LONGEST_SIGNATURE), "", plain=True)

    def _line_colour(self) -> str:
        """The consultant's colour under the head of every page."""
        sender = self.composer.report.sender
        return sender.ground.fill if sender else RULE

    def _line(self, pen: Pen, top: float, left: str, right: str, *, plain: bool = False) -> None:
        looks = self.composer.looks
        first = self.composer.text((Span(left),), looks.running if plain else looks.running_bold, most=1)
        last = self.composer.text((Span(right),), looks.running, most=1, align="right")
        pen.lines(first.lines(TEXT_WIDTH * 0.8), SIDE, top, first.look)
        pen.lines(last.lines(TEXT_WIDTH / 2), SIDE, top, last.look, width=TEXT_WIDTH, align="right")


def _draw(canvas: Canvas, composer: Composer, band: Masthead, pages: list[Page]) -> None:
    pen = Pen(canvas, Structure(len(pages)), _targets(composer.report) | composer.homes.tables.keys())
    frame = _Frame(composer, len(pages))
    outline = {part.id: clean(part.short) for part in composer.report.parts}
    for number, page in enumerate(pages, start=1):
        pen.start_page()
        if number == 1:
            band.draw(pen)
        for name, top in page.targets:
            pen.target(name, top)
            canvas.addOutlineEntry(outline[name], name, level=0)
        for placed in page.boxes:
            placed.box.draw(pen, SIDE, placed.top, TEXT_WIDTH)
        frame.draw(pen, page, number)
        pen.end_page()
    pen.structure.write(canvas._doc)  # noqa: SLF001  reportlab has no public way
    canvas.save()


def _targets(report: Report) -> frozenset[str]:
    """Parts, tables and figures can be linked to by their ids."""
    blocks = (block for part in report.parts for block in part.blocks)
    shown = {block.id for block in blocks if isinstance(block, Table | FigureBlock)}
    return frozenset(shown | {part.id for part in report.parts})


def _canvas(out: BytesIO, report: Report, origin: Origin, attachment: Attachment | None) -> Canvas:
    """A canvas without clock: its date is the report's, its id comes from the report's fingerprint."""
    font = LATIN[Weight.REGULAR]
    canvas = Canvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=font,
        lang={"zh": "zh-CN"}.get(report.language, report.language),
    )
    stamp = TimeStamp(1)
    stamp.YMDhms = (report.on.year, report.on.month, report.on.day, 0, 0, 0)
    document = canvas._doc  # noqa: SLF001  likewise
    document._timeStamp = stamp  # noqa: SLF001  likewise
    document.signature = hashlib.md5(report.fingerprint.encode(), usedforsecurity=False)
    _describe(canvas, report)
    make_archival(document, report.on, origin, attached=attachment is not None)
    if attachment is not None:
        attach(document, attachment, report.on)
    canvas.showOutline()
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _describe(canvas: Canvas, report: Report) -> None:
    def plain(text: str) -> str:
        return " ".join(clean(text, 300).split())

    title = "".join(span.text for span in rich((report.title,)))
    canvas.setTitle(f"{plain(title)} – {plain(report.firm)}")
    canvas.setAuthor(plain(report.firm))
    canvas.setSubject(plain(f"{report.labels.stamp}; {report.edition}; {report.fingerprint}"))
    canvas.setKeywords(", ".join(plain(word) for word in report.keywords))
    canvas.setCreator(plain(f"{report.labels.product} {report.app_version}"))
