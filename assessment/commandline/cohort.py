"""Many firms: one line a firm, read and scored in batches, so that memory does not grow with the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from assessment.answering.validation import check_answers, impossible, refused_rows
from assessment.commandline import result
from assessment.commandline.tools import FINE, PROBLEMS, Tools, printable, warn
from assessment.commandline.validate import line as problem_line
from assessment.evaluation.columns import UNKNOWN
from assessment.evaluation.size import size_names
from assessment.exchange import FileFault, Incoming
from assessment.exchange.columns import columns_of_batch
from assessment.exchange.faults import Fault, Place
from assessment.exchange.many import Batch, Table, batches
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.results import Placement
from assessment.scoring.assess import assess_many
from assessment.scoring.cohort import score
from assessment.scoring.place import placement

AT_ONCE: Final = 200  # full results held in memory together


def run(table: Table, tools: Tools, *, as_json: bool) -> int:
    """Score every row that can be scored; the others are listed on standard error."""
    for fault in table.faults:
        warn(str(tools.problem(fault)))
    if not as_json:
        print(head(tools))
    scored = refused = 0
    broken = bool(table.faults)
    try:
        for batch in batches(table):
            good = _good_rows(table, batch, tools)
            scored, refused = scored + len(good), refused + len(batch.rows) - len(good)
            for text in _in_full(table, batch, good) if as_json else _in_lines(table, batch, good, tools):
                print(text)
    except FileFault as fault:
        row = next((int(v) for k, v in fault.values if k == "row"), 0)
        warn(str(tools.problem(Fault(fault.code, Place(table.file, row), values=fault.values))))
        broken = True
    warn(tools.text("score.totals", scored=scored, refused=refused))
    return PROBLEMS if refused or broken else FINE


def _good_rows(table: Table, batch: Batch, tools: Tools) -> list[int]:
    """Positions of the rows that can be scored; what is wrong with the others goes to standard error."""
    edition = table.reader.edition
    refused = refused_rows(edition, columns_of_batch(edition, batch), date.today())
    good = []
    for position, row in enumerate(batch.rows):
        faults = batch.faults.get(row, ())
        if not faults and not refused[position]:
            good.append(position)
            continue
        entry = Incoming(table.file, _answers(table, batch, position), faults, row)
        tools.complain(entry)
        if refused[position]:
            where = tools.text("firm_row", file=table.file, row=row)
            for problem in impossible(check_answers(edition, entry.answers, date.today())):
                warn(f"{where}: {problem_line(tools, entry, problem)}")
    return good


def _answers(table: Table, batch: Batch, position: int) -> Answers:
    return Answers(table.reader.edition.id, batch.firms[position], batch.of_row(position))


# --- a line a firm -----------------------------------------------------------------------------


def head(tools: Tools) -> str:
    """The first line: names of the columns, separated by tabs so that other programs can read on."""
    edition = tools.say().edition
    levels = (
        column
        for d in edition.dilemmas
        for column in (d, f"{d} {tools.text('score.severity')}", f"{d} {tools.text('score.interval')}")
    )
    return "\t".join((tools.text("score.row"), tools.text("score.firm"), tools.text("score.size"), *levels))


def line(tools: Tools, entry: Incoming, size: str, placements: Iterable[Placement]) -> str:
    """One firm: where it stands in the file, name, size, and level, severity and interval of each dilemma."""
    say = tools.say(entry.answers.edition)
    cells = [
        str(entry.row) if entry.row else entry.file,
        tools.name(entry).replace("\t", " ").replace("\n", " "),
        size,
    ]
    for place in placements:
        cells += [
            result.level_text(say, place),
            result.score_text(say, place),
            result.interval_text(say, place.low, place.high),
        ]
    return "\t".join(printable(cell) for cell in cells)


def _in_lines(table: Table, batch: Batch, good: list[int], tools: Tools) -> Iterator[str]:
    """Scored together as columns; only the words are made firm by firm."""
    edition = table.reader.edition
    scores = score(edition, columns_of_batch(edition, batch))
    for position in good:
        answers = _answers(table, batch, position)
        places = [placement(edition, scores, position, d, answers) for d in edition.dilemmas]
        entry = Incoming(table.file, answers, row=batch.rows[position])
        yield line(tools, entry, size_of(tools, edition, int(scores.size[position])), places)


def size_of(tools: Tools, edition: Edition, code: int) -> str:
    """The size class in words; the default, marked, where the answers leave it open."""
    if edition.sizes is None:
        return ""
    name = edition.sizes.default if code == UNKNOWN else size_names(edition)[code]
    words = tools.say(edition.id).texts.text(f"sizes.{name}")
    return tools.text("score.size_assumed", size=words) if code == UNKNOWN else words


def _in_full(table: Table, batch: Batch, good: list[int]) -> Iterator[str]:
    """Everything computed for each firm: one JSON object a line."""
    edition = table.reader.edition
    for start in range(0, len(good), AT_ONCE):
        here = good[start : start + AT_ONCE]
        firms = [_answers(table, batch, position) for position in here]
        problems = [check_answers(edition, answers, date.today()) for answers in firms]
        for position, found in zip(here, assess_many(edition, firms, problems), strict=True):
            entry = Incoming(table.file, found.answers, row=batch.rows[position])
            yield json.dumps(result.as_data(found, entry), ensure_ascii=False)
