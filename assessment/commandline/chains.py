"""The chain of a number as text, for what has no tree of reasons of its own: answers, functions, measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assessment.answering.relevance import asked
from assessment.commandline.tools import Tools, printable
from assessment.model.certainty import Node
from assessment.model.results import Assessment
from assessment.report.chain.page import chain
from assessment.report.document import Block, Cell, Paragraph, Table, Text
from assessment.report.view import View


def as_text(tools: Tools, assessment: Assessment, node: Node) -> str:
    """The page behind a number as lines."""
    say = tools.say(assessment.edition)
    view = View(say, assessment, date.today(), asked(say.edition, assessment.answers))
    page = chain(view, node.id, node)
    lines = [f"{node.id}  {_plain(page.headline)}", *(line for b in page.blocks for line in _lines(b))]
    return printable("\n".join(lines))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(parts, _):
            yield f"  {_plain(parts)}"
        case Table():
            yield f"  {_plain((block.title,))}"
            for row in block.rows:
                yield f"    {_cells(row.cells)}"
        case _:
            return


def _cells(cells: tuple[Cell, ...]) -> str:
    """Without links into the form, which lead nowhere here."""
    said = (_plain(cell.parts) for cell in cells if not cell.link.startswith("question:"))
    return " | ".join(text for text in said if text)


def _plain(parts: tuple[Text, ...]) -> str:
    return re.sub(r"</?[bi]>", "", "".join(parts))
