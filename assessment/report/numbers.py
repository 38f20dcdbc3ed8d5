"""How numbers are written: the only rounding in the product, for screen, paper, exports and command line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

NARROW = "\u202f"  # between groups of three digits
FIXED = "\u00a0"  # between a number and its unit, so that a line never ends between them
MINUS = "\u2212"


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Rounded half up, digits grouped by narrow spaces, a true minus sign: 12 345.6."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    text = f"{abs(rounded):,f}".replace(",", NARROW)
    return (MINUS if rounded < 0 else "") + text


def exact(value: Decimal) -> str:
    """A typed number in full, without trailing zeros after the point."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    whole, _, rest = text.partition(".")
    return (
        number(Decimal(whole or "0")) + (f".{rest}" if rest else "")
        if abs(value) >= 1000
        else text.replace("-", MINUS)
    )


def amount(value: float) -> str:
    """Money in the firm's own unit: three significant digits below 100, whole above."""
    size = abs(value)
    return number(value, 0 if size >= 100 else 1 if size >= 10 else 2)


def score(value: float, cuts: Sequence[float] = ()) -> str:
    """A severity or position 0-100 as a whole number that never crosses a cut by rounding."""
    whole = math.floor(value + 0.5)
    for cut in cuts:
        if value < cut <= whole:
            whole = math.ceil(cut) - 1
    return number(whole)


def percent(share: float) -> str:
    """A share 0..1 in whole percent; never 100 or 0 for something short of it."""
    whole = math.floor(share * 100 + 0.5)
    if share < 1 and whole >= 100:
        whole = 99
    if share > 0 and whole <= 0:
        whole = 1
    return f"{whole}{FIXED}%"


def adding_up(parts: Sequence[float], total: int) -> list[int]:
    """Whole numbers near `parts` that add up to `total`: largest remainders first, then order."""
    floors = [math.floor(p) for p in parts]
    short = total - sum(floors)
    order = sorted(range(len(parts)), key=lambda i: (-(parts[i] - floors[i]), i))
    for i in order[: max(short, 0)]:
        floors[i] += 1
    for i in order[::-1][: max(-short, 0)]:
        floors[i] -= 1
    return floors
