"""Parts of a text document that python-docx has no words for."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement


def element(tag: str, inner: str = "", **attributes: object) -> BaseOxmlElement:
    """An element of the main namespace: `element("shd", val="clear")` is `<w:shd w:val="clear"/>`.

    `inner` is XML of ours. Attribute values are set, not parsed, so they may hold anything.
    """
    made = parse_xml(f"<w:{tag} {nsdecls('w', 'r')}>{inner}</w:{tag}>")
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    return made


def added(parent: BaseOxmlElement, tag: str, **attributes: object) -> BaseOxmlElement:
    """A new last child."""
    made = element(tag, "", **attributes)
    parent.append(made)
    return made


def simple_field(instruction: str, shown: str) -> BaseOxmlElement:
    """A field with the text it shows until it is next updated."""
    field = element("fldSimple", instr=f" {instruction} ")
    text = added(added(field, "r"), "t")
    text.text = shown
    return field


def field_start(instruction: str) -> tuple[BaseOxmlElement, ...]:
    """Runs that begin a field whose result may run over several paragraphs."""
    code = element("r", '<w:instrText xml:space="preserve"/>')
    code[0].text = f" {instruction} "
    return _mark("begin"), code, _mark("separate")


def field_end() -> BaseOxmlElement:
    return _mark("end")


def _mark(kind: str) -> BaseOxmlElement:
    return element("r", f'<w:fldChar w:fldCharType="{kind}"/>')


def bookmark(name: str, number: int) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """Start and end of a place links can lead to."""
    return element("bookmarkStart", id=number, name=name), element("bookmarkEnd", id=number)


def hyperlink(*, anchor: str = "", relation: str = "") -> BaseOxmlElement:
    """An empty link to a bookmark of this document, or to the address of a relation."""
    link = element("hyperlink", history="1")
    link.set(qn("w:anchor") if anchor else qn("r:id"), anchor or relation)
    return link
