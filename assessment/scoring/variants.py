"""The answers of one firm many times over, with some of them changed: one row a variant."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assessment.evaluation.columns import ChoiceColumn, Column, Columns, MultiColumn, NumberColumn, columns_of
from assessment.evaluation.values import Bools, Floats
from assessment.model.answers import Answers, Reply
from assessment.model.edition import Edition


@dataclass(frozen=True, slots=True)
class Base:
    """One firm as columns of a single row."""

    columns: Columns
    _wide: dict[int, dict[str, Column]] = field(default_factory=dict, repr=False)  # by number of rows

    @classmethod
    def of(cls, edition: Edition, answers: Answers) -> Base:
        return cls(columns_of({f.id: f.cell for f in edition.fields.values()}, [answers]))

    def rows(self, count: int, changed: Mapping[str, Column], only: Collection[str] | None = None) -> Columns:
        """`count` times this firm, with the columns of changed fields in place of its own. `only`: of these
        fields; the others are then unknown.
        """
        own = self.columns.fields
        names = own if only is None else [k for k in only if k in own]
        wide = self._wide.setdefault(count, {})  # a search asks for as many rows again and again
        for name in names:
            if name not in changed and name not in wide:
                wide[name] = spread(own[name], count)
        return Columns(count, {**{k: wide[k] for k in names if k not in changed}, **changed})

    def with_replies(
        self, edition: Edition, answers: Answers, rows: Sequence[Mapping[str, Reply]]
    ) -> Columns:
        """This firm once for each entry of `rows`, which holds the replies that differ."""
        names = dict.fromkeys(name for row in rows for name in row)
        own = {name: answers.reply(name) for name in names}
        differ = answers.disputed
        batch = [
            Answers(
                answers.edition,
                replies={**own, **row},
                disputed={k: m for k, m in differ.items() if k not in row},
            )
            for row in rows
        ]
        changed = columns_of({name: edition.fields[name].cell for name in names}, batch)
        return self.rows(len(rows), changed.fields)


def spread(column: Column, count: int) -> Column:
    """A column of one row in `count` rows, not to be written to."""
    match column:
        case NumberColumn(low, high, mid, open_, dropped):
            first = _wide(low, count)
            known = low is high and low is mid
            return NumberColumn(
                first, first if known else _wide(high, count), first if known else _wide(mid, count),
                _mask(open_, count), _mask(dropped, count),
            )  # fmt: skip
        case ChoiceColumn(codes, complete):
            return ChoiceColumn(_wide(codes, count), complete)
        case MultiColumn(flags):
            return MultiColumn({k: _wide(v, count) for k, v in flags.items()})


FEW = 512  # rows up to which copies are cheaper than numpy's way of not copying


def _wide(array: np.ndarray, count: int) -> np.ndarray:
    return array.repeat(count) if count <= FEW else np.broadcast_to(array, (count,))


def _mask(mask: Bools | None, count: int) -> Bools | None:
    return None if mask is None else _wide(mask, count)


def known(values: Floats) -> NumberColumn:
    """Numbers that are known in every row."""
    return NumberColumn(values, values, values)
