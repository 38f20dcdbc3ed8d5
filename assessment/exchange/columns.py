"""A batch of rows as the columns that scoring works on, without an object a cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assessment.evaluation.columns import (
    ChoiceColumn,
    Column,
    Columns,
    MultiColumn,
    NumberColumn,
    columns_of,
)
from assessment.exchange.many import Batch
from assessment.model.answers import Answers
from assessment.model.edition import Edition


def columns_of_batch(edition: Edition, batch: Batch) -> Columns:
    """The replies of a batch as columns. Each different reply is turned once, then spread over its rows."""
    found = {}
    for name, (replies, codes) in batch.replies.items():
        different = [Answers(edition.id, replies={name: reply}) for reply in replies]
        column = columns_of({name: edition.fields[name].cell}, different).fields[name]
        found[name] = _spread(column, np.array(codes, dtype=np.intp))
    return Columns(len(batch.rows), found)


def _spread(column: Column, codes: NDArray[np.intp]) -> Column:
    match column:
        case NumberColumn(low, high, mid, open_, dropped):
            wide = np.take(low, codes)
            exact = low is high and low is mid
            return NumberColumn(
                wide, wide if exact else np.take(high, codes), wide if exact else np.take(mid, codes),
                None if open_ is None else np.take(open_, codes), None if dropped is None else np.take(dropped, codes),
            )  # fmt: skip
        case ChoiceColumn(options, complete):
            return ChoiceColumn(np.take(options, codes), complete)
        case MultiColumn(flags):
            return MultiColumn({option: np.take(flag, codes) for option, flag in flags.items()})
