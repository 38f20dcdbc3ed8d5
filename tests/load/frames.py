"""What a message of the server says: every text and number in it, however it is wrapped."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import pyarrow as pa
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ENCODED: Final = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[\s.,'’_·٬٫\u00a0\u2009\u202f]+(?=\d)")
LONG: Final = re.compile(r"(?<![0-9A-Za-z])\d{6,}(?![0-9a-f])")  # no part of a hash
DEEPEST: Final = 3  # wrappings inside one another


def sayings(message: Any) -> Iterator[str]:
    """Every text and number of a protobuf message; of bytes and encoded texts what they hold."""
    for field, value in message.ListFields():
        entries = value.values() if _is_map(field) else value if field.is_repeated else (value,)
        for entry in entries:
            if hasattr(entry, "ListFields"):
                yield from sayings(entry)
            else:
                yield from _said(entry, DEEPEST)
        if _is_map(field):
            yield from (str(key) for key in value)


def digits_only(text: str) -> str:
    """The text with its numbers written without separators and decimal points."""
    return BETWEEN_DIGITS.sub("", text)


def _is_map(field: Any) -> bool:
    return bool(field.message_type is not None and field.message_type.GetOptions().map_entry)


def _said(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, float):
        yield f"{value:.6f}"
        yield repr(value)
    elif isinstance(value, bytes):
        yield from _held(value, depth)
    elif isinstance(value, str):
        yield value
        yield from _decoded(value, depth)
    else:
        yield str(value)


def _decoded(text: str, depth: int) -> Iterator[str]:
    """What stands in the text as base64."""
    for found in ENCODED.findall(text) if depth else ():
        plain = found.rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            yield from _held(base64.b64decode(plain + "=" * (-len(plain) % 4)), depth - 1)
        except binascii.Error:
            continue


def _held(data: bytes, depth: int) -> Iterator[str]:
    """Bytes as a table, as text, and unpacked."""
    yield from _cells(data)
    yield from _said(data.decode("utf-8", "replace"), max(depth - 1, 0))
    for window in (zlib.MAX_WBITS, zlib.MAX_WBITS | 16) if depth else ():
        try:
            yield from _held(zlib.decompress(data, window), depth - 1)
        except zlib.error:
            continue


def _cells(data: bytes) -> Iterator[str]:
    try:
        table = pa.ipc.open_stream(data).read_all()
    except (pa.ArrowInvalid, OSError):
        return
    yield from table.column_names
    for column in table.columns:
        for cell in column.to_pylist():
            yield from _said(cell if isinstance(cell, float | str | bytes) else repr(cell), 1)


def found_in(frame: bytes, hidden: frozenset[int]) -> frozenset[int]:
    """Which of these numbers a frame of the server says in any way; not as a part of a longer one."""
    return hidden & numbers_in(frame)


@lru_cache(maxsize=100_000)  # most frames go to everybody
def numbers_in(frame: bytes) -> frozenset[int]:
    """The long whole numbers a frame says, decimal points and separators left out, zeros at the end too."""
    found = set[int]()
    for text in sayings(ForwardMsg.FromString(frame)):
        for wording in (text, digits_only(text)):
            for digits in LONG.findall(wording):
                found |= {int(digits), int(digits.rstrip("0") or 0)}
    return frozenset(found)
