"""Three faults of reportlab 5.1, cured when this module is imported.

1. No line end before `endstream`, which PDF/A (ISO 19005-2, 6.1.7.1) asks for. Two characters are used:
   data may end in a carriage return, which a single line feed would make part of the line end.
2. ToUnicode maps unused codes to U+0000, puts more than 100 entries in a block, and writes five-digit
   codes for characters beyond U+FFFF: copying text then gives wrong characters.
3. Page streams are written as ASCII text (base 85), a quarter larger than need be.
"""

from __future__ import annotations

from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, ttfonts

_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /%s def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange"""
_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_BLOCK = 100

_format_stream = pdfdoc.PDFStream.format


def to_unicode(name: str, subset: list[int]) -> str:
    """A ToUnicode map of the codes in use: `subset[code]` is a code point, 0 if the code is unused."""
    seen: set[int] = set()
    entries = []
    for code, point in enumerate(subset):
        if point and not (point == 32 and point in seen):
            entries.append(f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>")
            seen.add(point)
    lines = [_HEAD % name]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, _TAIL])


def _format_with_line_end(stream: Any, document: Any) -> bytes:
    written: bytes = _format_stream(stream, document)
    return written.removesuffix(b"endstream\n") + b"\r\nendstream\n"


def cure() -> None:
    """Apply the cures; doing so twice changes nothing."""
    rl_config.useA85 = 0
    ttfonts.makeToUnicodeCMap = to_unicode
    pdfdoc.PDFStream.format = _format_with_line_end


cure()
