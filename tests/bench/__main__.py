"""What the product costs, as ratios to what it could cost at least, measured in one run.

`make bench` runs everything; `python -m tests.bench firms` runs what is named. A measurement is a function
that prints its lines; it is entered in `MEASUREMENTS`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

import numpy as np

from assessment.content.cases import load_cases
from assessment.content.load import load_edition
from assessment.evaluation.columns import Columns
from assessment.model.edition import Edition
from assessment.scoring.assess import assess
from assessment.scoring.cohort import CHUNK, score, score_chunks
from tests.bench.firms import firms
from tests.bench.floor import Floor
from tests.bench.paper import reports
from tests.bench.plans import everything, forty_measures
from tests.bench.screen import reruns, seats
from tests.bench.timing import side_by_side
from tests.bench.whatif import tries
from tests.conftest import EDITION

FIRMS, BLOCK, RUNS = 1_000_000, 8 * CHUNK, 3


def many_firms() -> None:
    """A million firms, measured and placed on the three dilemmas with bounds, against bare arithmetic."""
    edition = load_edition(EDITION)
    _must_agree(edition)
    total = dict.fromkeys(("engine", "floor", "point"), 0.0)
    for start in range(0, FIRMS, BLOCK):  # block by block: the columns of a million firms take gigabytes
        block = firms(edition, min(BLOCK, FIRMS - start), seed=start)
        works = {
            "engine": partial(_score, edition, block),
            "floor": partial(_bare, edition, block, point=False),
            "point": partial(_bare, edition, block, point=True),
        }
        for name, milliseconds in side_by_side(works, RUNS).items():
            total[name] += milliseconds
    print(f"{FIRMS:,} firms, bounds and levels of three dilemmas, one cell in twenty unknown:")
    engine, floor, point = (milliseconds / 1e3 for milliseconds in total.values())
    print(f"  engine {engine:.2f} s, bare arithmetic {floor:.2f} s (processor time)")
    print(f"  engine / bare arithmetic             {engine / floor:.2f}  (aim: at most 3)")
    print(f"  engine / bare arithmetic, point only {engine / point:.2f}")


def _score(edition: Edition, block: Columns) -> None:
    for _, found in score_chunks(edition, block, indexes=edition.dilemmas):
        for dilemma in edition.dilemmas:
            _levels(edition, found.indexes[dilemma].low)
            _levels(edition, found.indexes[dilemma].high)


def _levels(edition: Edition, scores: np.ndarray) -> np.ndarray:
    return np.searchsorted(np.array(edition.placement.cuts), np.round(scores, 9), side="right")


def _bare(edition: Edition, block: Columns, *, point: bool) -> None:
    for start in range(0, block.rows, CHUNK):
        Floor(edition, block.part(start, start + CHUNK), point=point).place()


def _must_agree(edition: Edition) -> None:
    """Both must compute the same thing, or the ratio means nothing."""
    sample = firms(edition, CHUNK, seed=1)
    ours = score(edition, sample, edition.dilemmas)
    for dilemma, (low, high, *levels) in Floor(edition, sample).place().items():
        found = ours.indexes[dilemma]
        apart = max(np.abs(found.low - low).max(), np.abs(found.high - high).max())
        same = all(
            (_levels(edition, x) == y).all() for x, y in zip((found.low, found.high), levels, strict=True)
        )
        if apart > 1e-9 or not same:
            raise SystemExit(f"engine and bare arithmetic differ on {dilemma} by {apart}: nothing to compare")


def one_firm() -> None:
    """One firm's full result, over the worked cases."""
    edition = load_edition(EDITION)
    works = {case.id: partial(assess, edition, case.answers) for case in load_cases(edition)}
    for work in works.values():
        work()
    times = sorted(side_by_side(works, 15).values())
    print(f"One firm, full result, {len(times)} worked cases (processor time, median of 15 runs each):")
    print(f"  middle {times[len(times) // 2]:.1f} ms, slowest {times[-1]:.1f} ms  (aim: under 5 ms)")


MEASUREMENTS: dict[str, Callable[[], None]] = {
    "firms": many_firms,
    "one": one_firm,
    "plan": everything,
    "forty": forty_measures,
    "pdf": reports,
    "rerun": reruns,
    "seat": seats,
    "whatif": tries,
}


def main(wanted: list[str]) -> int:
    """Run the measurements named, or all of them."""
    unknown = [name for name in wanted if name not in MEASUREMENTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(MEASUREMENTS)}", file=sys.stderr)
        return 2
    for name in wanted or MEASUREMENTS:
        MEASUREMENTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
