"""The styles of the document: whoever edits it finds them by name. Lengths in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.styles.style import ParagraphStyle

from assessment.charts.style import AMBER, GREY, INK, NAVY, RULE, TINT, WARM_TINT, WHITE
from assessment.output.theme import TEAL

TABLE: Final = "Report Table"
LATIN: Final = "Calibri"
CHINESE: Final = "Microsoft YaHei"
SIGNS: Final = "Segoe UI Symbol"


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style. `ground` and `bar`: colour behind the text and of the rule left of it."""

    name: str
    size: float
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 6
    line: float = 1.15
    level: int = 0  # in the outline; 0: running text
    keep: bool = False
    ground: str = ""
    bar: str = ""
    list_: str = ""  # bullets or numbers
    caps: bool = False
    based: str = "Normal"


def box(name: str, ground: str, bar: str, text: str = INK) -> tuple[Look, ...]:
    """The styles of a boxed remark: its title, its text, its bullets."""
    shared = {"ground": ground, "bar": bar, "after": 0.0, "line": 1.25}
    head = NAVY if text == INK else text
    return (
        Look(f"{name} Title", 11.5, head, bold=True, before=10, level=2, keep=True, **shared),  # type: ignore[arg-type]
        Look(f"{name} Text", 10.5, text, **shared),  # type: ignore[arg-type]
        Look(f"{name} List", 10.5, text, list_="bullets", **shared),  # type: ignore[arg-type]
    )


LOOKS: Final = (
    Look("Normal", 10.5),
    Look("Title", 24, NAVY, bold=True, before=6, after=2, line=1.05, keep=True),
    Look("Subtitle", 14, NAVY, bold=True, after=2),
    Look("Product", 9, TEAL, bold=True, after=0),
    Look("Kicker", 9, TEAL, bold=True, before=18, after=0, keep=True, caps=True),
    Look("Heading 1", 17, NAVY, bold=True, after=6, line=1.1, level=1, keep=True),
    Look("Contents Title", 12, NAVY, bold=True, before=12, after=2, keep=True),
    Look("toc 1", 10.5, after=2),
    Look("Lead", 11.5, keep=True),
    Look("List Bullet", 10.5, after=3, list_="bullets"),
    Look("Caption", 9, GREY, before=8, after=3),
    Look("Figure", 10.5, after=0, keep=True),
    Look("Note", 8.5, GREY, before=2),
    Look("Table Head", 8.5, GREY, bold=True, after=0, line=1.05, keep=True),
    Look("Table Text", 9, after=0, line=1.1),
    Look("Table Small", 8, after=0, line=1.05),
    Look("Tile Value", 17, NAVY, bold=True, after=0, line=1.05),
    Look("Header", 8, GREY, after=0),
    Look("Footer", 8, GREY, after=0),
    *box("Remark", TINT, TEAL),
    *box("Warning", WARM_TINT, AMBER),
    *box("Decision", NAVY, NAVY, WHITE),
)
_LISTS: Final = {"bullets": ("bullet", "•"), "numbers": ("decimal", "%1.")}


def set_styles(document: Document, language: str) -> None:
    """Give the document our styles in place of the template's."""
    _set_defaults(document, language)
    lists = _add_lists(document)
    for look in LOOKS:
        style = _style(document, look.name)
        for old in (*style.element.findall(qn("w:pPr")), *style.element.findall(qn("w:rPr"))):
            style.element.remove(old)
        style.element.append(_paragraph(look, lists))
        style.element.append(_characters(look, language))
    _add_table_style(document)


def _style(document: Document, name: str) -> ParagraphStyle:
    known = {style.name for style in document.styles}
    built_in = name == "toc 1"
    style = (
        document.styles[name]
        if name in known
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, built_in)
    )
    assert isinstance(style, ParagraphStyle)
    style.quick_style, style.hidden = True, False
    return style


def fonts(language: str) -> str:
    """Latin letters in one family, Chinese ones in another; in a Chinese text the marks are full width."""
    hint = ' w:hint="eastAsia"' if language == "zh" else ""
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{CHINESE}" w:cs="{LATIN}"{hint}/>'


def _set_defaults(document: Document, language: str) -> None:
    """Fonts, and the language proofing tools and screen readers go by."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    defaults.getparent().replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{fonts(language)}"
            '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )


def _paragraph(look: Look, lists: dict[str, int]) -> object:
    """The paragraph properties, in the order the format asks for."""
    inner = "<w:keepNext/><w:keepLines/>" if look.keep else ""
    if look.list_:
        inner += f'<w:numPr><w:numId w:val="{lists[look.list_]}"/></w:numPr>'
    if look.bar:
        edges = (("top", look.ground, 3), ("left", look.bar, 8), ("bottom", look.ground, 3))
        sides = "".join(
            f'<w:{edge} w:val="single" w:sz="{32 if edge == "left" else 4}" w:space="{gap}" '
            f'w:color="{tone[1:]}"/>'
            for edge, tone, gap in edges
        )
        inner += f"<w:pBdr>{sides}</w:pBdr>"
    if look.ground:
        inner += f'<w:shd w:val="clear" w:color="auto" w:fill="{look.ground[1:]}"/>'
    inner += (
        f'<w:spacing w:before="{look.before * 20:.0f}" w:after="{look.after * 20:.0f}" '
        f'w:line="{look.line * 240:.0f}" w:lineRule="auto"/>'
    )
    left = (284 if look.ground else 0) + (284 if look.list_ else 0)
    hanging = ' w:hanging="284"' if look.list_ else ""
    inner += f'<w:ind w:left="{left}"{hanging}/>' if left else ""
    inner += f'<w:outlineLvl w:val="{look.level - 1}"/>' if look.level else ""
    return parse_xml(f"<w:pPr {nsdecls('w')}>{inner}</w:pPr>")


def _characters(look: Look, language: str) -> object:
    bold = "<w:b/><w:bCs/>" if look.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    caps = "<w:caps/>" if look.caps else ""
    half = round(look.size * (0.96 if language == "zh" else 1) * 2)
    return parse_xml(
        f"<w:rPr {nsdecls('w')}>{fonts(language)}{bold}{caps}"
        f'<w:color w:val="{look.colour[1:]}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    )


def _add_lists(document: Document) -> dict[str, int]:
    """Our own two lists; the template's stay unused."""
    numbering = document.part.numbering_part.element
    made = {}
    for number, (name, (kind, text)) in enumerate(_LISTS.items(), start=90):
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        )
        numbering.insert(0, abstract)
        made[name] = numbering.add_num(number).numId
    return made


def restarted(document: Document) -> int:
    """A new numbered list that begins with 1."""
    numbering = document.part.numbering_part.element
    number = numbering.add_num(90 + list(_LISTS).index("numbers"))
    number.add_lvlOverride(0).add_startOverride(1)
    made: int = number.numId
    return made


def _add_table_style(document: Document) -> None:
    """Light rules between rows, a stronger one under the head."""
    rule, strong = RULE[1:], NAVY[1:]
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">'
            f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>'
            "<w:tblPr><w:tblBorders>"
            f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>'
            f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{rule}"/></w:tblBorders>'
            '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
            '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
            f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{strong}"/></w:tcBorders></w:tcPr>'
            "</w:tblStylePr></w:style>"
        )
    )
