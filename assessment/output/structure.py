"""The structure tree of a tagged PDF: what each mark means, in reading order (ISO 32000-1, 14.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFString,
)

from assessment.output.quicker import reference

Reference = PDFObjectReference


@dataclass(eq=False)
class Element(PDFObject):  # type: ignore[misc]
    """One element. A kid is an element, a (page, mark) pair, or a (page, annotation name) pair."""

    __RefOnly__ = 1

    tag: str
    name: str
    parent: Element | None
    attributes: dict[str, Any]
    kids: list[Element | tuple[int, int | str]] = field(default_factory=list)

    def format(self, document: PDFDocument) -> bytes:
        """The element as bytes; children and pages by reference. Written by hand: there are hundreds."""
        page = next((kid[0] for kid in self.kids if isinstance(kid, tuple)), 0)
        kids = b" ".join(self._kid(kid, page, document) for kid in self.kids)
        entries = [b"<< /Type /StructElem /S /" + self.tag.encode()]
        entries.append(b"/P " + reference(self.parent.name if self.parent else "StructRoot", document))
        if page:
            entries.append(b"/Pg " + reference(f"Page{page}", document))
        for key, value in self.attributes.items():
            held = PDFString(value) if isinstance(value, str) else value
            entries.append(b"/" + key.encode() + b" " + held.format(document))
        return b" ".join([*entries, b"/K [", kids, b"] >>"])

    @staticmethod
    def _kid(kid: Element | tuple[int, int | str], page: int, document: PDFDocument) -> bytes:
        if isinstance(kid, Element):
            return reference(kid.name, document)
        where, what = kid
        if isinstance(what, str):
            place, thing = reference(f"Page{where}", document), reference(what, document)
            return b"<< /Type /OBJR /Pg " + place + b" /Obj " + thing + b" >>"
        if where == page:
            return b"%d" % what
        return b"<< /Type /MCR /Pg " + reference(f"Page{where}", document) + b" /MCID %d >>" % what


class Structure:
    """Collects the tree while pages are drawn and writes it at the end. Pages count from 1."""

    def __init__(self, pages: int) -> None:
        self._elements: list[Element] = []
        self._keyed: dict[object, Element] = {}
        self._marks: list[list[Element]] = [[] for _ in range(pages)]
        self._annotations: list[Element] = []
        self._stack: list[Element] = []
        self.open("Document", None, {})

    def open(self, tag: str, key: object, attributes: dict[str, object]) -> None:
        """Go into a new element, or once more into the one opened with the same `key`."""
        element = self._keyed.get(key) if key is not None else None
        if element is None:
            parent = self._stack[-1] if self._stack else None
            element = Element(tag, f"Struct{len(self._elements)}", parent, attributes)
            self._elements.append(element)
            if parent:
                parent.kids.append(element)
            if key is not None:
                self._keyed[key] = element
        self._stack.append(element)

    def close(self) -> None:
        self._stack.pop()

    def mark(self, page: int) -> int:
        """The number of a new piece of marked content of the open element."""
        marks = self._marks[page - 1]
        marks.append(self._stack[-1])
        self._stack[-1].kids.append((page, len(marks) - 1))
        return len(marks) - 1

    def annotate(self, page: int, name: str) -> int:
        """Make an annotation a kid of the open element; the number is its place in the parent tree."""
        self._stack[-1].kids.append((page, name))
        self._annotations.append(self._stack[-1])
        return len(self._marks) + len(self._annotations) - 1

    def write(self, document: PDFDocument) -> None:
        """Hang the tree into a document whose pages are all drawn."""
        for element in self._elements:
            document.Reference(element, element.name)
        numbers: list[object] = []
        for number, owners in enumerate(self._marks):
            numbers += [number, PDFArray([Reference(owner.name) for owner in owners])]
            page = document.Pages.pages[number]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, PDFName("S")
        for number, owner in enumerate(self._annotations, start=len(self._marks)):
            numbers += [number, Reference(owner.name)]
        root = PDFDictionary({
            "Type": PDFName("StructTreeRoot"),
            "K": PDFArray([Reference(self._elements[0].name)]),
            "ParentTree": PDFDictionary({"Nums": PDFArray(numbers)}),
            "ParentTreeNextKey": len(self._marks) + len(self._annotations),
        })  # fmt: skip
        document.Reference(root, "StructRoot")
        document.Catalog.StructTreeRoot = Reference("StructRoot")
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
