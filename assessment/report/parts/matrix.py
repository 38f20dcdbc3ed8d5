"""The function matrix as one table: the answers as given, one row a service function."""

from __future__ import annotations

from assessment.model.answers import Answered
from assessment.report import numbers
from assessment.report.blocks import cell, column, row
from assessment.report.document import Row, Table, Text, Words
from assessment.report.replies import option_text, reply_parts
from assessment.report.view import View


def matrix_table(view: View) -> Table:
    """One row a service function."""
    say = view.say
    columns = (
        column(say("functions.function"), 2.6),
        column(say("functions.mode"), 0.9),
        column(say("functions.core"), 0.9),
        column(say("answers.in"), 1.6, numeric=True),
        column(say("answers.out"), 1.0, numeric=True),
        column(say("functions.setup"), 0.7, numeric=True),
        column(say("answers.intent"), 1.05),
        column(say("answers.reach"), 1.05),
    )
    names = say.edition.rows.get("functions", ())
    return Table(
        "matrix", say("answers.functions"), columns, tuple(_matrix_row(view, n) for n in names), compact=True
    )


def _matrix_row(view: View, name: str) -> Row:
    say = view.say
    cells = [cell(say.function(name), strong=True)]
    cells += [cell(*_field(view, f"{question}.{name}")) for question in ("mtx_mode", "mtx_core")]
    cells += [
        cell(*_amount(view, f"mtx_in.{name}", "fte")),
        cell(*_amount(view, f"mtx_out.{name}", "own_group")),
    ]
    level = view.answers.reply(f"mtx_quality.{name}")
    cells.append(
        cell(str(level.value)) if isinstance(level, Answered) else cell(*_field(view, f"mtx_quality.{name}"))
    )
    cells += [cell(*_field(view, f"{question}.{name}")) for question in ("mtx_intent", "int_reach")]
    return row(*cells)


def _field(view: View, name: str) -> tuple[Text, ...]:
    if name not in view.asked:
        return (view.say("none"),)
    reply = view.answers.reply(name)
    short = (
        view.say.short(name.split(".", maxsplit=1)[0], str(reply.value))
        if isinstance(reply, Answered)
        else ""
    )
    if short:
        return (Words(short),)
    return reply_parts(view.say, view.say.edition.fields[name], view.answers.reply(name))


def _amount(view: View, name: str, extra: str) -> tuple[Text, ...]:
    """An amount with posts, or with the mark that the provider belongs to the own group."""
    said = list(_field(view, name))
    more = view.answers.reply(f"{name}.{extra}")
    if isinstance(more, Answered) and name in view.asked:
        if extra == "fte":
            value = numbers.exact(more.value)  # type: ignore[arg-type]
            said += [Words(" · "), view.say("answers.fte", value=value)]
        elif (
            option_text(view.say, view.say.edition.fields[f"{name}.{extra}"], str(more.value))
            and more.value == "yes"
        ):
            said += [Words(" · "), view.say("answers.own_group")]
    return tuple(said)
