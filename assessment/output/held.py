"""Reads back a report somebody holds: its origin, the file inside, its pages. The only home of pypdf.

Whatever is handed in may be damaged or hostile, so size, unpacking and work are bounded.
"""

from __future__ import annotations

import difflib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pypdf import PageObject, PdfReader, apply_configuration, get_configuration
from pypdf.errors import FileNotDecryptedError, LimitReachedError

from assessment.output.attachment import NAME
from assessment.output.layout import MOST_PAGES
from assessment.output.origin import Origin, read_origin

LARGEST: Final = 20 << 20  # bytes; a report has less than one million
LARGEST_ATTACHMENT: Final = 2 << 20  # bytes, as for any file of answers
LIMITS: Final = get_configuration().with_overwrites(
    zlib_maximum_output_length=4 << 20,
    zlib_maximum_recovery_input_length=1 << 20,
    lzw_maximum_output_length=4 << 20,
    run_length_maximum_output_length=4 << 20,
    array_based_stream_maximum_output_length=4 << 20,
    stream_decoding_work_maximum_length=16 << 20,
    stream_parsing_work_maximum_count=200_000,
    page_tree_maximum_entries=1_000,
    page_tree_maximum_page_entries=5_000,
)
LONGEST_LINE: Final = 120  # characters of a line that a message repeats


class PdfFault(Exception):
    """A file that is no report that could be read. `code` is a text key below `verify.faults`."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Held:
    """A report in hand. `attachment`: the answers inside, None if there are none."""

    origin: Origin
    attachment: bytes | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two reports differ. `page` counts from 1; 0 if no page does. Lines are empty if equal as text."""

    page: int = 0
    here: str = ""
    there: str = ""


def read_report(data: bytes) -> Held:
    """What a PDF says of itself. Raises `PdfFault`."""
    if len(data) > LARGEST:
        raise PdfFault("too-large", most=f"{LARGEST >> 20} MB")
    if b"%PDF-" not in data[:1024]:
        raise PdfFault("not-pdf")
    with _guarded():
        root = _open(data).trailer["/Root"]
        origin = read_origin(_metadata(root))
        inside = _attachment(root)
    if origin is None:
        raise PdfFault("no-report")
    return Held(origin, inside)


def difference(held: bytes, made: bytes) -> Difference:
    """The first page on which two reports differ, and on it the first line of text that does."""
    try:
        with _guarded():
            return _difference(_open(held), _open(made))
    except PdfFault:
        return Difference()


def page_counts(held: bytes, made: bytes) -> tuple[int, int]:
    """Pages of two reports. Raises `PdfFault`."""
    with _guarded():
        return len(_open(held).pages), len(_open(made).pages)


@contextmanager
def _guarded() -> Iterator[None]:
    """Bounds for what is read inside; whatever goes wrong there is a fault of the file."""
    noise = logging.getLogger("pypdf")
    before = noise.level
    noise.setLevel(logging.CRITICAL)
    try:
        with apply_configuration(LIMITS):
            yield
    except PdfFault:
        raise
    except FileNotDecryptedError:
        raise PdfFault("encrypted") from None
    except (LimitReachedError, MemoryError, RecursionError):
        raise PdfFault("too-much-inside") from None
    except Exception as error:  # a hostile file can raise anything
        raise PdfFault("damaged", detail=type(error).__name__) from None
    finally:
        noise.setLevel(before)


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        raise PdfFault("encrypted")
    if len(reader.pages) > MOST_PAGES:
        raise PdfFault("too-much-inside")
    return reader


def _metadata(root: Any) -> str:
    packet = root.get("/Metadata")
    body: bytes = b"" if packet is None else packet.get_object().get_data()
    return body.decode("utf-8", "replace")


def _attachment(root: Any) -> bytes | None:
    """The file of answers that the document as a whole is related to."""
    for entry in root.get("/AF", ()):
        file = entry.get_object()
        if file.get("/UF") == NAME:
            body: bytes = file["/EF"]["/F"].get_object().get_data()
            if len(body) > LARGEST_ATTACHMENT:
                raise PdfFault("too-much-inside")
            return body
    return None


def _difference(held: PdfReader, made: PdfReader) -> Difference:
    for number, (here, there) in enumerate(zip(held.pages, made.pages, strict=False), start=1):
        if _marks(here) == _marks(there):
            continue
        lines = [page.extract_text().splitlines() for page in (here, there)]
        return Difference(number, *_first_change(*lines))
    return Difference()


def _marks(page: PageObject) -> bytes:
    contents = page.get_contents()
    return b"" if contents is None else contents.get_data()


def _first_change(here: list[str], there: list[str]) -> tuple[str, str]:
    """The first line on each side that the other has not at that place."""
    for kind, a, b, c, d in difflib.SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if kind != "equal":
            return " ".join(here[a:b])[:LONGEST_LINE], " ".join(there[c:d])[:LONGEST_LINE]
    return "", ""
