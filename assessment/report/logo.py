"""The one form a logo has in a report: a PNG of plain rows, 8-bit RGB, small, with nothing else inside.

It is taken apart here without a picture library, so that a report made from somebody's file decodes nothing;
`exchange.logo` makes this form from what is uploaded.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

WIDEST: Final = 600  # pixels
TALLEST: Final = 300
LARGEST: Final = 1 << 20  # bytes
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PLAIN: Final = (8, 2, 0, 0, 0)  # bits, RGB, the only compression, the only filtering, not interlaced


@dataclass(frozen=True, slots=True)
class Picture:
    """`rows`: the rows with their PNG filters, compressed as in the file. A PDF takes them as they are."""

    width: int
    height: int
    rows: bytes


def picture(png: bytes) -> Picture:
    """The picture in a logo. Raises `ValueError` for anything but the one form."""
    if len(png) > LARGEST or not png.startswith(SIGNATURE):
        raise ValueError("no PNG of a logo's size")
    kinds, data = zip(*_chunks(png), strict=True)
    if kinds[0] != b"IHDR" or kinds[-1] != b"IEND" or set(kinds[1:-1]) != {b"IDAT"} or len(data[0]) != 13:
        raise ValueError("a PNG with more than a picture")
    width, height, *form = struct.unpack(">IIBBBBB", data[0])
    if tuple(form) != _PLAIN or not 0 < width <= WIDEST or not 0 < height <= TALLEST:
        raise ValueError("a PNG of another form or size")
    rows = b"".join(data[1:-1])
    _check_rows(rows, width, height)
    return Picture(width, height, rows)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(png):
        if len(png) - place < 12:
            raise ValueError("a broken PNG")
        (length,) = struct.unpack_from(">I", png, place)
        kind, end = png[place + 4 : place + 8], place + 8 + length
        data, sum_ = png[place + 8 : end], png[end : end + 4]
        if len(sum_) != 4 or struct.unpack(">I", sum_)[0] != zlib.crc32(kind + data):
            raise ValueError("a broken PNG")
        yield kind, data
        place = end + 4


def _check_rows(rows: bytes, width: int, height: int) -> None:
    """Exactly as many bytes as the picture has, each row with one of the five filters."""
    step = 3 * width + 1
    inflate = zlib.decompressobj()
    try:
        plain = inflate.decompress(rows, step * height + 1)
    except zlib.error as error:
        raise ValueError("a broken PNG") from error
    if len(plain) != step * height or not inflate.eof or inflate.unused_data:
        raise ValueError("a PNG of another length")
    if any(plain[row] > 4 for row in range(0, len(plain), step)):
        raise ValueError("a broken PNG")
