"""Measuring in one process and one run, side by side: processor time, medians, ratios."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median


def processor_ms(work: Callable[[], object]) -> float:
    """Milliseconds of processor time that one call takes."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1e3


def side_by_side(works: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Median milliseconds by name. The works take turns, each run beginning with another one."""
    names, taken = list(works), {name: list[float]() for name in works}
    for run in range(runs):
        first = run % len(names)
        for name in names[first:] + names[:first]:
            taken[name].append(processor_ms(works[name]))
    return {name: median(times) for name, times in taken.items()}
