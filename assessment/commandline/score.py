"""`score`: where firms stand on the three dilemmas; one firm in full, many firms a line each."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date

from assessment.answering.validation import check_answers, impossible
from assessment.commandline import cohort, result
from assessment.commandline.tools import FINE, PROBLEMS, Tools, add_reading, edition_of, existing, warn
from assessment.commandline.validate import line
from assessment.exchange import FileFault, Incoming, open_answers
from assessment.exchange.many import Table
from assessment.exchange.reading import fault_of
from assessment.model.results import Assessment
from assessment.model.words import Catalogue
from assessment.scoring.assess import assess


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    add_reading(parser, words)
    parser.add_argument("--json", action="store_true", help=words.text("commandline.help.json"))


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Score every firm that can be scored; the others are listed on standard error."""
    try:
        with open_answers(existing(tools, options.file), tools.desk) as found:
            if isinstance(found, Table):
                return cohort.run(found, tools, as_json=options.json)
            return _firms(found, tools, as_json=options.json, several=options.file.is_dir())
    except FileFault as fault:
        warn(str(tools.problem(fault_of(options.file, fault))))
        return PROBLEMS


def _firms(entries: Iterator[Incoming], tools: Tools, *, as_json: bool, several: bool) -> int:
    """Firms read one by one: in full if there is only one file."""
    code, scored = FINE, 0
    if several and not as_json:
        print(cohort.head(tools))
    for entry in entries:
        assessment = scored_or_told(entry, tools)
        if assessment is None:
            code = PROBLEMS
            continue
        scored += 1
        if as_json:
            # One object for one firm; for several one object a line, so that no result waits for the last.
            print(
                json.dumps(
                    result.as_data(assessment, entry), ensure_ascii=False, indent=None if several else 2
                )
            )
        elif several:
            size = result.size_text(tools, tools.say(assessment.edition), assessment)
            print(cohort.line(tools, entry, size, assessment.placements))
        else:
            print(result.as_text(tools, assessment, entry))
    return code


def scored_or_told(entry: Incoming, tools: Tools, *, certain: bool = False) -> Assessment | None:
    """The assessment of a firm, or None with what is wrong on standard error. `certain`: how sure, too."""
    if tools.complain(entry):
        warn(tools.text("score.not_scored", firm=tools.name(entry)))
        return None
    edition = edition_of(entry.answers.edition)
    problems = check_answers(edition, entry.answers, date.today())
    refused = impossible(problems)
    if refused:
        for problem in refused:
            warn(line(tools, entry, problem))
        warn(tools.text("score.not_scored", firm=tools.name(entry)))
        return None
    return assess(edition, entry.answers, problems, certain=certain)
