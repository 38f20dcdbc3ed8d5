"""Figures and tables are counted in the order of reading, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.report.document import FigureBlock, Part, Report, Table


@dataclass(slots=True)
class Numbering:
    """Counts as it is asked; asks once for each figure and table shown."""

    report: Report
    figures: int = 0
    tables: int = 0

    def figure(self) -> tuple[str, int]:
        """The word and the number of the next figure."""
        self.figures += 1
        return self.report.labels.figure, self.figures

    def table(self) -> tuple[str, int]:
        """The word and the number of the next table."""
        self.tables += 1
        return self.report.labels.table, self.tables


def tables_of(part: Part) -> Iterator[Table]:
    """The tables a part shows, in the order of reading."""
    for block in part.blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, FigureBlock) and block.show_table:
            yield block.table


def targets(report: Report) -> frozenset[str]:
    """What a link may lead to: ids of parts, figures and tables. The first to bear an id is meant."""
    shown = {block.id for part in report.parts for block in part.blocks if isinstance(block, FigureBlock)}
    tables = {table.id for part in report.parts for table in tables_of(part)}
    return frozenset(shown | tables | {part.id for part in report.parts})


def safe_link(link: str, known: frozenset[str]) -> str:
    """The link if it leads to a place of this report, or to an https or mailto address; else nothing."""
    inner = link.startswith("#") and link[1:] in known
    return link if inner or link.startswith(("https://", "mailto:")) else ""
