"""Worked cases are readable, possible, told in every language, and expect levels and measures that exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assessment.answering.validation import check_answers, impossible
from assessment.content.cases import Case, read_case
from assessment.content.desk import Desk
from assessment.content.reading import read_toml
from assessment.model.answers import Answered

YEAR = "prf_period.year"

EVALUATES = True  # looked at once the rules can be evaluated


def check(desk: Desk) -> None:
    seen: dict[str, str] = {}
    for file in desk.case_files():
        if not read_toml(file, desk.faults):
            continue
        case, problems = read_case(desk.edition, file)
        for problem in problems:
            place = problem.where.rpartition(": ")[2]
            desk.faults.note(
                "worked-case", file, place, problem.what, "See the format of answers in edition-format.md."
            )
        _answers(desk, file, case)
        _frame(desk, file, case, seen)


def _answers(desk: Desk, file: Path, case: Case) -> None:
    year = case.answers.reply(YEAR)
    # A case is read in the year after the one it reports, so that it does not age.
    closed = (
        int(year.value) if isinstance(year, Answered) and not isinstance(year.value, (str, tuple)) else 2025
    )
    for problem in impossible(check_answers(desk.edition, case.answers, date(closed + 1, 6, 30))):
        values = ", ".join(f"{k} {v}" for k, v in problem.values)
        what = f"impossible answers in {', '.join(problem.fields[:3])}: {problem.code} ({values})."
        desk.faults.note(
            "worked-case", file, problem.fields[0], what, "Change the answers of this invented firm."
        )


def _frame(desk: Desk, file: Path, case: Case, seen: dict[str, str]) -> None:
    edition, note = desk.edition, desk.faults.note
    if case.id in seen or case.id != file.stem:
        note(
            "worked-case", file, case.id, "the id is not the name of the file.", f'Set `id = "{file.stem}"`.'
        )
    seen[case.id] = file.name
    for key, told in (("firm", case.firm), ("story", case.story)):
        for language in edition.languages:
            if not told.get(language):
                note(
                    "worked-case", file, key, f"no `{key}` in `{language}`.", f"Add `{language}` to [{key}]."
                )
    for name in (*case.expected, *edition.dilemmas):
        level = case.expected.get(name)
        if name not in edition.dilemmas or level not in edition.placement.levels:
            what = f"expected level of {name}: `{level}`."
            note(
                "worked-case",
                file,
                name,
                what,
                f"Use one of {', '.join(edition.placement.levels)} for each dilemma.",
            )
    for name in case.recommended:
        if name not in edition.countermeasures:
            note(
                "worked-case", file, "recommended", f"measure `{name}` does not exist.", "Name one that does."
            )
