"""A logo handed in comes out plain and small, and whatever is no drawn logo is refused in plain words."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from assessment.content.load import app_words
from assessment.exchange import FileFault
from assessment.exchange.logo import LARGEST, logo_fault, read_logo
from assessment.exchange.logo_child import Refused, plain
from assessment.report.logo import picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
SIZE = 'width="200" height="100"'
RECT = '<rect id="a" width="90" height="90" fill="#036"/>'


def svg(inside: str, size: str = SIZE, before: str = "") -> bytes:
    return (before + SVG.format(size, inside)).encode()


def saved(mode: str, size: tuple[int, int], colour: object, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)  # type: ignore[arg-type]
    return out.getvalue()


def header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)),
             (b"IDAT", zlib.compress(b"\0" * 10)), (b"IEND", b"")]  # fmt: skip
    made = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def bomb() -> bytes:
    steps = (f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12))
    return svg('<rect id="a0" width="1" height="1"/>' + "".join(steps))


HOSTILE = {
    "a PNG that claims 60,000 pixels": (header(60_000, 60_000), "too-large"),
    "a PNG that claims one side too long": (header(4_001, 10), "too-large"),
    "a PNG that breaks off": (header(200, 100), "damaged"),
    "a PNG of nothing but its signature": (b"\x89PNG\r\n\x1a\n", "damaged"),
    "a PNG of one pixel": (saved("RGB", (1, 1), 0), "too-small"),
    "a white logo": (saved("RGBA", (100, 50), (255, 255, 255, 255)), "white"),
    "a logo that cannot be seen": (saved("RGBA", (100, 50), (0, 0, 0, 0)), "white"),
    "a GIF": (saved("P", (90, 90), 3, "GIF"), "unknown-kind"),
    "a web page": (b"<html><body>hello</body></html>", "unknown-kind"),
    "no text at all": (bytes(range(256)), "unknown-kind"),
    "an empty file": (b"", "unknown-kind"),
    "an SVG with a document type": (svg(RECT, before='<!DOCTYPE svg SYSTEM "http://x/y.dtd">'), "doctype"),
    "an SVG with entities": (svg("&a;", before='<!DOCTYPE svg [<!ENTITY a "b">]>'), "doctype"),
    "an SVG with a script": (svg(f"<script>alert(1)</script>{RECT}"), "element"),
    "an SVG with a handler": (svg('<rect width="9" height="9" onload="x()"/>'), "element"),
    "an SVG with a page inside": (svg("<foreignObject/>"), "element"),
    "an SVG with a picture from the disk": (svg('<image href="file:///etc/passwd"/>'), "element"),
    "an SVG with a filter": (svg('<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter>'), "element"),
    "an SVG that moves": (svg(f'<animate attributeName="x"/>{RECT}'), "element"),
    "an SVG that uses another file": (svg('<use xlink:href="http://x/y.svg#a"/>'), "outside"),
    "an SVG that fills from elsewhere": (svg('<rect fill="url(http://x/y#a)"/>'), "outside"),
    "an SVG whose style loads": (svg("<style>rect{fill:url(//x/y)}</style>"), "outside"),
    "an SVG whose style imports": (svg("<style>@import 'x';</style>"), "element"),
    "an SVG with a style sheet": (svg(RECT, before='<?xml-stylesheet href="x"?>'), "outside"),
    "an SVG that uses ten of ten of ten": (bomb(), "too-much"),
    "an SVG that uses itself": (svg('<g id="a"><use href="#a"/></g>'), "too-much"),
    "an SVG nested without end": (svg("<g>" * 500 + "</g>" * 500), "too-much"),
    "an SVG of endless size": (svg(RECT, 'width="1e9" height="10"'), "no-size"),
    "an SVG of huge size": (svg(RECT, 'width="100000" height="10"'), "too-large"),
    "an SVG without a size": (svg(RECT, ""), "no-size"),
    "an SVG of no height": (svg(RECT, 'width="100" height="0"'), "no-size"),
    "an SVG like a hair": (svg(RECT, 'viewBox="0 0 4000 0.001"'), "too-small"),
    "an SVG that breaks off": (svg(RECT)[:-9], "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_logo_is_refused_with_a_reason_and_a_cure(name: str) -> None:
    body, code = HOSTILE[name]
    with pytest.raises(Refused) as refused:
        plain(body)
    assert refused.value.code == code
    fault = FileFault(code, detail=refused.value.detail)
    for language in ("en", "zh"):
        what, cure = logo_fault(fault, app_words(language))
        assert what and cure and "{" not in what + cure


@pytest.mark.parametrize("body", [HOSTILE["an SVG with a script"][0], b"\x89PNG\r\n\x1a\n", bytes(99)])
def test_the_process_that_reads_a_logo_passes_its_reason_on(body: bytes) -> None:
    with pytest.raises(FileFault) as fault:
        read_logo(body)
    assert all(logo_fault(fault.value, app_words("en")))


def test_a_file_too_large_is_never_handed_to_the_process() -> None:
    with pytest.raises(FileFault) as fault:
        read_logo(b"\x89PNG\r\n\x1a\n" + bytes(LARGEST))
    assert fault.value.code == "file-too-large" and "2 MB" in logo_fault(fault.value, app_words("en"))[0]


def test_a_process_that_takes_too_long_is_ended() -> None:
    with pytest.raises(FileFault) as fault:
        read_logo(svg(RECT), seconds=0.001)
    assert fault.value.code == "too-slow"


def test_a_drawing_and_a_picture_come_out_plain_small_and_on_white() -> None:
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", "Somebody")
    half = saved("RGBA", (1200, 300), (0, 0, 255, 128), pnginfo=note, dpi=(300, 300))
    for body, size in ((svg(RECT), (600, 300)), (half, (600, 150)), (plain(half), (600, 150))):
        made = plain(body)
        found = picture(made)
        assert (found.width, found.height) == size
        assert b"Somebody" not in made and b"tEXt" not in made and b"pHYs" not in made
    shown = Image.open(io.BytesIO(plain(half)))
    assert shown.mode == "RGB" and shown.getpixel((5, 5)) == (127, 127, 255)


@pytest.mark.parametrize(("mode", "colour"), [("1", 0), ("L", 9), ("LA", (9, 200)), ("P", 3), ("I;16", 3000)])
def test_every_usual_kind_of_picture_is_taken(mode: str, colour: object) -> None:
    assert picture(plain(saved(mode, (80, 40), colour))).width == 80
    assert picture(plain(saved("CMYK", (80, 40), (0, 99, 99, 0), "JPEG"))).height == 40


def test_the_same_file_gives_the_same_logo() -> None:
    assert plain(svg(RECT)) == plain(svg(RECT)) != plain(svg(RECT.replace("#036", "#306")))


WRONG = {
    "a palette": saved("P", (80, 40), 3),
    "transparency": saved("RGBA", (80, 40), (1, 2, 3, 4)),
    "text beside": saved("RGB", (80, 40), 3, dpi=(72, 72)),
    "too wide": saved("RGB", (601, 40), 3),
    "cut off": saved("RGB", (80, 40), 3)[:-20],
    "a claim of more rows": saved("RGB", (80, 40), 3).replace(
        struct.pack(">II", 80, 40), struct.pack(">II", 80, 41)
    ),
    "no PNG": b"x" * 100,
}


@pytest.mark.parametrize("name", WRONG)
def test_a_report_takes_only_the_plain_form(name: str) -> None:
    assert picture(saved("RGB", (80, 40), 3)).width == 80
    with pytest.raises(ValueError, match="PNG"):
        picture(WRONG[name])


def test_rows_that_unpack_without_end_are_not_unpacked() -> None:
    rows = zlib.compress(bytes(200 << 20))
    parts = [(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")]
    made = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    with pytest.raises(ValueError, match="length"):
        picture(b"\x89PNG\r\n\x1a\n" + b"".join(made))
    assert len(rows) < 1 << 20
