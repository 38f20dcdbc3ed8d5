"""The chain of a service function, of all of them together, and of a measure."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.model.certainty import Node
from assessment.report import numbers
from assessment.report.blocks import column, paragraph, row
from assessment.report.chain.grounds import grounds, names_table, opened, spread, tell
from assessment.report.chain.inputs import readers
from assessment.report.document import Block, Row, Table, Words
from assessment.report.parts.functions import functions_table
from assessment.report.replies import reply_parts
from assessment.report.view import View


def functions_blocks(view: View) -> Iterator[Block]:
    """The totals are the sums of these rows."""
    yield paragraph(tell(view.say, "function.lead"))
    yield functions_table(view)


def function_blocks(view: View, node: Node) -> Iterator[Block]:
    """What it costs, what was answered about it, and the indicators that read it."""
    say = view.say
    given = {n.id: n for n in node.walk() if n.kind == "field" and n.asked}
    sums = [part for part in node.parts if part.kind != "field"]
    keys = ("function.inside", "function.outside")
    rows = [row(tell(say, key), spread(say, part), of=node.id) for key, part in zip(keys, sums, strict=False)]
    rows += [_answer(view, node.id, name) for name in given if name.split(".")[1:2] == [node.id]]
    yield paragraph(tell(say, "function.lead"))
    columns = (column(say("answers.question"), 3.0), column(say("answers.answer"), 2.0))
    yield Table("chain-function", tell(say, "function.table"), columns, tuple(rows))
    yield names_table(say, "chain-used", readers(say, node), "question.used")


def _answer(view: View, function: str, name: str) -> Row:
    say, field = view.say, view.say.edition.fields[name]
    label = opened(say, field.question)
    if field.column:
        part = say.text(f"questions.{field.question}.parts.{field.column}")
        return row(part, _joined(view, name), of=function)
    return row(label, _joined(view, name), of=function)


def _joined(view: View, name: str) -> Words:
    field = view.say.edition.fields[name]
    return Words("".join(reply_parts(view.say, field, view.answers.reply(name))))


def measure_blocks(view: View, node: Node) -> Iterator[Block]:
    """What it may relieve or make worse, and what it rests on."""
    say, rule = view.say, view.say.edition.countermeasures[node.id]
    yield paragraph(say.text(f"countermeasures.{node.id}.why"))
    if node.parts:
        yield paragraph(tell(say, "measure.lead"))
        rows = tuple(
            row(opened(say, p.id), numbers.percent(abs(p.weight or 0.0)), _change(p.value or 0.0), of=p.id)
            for p in node.parts
        )
        columns = (
            column(tell(say, "index.component"), 3.0),
            column(tell(say, "measure.share"), 0.8, numeric=True),
            column(tell(say, "measure.change"), 1.0, numeric=True),
        )
        yield Table("chain-measure", tell(say, "measure.table"), columns, rows)
    else:
        yield paragraph(tell(say, "measure.nothing"))
    effort = {"effort": say(f"effort.{rule.effort}"), "kind": say(f"kind.{rule.kind}_long")}
    yield paragraph(tell(say, "measure.effort", **effort))
    yield from grounds(say, node)


def _change(points: float) -> str:
    """Relief takes severity away."""
    return numbers.number(-points) if points >= 0 else f"+{numbers.number(-points)}"
