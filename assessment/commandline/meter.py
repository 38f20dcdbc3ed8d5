"""How far a long piece of work is, on standard error."""

from __future__ import annotations

import sys
import time

from assessment.commandline.tools import printable, warn
from assessment.model.words import Catalogue

WIDTH = 20  # characters of the bar


class Meter:
    """How far the work is: a line that rewrites itself on a terminal, a line every tenth elsewhere."""

    def __init__(self, whole: int, words: Catalogue) -> None:
        self.whole = whole
        self.done = 0
        self._words = words
        self._began = time.monotonic()
        self._live = sys.stderr.isatty()

    def step(self) -> None:
        before, self.done = self.done, self.done + 1
        if self._live:
            print(f"\r\x1b[K{self._text()}", end="", file=sys.stderr, flush=True)
        elif self.done * 10 // self.whole > before * 10 // self.whole:
            warn(self._text())

    def end(self) -> None:
        """Clear the line, so that what is printed next stands alone."""
        if self._live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _text(self) -> str:
        pace = (time.monotonic() - self._began) / self.done
        left = round(pace * (self.whole - self.done))
        filled = "█" * (WIDTH * self.done // self.whole)
        return printable(
            self._words.text(
                "bulk.progress",
                bar=filled.ljust(WIDTH, "░"),
                done=self.done,
                whole=self.whole,
                left=f"{left // 60}:{left % 60:02d}",
            )
        )
