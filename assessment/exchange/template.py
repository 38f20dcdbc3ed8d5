"""An empty file of answers in which every question is explained."""

from __future__ import annotations

import json
from typing import Any

from assessment.answering.relevance import questions_on_path
from assessment.exchange.faults import expected, field_label
from assessment.exchange.incoming import FORMAT
from assessment.exchange.sheet_out import unit_text, write_sheet
from assessment.model.answers import Answers
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, Question
from assessment.report.replies import option_text
from assessment.report.say import Say


def xlsx_template(say: Say, *, quick: bool = False) -> bytes:
    """An empty workbook for one firm."""
    return write_sheet(say, Answers(say.edition.id), questions_on_path(say.edition, quick))


def json_template(say: Say, *, quick: bool = False) -> bytes:
    """An empty JSON file for one firm; `questions` explains and is not read back."""
    questions = questions_on_path(say.edition, quick)
    body = {
        "format": FORMAT, "edition": say.edition.id, "firm": "",
        "answers": {f.id: None for q in questions for f in q.fields},
        "comments": {}, "confirmed": {},
        "questions": [_question(say, q) for q in questions],
    }  # fmt: skip
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


def _question(say: Say, question: Question) -> dict[str, Any]:
    texts = {
        key: say.texts.maybe(f"questions.{question.id}.{key}")
        for key in ("definition", "example", "why", "changes")
    }
    section = say.texts.text(f"sections.{question.section}.title")
    fields = {f.id: _field(say, f) for f in question.fields}
    return {"id": question.id, "section": section, "label": say.label(question.id), **texts, "fields": fields}


def _field(say: Say, field: Field) -> dict[str, Any]:
    out: dict[str, Any] = {"label": field_label(say, field), "expected": expected(say, field)}
    match field.cell:
        case ChoiceCell(options, _) | MultiCell(options, _):
            out["options"] = {o: option_text(say, field, o) for o in options}
        case LevelCell(scale, _):
            out["levels"] = list(say.texts.many(f"scales.{scale}.levels"))
        case _:
            out["unit"] = unit_text(say, field)
    return out
