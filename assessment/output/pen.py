"""Drawing on a page with the origin at its upper left corner, and telling what each mark means.

Whatever is drawn inside `element` belongs to that structure element; everything else is decoration
(an artifact), so nothing on a page is ever untagged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from assessment.output.linebreak import Line
from assessment.output.quicker import Setting
from assessment.output.structure import Structure
from assessment.output.theme import PAGE_HEIGHT, Look
from assessment.report.logo import Picture


@lru_cache(maxsize=64)
def colour(code: str) -> Color:
    return HexColor(code)


class Pen:
    """One document's canvas with its structure tree. Lengths in points, y measured from the top."""

    def __init__(self, canvas: Canvas, structure: Structure, targets: frozenset[str] = frozenset()) -> None:
        self.canvas = canvas
        self.structure = structure
        self.targets = targets  # every name that `target` will be called with
        self._reached: set[str] = set()
        self.page = 0
        self._links = 0
        self._images: list[Picture] = []

    def start_page(self) -> None:
        self.page += 1
        self._code("/Artifact BMC")

    def end_page(self) -> None:
        self._code("EMC")
        self.canvas.showPage()

    @contextmanager
    def group(self, tag: str, key: object = None, **attributes: object) -> Iterator[None]:
        """Elements drawn inside become children of one `tag`; the same `key` reopens the same element."""
        self.structure.open(tag, key, attributes)
        yield
        self.structure.close()

    @contextmanager
    def element(self, tag: str, key: object = None, **attributes: object) -> Iterator[None]:
        """Marks drawn inside are the content of one `tag`."""
        self.structure.open(tag, key, attributes)
        number = self.structure.mark(self.page)
        self._code(f"EMC\n/{tag} <</MCID {number}>> BDC")
        yield
        self._code("EMC\n/Artifact BMC")
        self.structure.close()

    @contextmanager
    def figure(self, alt: str, box: tuple[float, float, float, float], key: object) -> Iterator[None]:
        """A picture with its alternative text; `box` is left, bottom, right, top on the page."""
        layout = PDFDictionary({"O": PDFName("Layout"), "BBox": PDFArray([round(edge, 2) for edge in box])})
        with self.element("Figure", key, Alt=alt, A=layout):
            yield

    def lines(
        self,
        lines: Sequence[Line],
        x: float,
        top: float,
        look: Look,
        *,
        width: float = 0.0,
        align: str = "left",
    ) -> None:
        """Set lines under one another; right and centred lines stand within `width`."""
        if not lines:
            return
        text = Setting(self.canvas)
        text.setFillColor(colour(look.colour))
        base = PAGE_HEIGHT - top - (look.leading - look.size) / 2 - 0.8 * look.size
        for line in lines:
            shift = {"left": 0.0, "right": width - line.width, "center": (width - line.width) / 2}[align]
            text.setTextOrigin(x + shift, base)
            for face, run in line.runs:
                text.setFont(face.name, look.size)
                text.textOut(run)
            base -= look.leading
        self.canvas.drawText(text)

    def rect(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        thickness: float = 0.5,
        radius: float = 0.0,
    ) -> None:
        canvas = self.canvas
        if fill:
            canvas.setFillColor(colour(fill))
        if stroke:
            canvas.setStrokeColor(colour(stroke))
            canvas.setLineWidth(thickness)
        bottom = PAGE_HEIGHT - top - height
        if radius:
            canvas.roundRect(x, bottom, width, height, radius, stroke=int(bool(stroke)), fill=int(bool(fill)))
        else:
            canvas.rect(x, bottom, width, height, stroke=int(bool(stroke)), fill=int(bool(fill)))

    def rule(self, x: float, top: float, length: float, *, stroke: str, thickness: float = 0.5) -> None:
        """A horizontal line."""
        self.canvas.setStrokeColor(colour(stroke))
        self.canvas.setLineWidth(thickness)
        self.canvas.line(x, PAGE_HEIGHT - top, x + length, PAGE_HEIGHT - top)

    def leader(self, start: float, end: float, y: float, *, stroke: str) -> None:
        """A dotted line from a contents entry to its page number."""
        self.canvas.saveState()
        self.canvas.setDash([0.6, 2.6])
        self.canvas.setLineCap(1)
        self.rule(start, y, max(0.0, end - start), stroke=stroke, thickness=0.6)
        self.canvas.restoreState()

    def image(self, picture: Picture, x: float, top: float, width: float, height: float) -> None:
        """A logo. Its rows go into the file as they are: nothing is decoded."""
        name, canvas = f"Image{len(self._images)}", self.canvas
        self._images.append(picture)
        predictor = {"Predictor": 15, "Colors": 3, "BitsPerComponent": 8, "Columns": picture.width}
        entries = {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Image"),
            "Width": picture.width,
            "Height": picture.height,
            "ColorSpace": PDFName("DeviceRGB"),
            "BitsPerComponent": 8,
            "Filter": PDFName("FlateDecode"),
            "DecodeParms": PDFDictionary(predictor),
        }
        document = canvas._doc  # noqa: SLF001  reportlab takes pictures from files alone
        document.addForm(name, PDFStream(PDFDictionary(entries), picture.rows))
        canvas._formsinuse.append(name)  # noqa: SLF001  likewise
        bottom = PAGE_HEIGHT - top - height
        canvas.saveState()
        canvas.transform(width, 0, 0, height, x, bottom)
        self._code(f"/{document.getXObjectName(name)} Do")
        canvas.restoreState()

    def pie(self, x: float, y: float, radius: float, share: float, stroke: str) -> None:
        """A circle filled clockwise from the top to `share` (0..1): a level that reads without colour."""
        canvas = self.canvas
        canvas.setStrokeColor(colour(stroke))
        canvas.setFillColor(colour(stroke))
        canvas.setLineWidth(0.9)
        if 0 < share < 1:
            canvas.wedge(
                x - radius,
                PAGE_HEIGHT - y - radius,
                x + radius,
                PAGE_HEIGHT - y + radius,
                90,
                -360 * share,
                stroke=0,
                fill=1,
            )
        canvas.circle(x, PAGE_HEIGHT - y, radius, stroke=1, fill=int(share >= 1))

    def diamond(self, x: float, y: float, radius: float, fill: str) -> None:
        path = self.canvas.beginPath()
        path.moveTo(x, PAGE_HEIGHT - y + radius)
        for right, up in ((radius, 0.0), (0.0, -radius), (-radius, 0.0)):
            path.lineTo(x + right, PAGE_HEIGHT - y + up)
        path.close()
        self.canvas.setFillColor(colour(fill))
        self.canvas.drawPath(path, stroke=0, fill=1)

    def target(self, name: str, top: float) -> None:
        """A place links and bookmarks can point to: where the name is met first."""
        if name not in self.targets or name in self._reached:
            return
        self._reached.add(name)
        self.canvas.bookmarkHorizontal(name, 0, min(PAGE_HEIGHT, PAGE_HEIGHT - top + 24))

    def leads(self, to: str) -> bool:
        """Whether `link` can lead there."""
        return to[1:] in self.targets if to.startswith("#") else to.startswith(("https://", "mailto:"))

    def link(self, to: str, x: float, top: float, width: float, height: float, words: str) -> None:
        """Make an area lead to a target of this document (`#name`) or to an https or mailto address.

        Call inside the element whose words are the link. Any other address is ignored.
        """
        if not self.leads(to):
            return
        entries: dict[str, object] = {"Type": PDFName("Annot"), "Subtype": PDFName("Link"), "F": 4}
        if to.startswith("#"):
            entries["Dest"] = self.canvas._bookmarkReference(to[1:])  # noqa: SLF001  reportlab has no public way
        else:
            entries["A"] = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(to)})
        bottom = PAGE_HEIGHT - top - height
        name = f"Link{self._links}"
        self._links += 1
        entries["Rect"] = PDFArray([round(edge, 2) for edge in (x, bottom, x + width, bottom + height)])
        entries["Border"] = PDFArray([0, 0, 0])
        entries["Contents"] = PDFString(words)
        entries["StructParent"] = self.structure.annotate(self.page, f"Annot.{name}")
        self.canvas._addAnnotation(PDFDictionary(entries), name)  # noqa: SLF001  likewise

    def _code(self, operator: str) -> None:
        self.canvas._code.append(operator)  # noqa: SLF001  likewise
