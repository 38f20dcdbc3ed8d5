"""The service functions of one firm, row by row: mode, spend inside and outside, set-up level."""

from __future__ import annotations

import math

from assessment.evaluation.columns import DROPPED, UNKNOWN, UNTOUCHED
from assessment.evaluation.values import Values
from assessment.model.answers import Answered, Answers
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell
from assessment.model.results import FunctionRow
from assessment.scoring.cohort import Scores

ROWS, MODE, CORE, QUALITY, REACH = "functions", "mtx_mode", "mtx_core", "mtx_quality", "int_reach"
INSIDE, OUTSIDE = "spend_in", "spend_out"  # derived values of the edition


def function_rows(edition: Edition, scores: Scores, row: int, answers: Answers) -> tuple[FunctionRow, ...]:
    """One entry a service function in the order of the edition; money in the firm's own unit."""
    if f"{INSIDE}.{next(iter(edition.rows.get(ROWS, ('',))))}" not in edition.derived:
        return ()
    return tuple(_row(edition, scores, row, answers, name) for name in edition.rows[ROWS])


def _row(edition: Edition, scores: Scores, row: int, answers: Answers, name: str) -> FunctionRow:
    core = _choice(edition, scores, row, f"{CORE}.{name}")
    setup = _number(scores.evaluator.number(f"{QUALITY}.{name}"), row)
    typed = isinstance(answers.reply(f"mtx_in.{name}"), Answered)
    inside = edition.derived[f"{INSIDE}.{name}"]
    by_posts = any(f.endswith(".fte") for f in scores.evaluator.reads(inside)) and not typed
    inside_value = _number(scores.evaluator.values(inside), row)
    mode = _choice(edition, scores, row, f"{MODE}.{name}")
    return FunctionRow(
        function=name,
        mode=mode,
        core=None if not core else core == "core",
        inside=inside_value,
        outside=_number(scores.evaluator.values(edition.derived[f"{OUTSIDE}.{name}"]), row),
        setup=None if setup is None else int(setup),
        estimated=by_posts and inside_value is not None and mode in ("inside", "both"),
        reach=_choice(edition, scores, row, f"{REACH}.{name}"),
    )


def _number(values: Values, row: int) -> float | None:
    gone = values.gone
    mid = float(values.mid[row])
    return None if math.isnan(mid) or (gone is not None and bool(gone[row])) else mid


def _choice(edition: Edition, scores: Scores, row: int, field: str) -> str:
    code = int(scores.evaluator.choice(field)[row])
    cell = edition.fields[field].cell
    assert isinstance(cell, ChoiceCell), field
    return "" if code in (UNKNOWN, DROPPED, UNTOUCHED) else cell.options[code]
