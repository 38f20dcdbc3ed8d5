"""A batch of rows as the columns that scoring works on, without an object a cell."""

from __future__ import annotations

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
        found[name] = _spread(column, codes)
    return Columns(len(batch.rows), found)


def _spread(column: Column, codes: list[int]) -> Column:
    match column:
        case NumberColumn(low, high, mid, open_, dropped):
            wide = low[codes]
            exact = low is high and low is mid
            return NumberColumn(
                wide,
                wide if exact else high[codes],
                wide if exact else mid[codes],
                None if open_ is None else open_[codes],
                None if dropped is None else dropped[codes],
            )
        case ChoiceColumn(options, complete):
            return ChoiceColumn(options[codes], complete)
        case MultiColumn(flags):
            return MultiColumn({option: flag[codes] for option, flag in flags.items()})
