"""The words of the screen: none is missing, none is left over."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "assessment"
PUT_TOGETHER = ("ui.matrix.mtx_in.", "ui.matrix.mtx_out.")  # the key of a column is put together in two steps
SCREEN = [*(ROOT / "ui").rglob("*.py"), *(ROOT / "workflow").rglob("*.py")]


def leaves(tree: dict[str, object], before: str = "") -> Iterator[str]:
    """All keys that bear a text."""
    for name, value in tree.items():
        key = f"{before}{name}"
        if isinstance(value, dict):
            yield from leaves(value, f"{key}.")
        else:
            yield key


def used() -> list[re.Pattern[str]]:
    """Every text key in the source; what stands in braces there may be one name."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in SCREEN)
    found = re.findall(r"""["']((?:ui|typed)\.[^"'\s]+)["']""", source)
    escaped = (re.escape(re.sub(r"\{[^}]*\}", "\0", key)) for key in found)
    return [re.compile(key.replace("\0", "[^.]+")) for key in escaped]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_text_of_the_screen_is_left_over(language: str) -> None:
    words = tomllib.loads((ROOT / "words" / language / "ui.toml").read_text(encoding="utf-8"))
    patterns = used()
    idle = [key for key in leaves(words) if not any(p.fullmatch(key) for p in patterns)]
    assert [key for key in idle if not key.startswith(PUT_TOGETHER)] == []


def test_every_way_to_misread_a_number_has_a_sentence() -> None:
    source = (ROOT / "exchange" / "cells.py").read_text(encoding="utf-8")
    reader = source[source.index("class Reader") : source.index("def exact")]
    named = re.findall(r'Misread\(\s*"([a-z-]+)"', reader)
    codes = {"unclear-decimal", "unclear-scale", "no-number", *named}
    words = tomllib.loads((ROOT / "words" / "en" / "ui.toml").read_text(encoding="utf-8"))
    assert codes - {"no-option"} <= set(words["typed"])
