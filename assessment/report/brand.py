"""Whose report it is, ready for setting: the consultant's colour as a ground on which text can be read.

The colour is the ground of the head of a report and of a line under it. Colours that mean something in
charts, tables and tiles stay ours.
"""

from __future__ import annotations

import colorsys
import re
from typing import Final

from assessment.model.brand import Brand
from assessment.report.document import Ground, Sender, Typed, Words
from assessment.report.logo import picture

WHITE, INK = "#FFFFFF", "#1C2733"
LEAST_CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3: text against its ground
LONGEST: Final = 200  # characters of a name or office
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")


OURS: Final = Ground()


def sender(brand: Brand, label: str = "") -> Sender:
    """A brand ready for setting; `label` stands before the signature. Raises `ValueError` if unfit."""
    logo = picture(brand.logo) if brand.logo else None
    signature = " · ".join(part for part in (brand.name, brand.office) if part)
    return Sender(Words(label), Typed(signature), ground(brand.colour), logo, brand.logo)


def check_brand(brand: Brand) -> None:
    """Raises `ValueError` with what is wrong: a colour that is none, a logo in another form, a long name."""
    if max(len(brand.name), len(brand.office)) > LONGEST:
        raise ValueError(f"more than {LONGEST} characters")
    sender(brand)


def ground(colour: str) -> Ground:
    """The ground in a colour; ours for none. One on which neither white nor ink text reaches 4.5:1 is
    darkened as little as white text needs. Raises `ValueError` for what is no #RRGGBB.
    """
    if not colour:
        return OURS
    if not _COLOUR.fullmatch(colour):
        raise ValueError(colour)
    fill = colour.upper()
    for text in (WHITE, INK):
        if contrast(fill, text) >= LEAST_CONTRAST:
            return Ground(fill, text, text)
    return Ground(_darkened(fill), WHITE, WHITE, changed=True)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2.2, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in _parts(colour))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _darkened(colour: str) -> str:
    """The lightest shade of the same hue and saturation that carries white text."""
    hue, light, depth = colorsys.rgb_to_hls(*_parts(colour))
    shades = (colorsys.hls_to_rgb(hue, light * (1 - step / 100), depth) for step in range(1, 101))
    written = ("#" + "".join(f"{round(255 * part):02X}" for part in shade) for shade in shades)
    return next(shade for shade in written if contrast(shade, WHITE) >= LEAST_CONTRAST)
