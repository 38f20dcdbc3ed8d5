"""Numbers in messages: as typed where they were typed, rounded where they were computed."""

from __future__ import annotations

from assessment.evaluation.values import UNBOUNDED

AS_TYPED = 4  # decimals up to which a number is taken for one that somebody typed


def plain(number: float) -> str:
    """A number without float noise: 0.3, 1,234,567, 1.33 for four thirds."""
    text = f"{number:.12g}"
    decimals = len(text.partition(".")[2])
    if "e" not in text and decimals <= AS_TYPED:
        return f"{number:,.{decimals}f}"
    places = 0 if abs(number) >= 100 else 2 if abs(number) >= 1 else 4
    rounded = f"{number:,.{places}f}"
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded


def plain_span(low: float, high: float) -> str:
    """One number, a range, or a half-open range where an answer is missing."""
    if high >= UNBOUNDED:
        return f"≥ {plain(low)}"
    if low <= -UNBOUNDED:
        return f"≤ {plain(high)}"
    first, last = plain(low), plain(high)
    return first if first == last else f"{first}–{last}"
