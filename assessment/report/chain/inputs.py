"""The chain of an indicator, and of the answers and outside figures it ends at."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.model.certainty import Node
from assessment.model.fields import Kind
from assessment.model.formulas import fields_in
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.chain.grounds import evidence_table, grounds, names_table, spread, tell
from assessment.report.document import Block, Row, Table, Tile, Tiles, Traced, Words
from assessment.report.parts.answers import MATRIX
from assessment.report.parts.drivers import source_text
from assessment.report.parts.matrix import matrix_table
from assessment.report.readings import reading_text, reads_text
from assessment.report.replies import part_text, question_parts, reply_parts
from assessment.report.say import Say
from assessment.report.view import View

HALVES = {"ratio": ("over", "under"), "share": ("part", "rest"), "minus": ("left", "right")}


def indicator_blocks(view: View, node: Node) -> Iterator[Block]:
    """Value, formula with its two parts, answers, outside figures, ground, and what it enters."""
    say, rule = view.say, view.say.edition.indicators[node.id]
    value = Traced(reading_text(say, view.assessment.readings[node.id]), node.id)
    yield Tiles((Tile(value, Words(say.indicator(node.id)), Words(reads_text(say, rule))),))
    yield paragraph(say.text(f"indicators.{node.id}.meaning"))
    yield paragraph(tell(say, "indicator.formula", formula=say.texts.text(f"indicators.{node.id}.formula")))
    steps = _halves(node.parts[0])
    if steps is not None and all(part.value is not None for part in steps.parts):
        yield _steps_table(say, steps)
    yield from _answers(view, node)
    beside = view.assessment.yardsticks.get(node.id, ())
    if beside:
        yield evidence_table(say, beside, "indicator.yardsticks")
    yield from grounds(say, node)
    used = entered(say, node.id)
    yield (
        names_table(say, "chain-used", used, "indicator.used")
        if used
        else paragraph(tell(say, "indicator.not_used"))
    )


def _halves(node: Node) -> Node | None:
    """The quotient or difference at the head of a formula, below factors such as 100."""
    if node.kind in HALVES:
        return node
    rest = [part for part in node.parts if part.kind != "constant"]
    return _halves(rest[0]) if node.kind == "times" and len(rest) == 1 else None


def _steps_table(say: Say, node: Node) -> Table:
    pairs = zip(HALVES[node.kind], node.parts, strict=True)
    rows = tuple(
        row(cell(tell(say, f"indicator.{key}")), spread(say, part), of=part.id) for key, part in pairs
    )
    columns = (
        column(tell(say, "indicator.step"), 3.0),
        column(tell(say, "indicator.amount"), 1.0, numeric=True),
    )
    return Table("chain-steps", tell(say, "indicator.steps"), columns, rows)


def entered(say: Say, indicator: str) -> tuple[str, ...]:
    """The components that read an indicator."""
    every = (c for index in say.edition.indexes.values() for c in index.components)
    return tuple(c.id for c in every if c.indicator == indicator)


def _answers(view: View, node: Node) -> Iterator[Block]:
    """Questions with their answers; those about the service functions as one table."""
    say = view.say
    read = [n.id for n in node.walk() if n.kind == "field" and n.asked]
    questions = list(dict.fromkeys(say.edition.fields[f].question for f in read))
    plain = [q for q in questions if q not in MATRIX]
    if plain:
        yield questions_table(view, plain)
    if len(plain) < len(questions):
        yield _narrowed(view, questions)


def questions_table(view: View, questions: list[str]) -> Table:
    """Each question, leading to its page, with the answer in one line."""
    say = view.say
    rows = tuple(
        row(
            cell(say.label(q), link=f"trace:{q}"),
            cell(*question_parts(say, view.answers, say.edition.question[q], view.asked)),
            cell(tell(say, "to_form"), link=f"question:{q}"),
            of=q,
        )
        for q in questions
    )
    columns = (column(say("answers.question"), 2.6), column(say("answers.answer"), 2.6), column("", 1.0))
    return Table("chain-answers", tell(say, "indicator.answers"), columns, rows)


def _narrowed(view: View, questions: list[str]) -> Table:
    """The table of the service functions with the columns that are read, and the functions needed."""
    whole = matrix_table(view)
    kept = [0, *(n for n, q in enumerate(MATRIX, 1) if q in questions)]
    rows = (Row(tuple(line.cells[n] for n in kept), of=line.of) for line in whole.rows)
    columns = tuple(whole.columns[n] for n in kept)
    return Table("chain-matrix", tell(view.say, "indicator.matrix"), columns, tuple(rows))


def question_blocks(view: View, node: Node) -> Iterator[Block]:
    """The answers as given, and the indicators that read them."""
    say, question = view.say, view.say.edition.question[node.id]
    asked = [part for part in node.parts if part.asked]
    one = question.kind is not Kind.ROWS and len(question.fields) == 1
    rows = tuple(
        row(
            cell(say.label(node.id) if one else part_text(say, say.edition.fields[part.id])),
            cell(*reply_parts(say, say.edition.fields[part.id], view.answers.reply(part.id))),
            of=node.id,
        )
        for part in asked
    )
    columns = (column(tell(say, "question.field"), 2.0), column(say("answers.answer"), 3.0))
    if rows:
        yield Table("chain-answers", say("answers.short"), columns, rows)
    if len(asked) < len(node.parts):
        yield paragraph(tell(say, "question.asked_not", count=len(node.parts) - len(asked)))
    used = readers(say, node)
    yield (
        names_table(say, "chain-used", used, "question.used")
        if used
        else paragraph(tell(say, "question.not_used"))
    )


def readers(say: Say, node: Node) -> tuple[str, ...]:
    """The indicators that read any of the answers below a node."""
    given = {n.id for n in node.walk() if n.kind == "field"}
    rules = say.edition.indicators.values()
    return tuple(rule.id for rule in rules if given.intersection(fields_in(rule.formula)))


def evidence_blocks(view: View, node: Node) -> Iterator[Block]:
    """What an outside figure says, what it counts, and the use made of it."""
    say, key = view.say, f"evidence.{node.id}"
    for part, text in (("claim", "claim"), ("measures", "measures"), ("use", "use_reason")):
        said = say.texts.maybe(f"{key}.{text}")
        if said:
            yield paragraph(f"<b>{tell(say, f'evidence.{part}')}</b>{say('colon')}{said}")
    yield paragraph(f"<b>{say('sources.section')}</b>{say('colon')}{source_text(node.source[0])}")
    indicator = say.edition.evidence[node.id].indicator
    if indicator:
        yield names_table(say, "chain-used", (indicator,), "indicator.used")
