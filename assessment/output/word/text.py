"""Report text as runs of a paragraph: cleaned and capped. The only way text reaches the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assessment.charts.style import BLUE, TONE_COLOURS
from assessment.output.cleaning import Span, rich
from assessment.output.typeface import Weight
from assessment.output.word.styles import SIGNS
from assessment.output.word.xml import bookmark, hyperlink
from assessment.report.document import Text, Tone

# A level reads without its colour: by how much of the circle is filled.
TONE_SIGNS = {
    Tone.NEUTRAL: "",
    Tone.NONE: "○",
    Tone.EMERGING: "◔",
    Tone.PRONOUNCED: "◑",
    Tone.ACUTE: "●",
    Tone.FIRM: "◆",
    Tone.UNKNOWN: "◌",
}


@dataclass(slots=True)
class Pen:
    """Writes text into one document; knows the places links may lead to."""

    document: Document
    chinese: bool
    known: frozenset[str]
    places: dict[str, str] = field(default_factory=dict)  # id -> name of its bookmark
    _reached: set[str] = field(default_factory=set)
    _styles: dict[str, str] = field(default_factory=dict)

    def style(self, paragraph: Paragraph, name: str) -> Paragraph:
        """Give a paragraph a style; its id is looked up once."""
        if name not in self._styles:
            self._styles[name] = str(self.document.styles[name].style_id)
        paragraph._element.get_or_add_pPr().style = self._styles[name]  # noqa: SLF001  python-docx has no public way
        return paragraph

    def paragraph(self, style: str, parts: Iterable[Text | Span] = ()) -> Paragraph:
        """A new last paragraph of the document."""
        paragraph = self.style(self.document.add_paragraph(), style)
        self.write(paragraph, parts)
        return paragraph

    def write(self, paragraph: Paragraph, parts: Iterable[Text | Span], *, bold: bool | None = None) -> None:
        """Add parts to a paragraph; `bold` counts where a part does not say itself."""
        for part in parts:
            for span in (part,) if isinstance(part, Span) else rich((part,)):
                self.run(paragraph, span, bold=bold)

    def run(self, paragraph: Paragraph, span: Span, *, bold: bool | None = None) -> Run:
        run = paragraph.add_run(span.text)
        run.bold = True if span.weight in (Weight.SEMIBOLD, Weight.BOLD) else bold
        run.italic = True if span.weight is Weight.ITALIC else None
        if self.chinese:  # quotes and dashes belong to the Chinese family
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")  # noqa: SLF001  likewise
        return run

    def sign(self, paragraph: Paragraph, tone: Tone) -> None:
        """The sign of a tone before the words."""
        if not TONE_SIGNS[tone]:
            return
        run = paragraph.add_run(f"{TONE_SIGNS[tone]}\u00a0")
        run.font.color.rgb = RGBColor.from_string(TONE_COLOURS[tone][1:])
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001  likewise
        for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{slot}"), SIGNS)

    def link(self, paragraph: Paragraph, to: str, *, coloured: bool = True) -> None:
        """Make all runs of a paragraph one link to `#id` of this report or to an address."""
        if to.startswith("#"):
            link = hyperlink(anchor=self.place(to[1:]))
        else:
            relation = self.document.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = hyperlink(relation=relation)
        for run in paragraph.runs:
            if coloured:
                run.font.color.rgb = RGBColor.from_string(BLUE[1:])
            link.append(run._element)  # noqa: SLF001  likewise
        paragraph._element.append(link)  # noqa: SLF001  likewise

    def place(self, name: str) -> str:
        """The bookmark of an id: letters, digits and underscores, at most 40."""
        return self.places.setdefault(name, f"place_{len(self.places) + 1}")

    def mark(self, paragraph: Paragraph, name: str) -> None:
        """Links to this id lead here: where it is met first."""
        if not name or name in self._reached:
            return
        self._reached.add(name)
        start, end = bookmark(self.place(name), len(self._reached))
        runs = paragraph._element  # noqa: SLF001  likewise
        properties = runs.pPr
        runs.insert(0 if properties is None else 1, start)
        runs.append(end)
