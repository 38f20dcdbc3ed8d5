"""Makes one uploaded picture plain inside its own process: limits, a look, decoding, a fresh small PNG.

Run as a script: the picture comes on standard input, one line of JSON goes out. Nothing of this product is
imported, so that it may die alone. An SVG is refused if it holds anything that a drawn logo does not need.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import math
import re
import sys
from typing import IO, Any
from xml.parsers import expat

MEMORY = 1 << 30  # bytes of address space
CPU_SECONDS = 10
LARGEST_SIDE = 4000  # pixels, by the header
LEAST_SIDE = 48  # pixels of the longer side of a picture
WIDEST, TALLEST = 600, 300  # pixels of what goes out
NEARLY_WHITE = 245  # of 255: a picture with nothing darker shows nothing on white
MOST_ELEMENTS = 20_000  # of an SVG once every reference is followed
DEEPEST = 60
SVG = "http://www.w3.org/2000/svg"
DRAWN = {  # elements of a drawing that stay
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "textPath", "title", "desc", "metadata", "linearGradient",
    "radialGradient", "stop", "clipPath", "mask", "style", "a", "switch", "view",
}  # fmt: skip
UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
LENGTH = re.compile(r"\s*\+?(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*(px|pt|pc|mm|cm|in)?\s*")
ADDRESS = re.compile(r"url\s*\(\s*['\"]?\s*([^'\")\s]*)", re.IGNORECASE)
STYLE_TRICKS = re.compile(r"@|expression|javascript|\\", re.IGNORECASE)


class Refused(Exception):
    """Why a picture is not taken: a code and details for the message."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def limit_this_process() -> None:
    """Bound memory and processor time. On systems without `resource` the parent's clock must do."""
    try:
        import resource
    except ImportError:
        return
    wanted = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_CORE, 0))
    for what, most in wanted:
        with contextlib.suppress(ValueError, OSError):  # some systems know the limit but do not take it
            resource.setrlimit(what, (most, most))


def plain(body: bytes) -> bytes:
    """The picture as a PNG of 8-bit RGB on white with nothing else in it. Raises `Refused`."""
    if body.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _written(_flat(body))
    return _written(_flat(_drawn(body)))


# --- pixels -------------------------------------------------------------------------------------


def _flat(body: bytes) -> Any:
    """The first frame on white. The size is read from the header, before anything is decoded."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = LARGEST_SIDE * LARGEST_SIDE
    try:
        found: Any = Image.open(io.BytesIO(body), formats=("PNG", "JPEG"))
        _check_size(*found.size)
        found.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("too-large") from None
    except (OSError, ValueError, SyntaxError, KeyError, IndexError) as error:
        raise Refused("damaged", type(error).__name__) from error
    if found.mode.startswith("I"):  # grey of 16 bits
        found = found.point(lambda value: value / 256).convert("L")
    image = found.convert("RGBA")
    white = Image.new("RGB", image.size, (255, 255, 255))
    white.paste(image, mask=image.getchannel("A"))
    return white


def _check_size(width: float, height: float) -> None:
    if max(width, height) > LARGEST_SIDE:
        raise Refused("too-large", f"{width:.0f} x {height:.0f}")
    if min(width, height) < 1 or max(width, height) < LEAST_SIDE:
        raise Refused("too-small", f"{width:.0f} x {height:.0f}")


def _written(image: Any) -> bytes:
    """Small and without profile, text or time."""
    image.thumbnail((WIDEST, TALLEST))
    if min(low for low, _ in image.getextrema()) > NEARLY_WHITE:
        raise Refused("white")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


# --- drawings -----------------------------------------------------------------------------------


def _drawn(body: bytes) -> bytes:
    """An SVG as a picture that just fills the room there is."""
    import vl_convert

    look = _Look()
    text = look.over(body)
    width, height = look.size
    try:
        made: bytes = vl_convert.svg_to_png(text, scale=min(WIDEST / width, TALLEST / height))
    except ValueError as error:
        raise Refused("damaged", "SVG") from error
    return made


class _Look:
    """Goes over an SVG once: what is in it, how large it is, and what following its references costs."""

    def __init__(self) -> None:
        self.size = (0.0, 0.0)
        self._costs: list[_Element] = []
        self._open: list[_Element] = []
        self._named: dict[str, _Element] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._no_dtd
        self._parser.EntityDeclHandler = self._no_dtd
        self._parser.ProcessingInstructionHandler = self._no_instruction
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def over(self, body: bytes) -> str:
        """The text of a drawing fit to be drawn. Raises `Refused`."""
        try:
            text = body.decode("utf-8-sig")
            self._parser.Parse(text, True)
        except UnicodeDecodeError:
            raise Refused("unknown-kind") from None
        except expat.ExpatError:
            raise Refused("damaged" if self._costs else "unknown-kind", "XML") from None
        if _cost(self._costs[0], self._named, {}, ()) > MOST_ELEMENTS:
            raise Refused("too-much")
        return text

    def _no_dtd(self, *_: Any) -> None:
        raise Refused("doctype")

    def _no_instruction(self, *_: Any) -> None:
        raise Refused("outside", "<?")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if not self._costs and (space, name) != (SVG, "svg"):
            raise Refused("unknown-kind")
        if space == SVG and name not in DRAWN:
            raise Refused("element", name)
        element = _Element(name)
        self._costs.append(element)
        if len(self._costs) > MOST_ELEMENTS or len(self._open) > DEEPEST:
            raise Refused("too-much")
        for key, value in attributes.items():
            self._attribute(element, key.rpartition(" ")[2], value)
        if self._open:
            self._open[-1].inside.append(element)
        else:
            self.size = _size(attributes)
        self._open.append(element)

    def _attribute(self, element: _Element, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            raise Refused("element", key)
        if key == "id":
            self._named.setdefault(value, element)
        if key in ("href", "src"):
            if not value.startswith("#"):
                raise Refused("outside", value)
            element.uses.append(value[1:])
        if key == "style" and STYLE_TRICKS.search(value):
            raise Refused("element", "style")
        element.uses += _addresses(value)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open[-1].name == "style":
            if STYLE_TRICKS.search(text):
                raise Refused("element", "style")
            self._costs[0].uses += _addresses(text)


class _Element:
    """One element: what stands in it, and which ids it refers to."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.inside: list[_Element] = []
        self.uses: list[str] = []


