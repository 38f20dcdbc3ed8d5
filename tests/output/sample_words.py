"""Words of the sample report, by language. Everything about the firm is invented."""

from __future__ import annotations

import tomllib
from pathlib import Path

PHRASES: dict[str, dict[str, str]] = {
    language: tomllib.loads((Path(__file__).parent / f"sample_{language}.toml").read_text(encoding="utf-8"))
    for language in ("en", "zh")
}