def _addresses(value: str) -> list[str]:
    """The ids in `url(#...)`. Raises `Refused` for any other address."""
    found = ADDRESS.findall(value)
    for address in found:
        if not address.startswith("#"):
            raise Refused("outside", address)
    return [address[1:] for address in found]


def _cost(
    element: _Element, named: dict[str, _Element], known: dict[int, int], above: tuple[int, ...]
) -> int:
    """Elements drawn once every reference is followed. Raises `Refused` for a circle."""
    me = id(element)
    if me in known:
        return known[me]
    if me in above or len(above) > 4 * DEEPEST:
        raise Refused("too-much")
    below = [*element.inside, *(named[u] for u in element.uses if u in named and element.name != "style")]
    known[me] = min(1 + sum(_cost(b, named, known, (*above, me)) for b in below), 10 * MOST_ELEMENTS)
    return known[me]


def _size(attributes: dict[str, str]) -> tuple[float, float]:
    """Width and height in pixels, from the attributes or else the view box. Raises `Refused`."""
    box = [_number(part) for part in re.split(r"[\s,]+", attributes.get("viewBox", "").strip())]
    of_box = box[2:] if len(box) == 4 else [None, None]
    found = [
        of_box[place] if attributes.get(name, "").strip().endswith("%") or name not in attributes
        else _length(attributes[name])
        for place, name in enumerate(("width", "height"))
    ]  # fmt: skip
    width, height = found
    if width is None or height is None or width <= 0 or height <= 0:
        raise Refused("no-size")
    if max(width, height) > LARGEST_SIDE:
        raise Refused("too-large", f"{width:.0f} x {height:.0f}")
    if min(width, height) * min(WIDEST / width, TALLEST / height) < 1:
        raise Refused("too-small", f"{width:g} x {height:g}")
    return width, height


def _length(text: str) -> float | None:
    found = LENGTH.fullmatch(text)
    return float(found[1]) * UNITS[found[2] or ""] if found else None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def main(source: IO[bytes], target: IO[str]) -> None:
    """Write the plain picture, or why it is refused, as one line of JSON."""
    limit_this_process()
    body = source.read()
    try:
        out = {"png": base64.b64encode(plain(body)).decode()}
    except Refused as refusal:
        out = {"refused": refusal.code, "detail": refusal.detail[:80]}
    except (MemoryError, RecursionError):
        out = {"refused": "too-much", "detail": ""}
    except Exception as error:  # a library's own errors: the file is damaged in a way the look did not see
        out = {"refused": "damaged", "detail": type(error).__name__}
    target.write(json.dumps(out, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout)
