"""The workshop: who took part, where people differed and how much hung on it, what came of it."""

from __future__ import annotations

from typing import Final

from assessment.model.results import Placement
from assessment.model.workshop import Party, RoleStand, Stand, WorkshopRecord
from assessment.report import numbers
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import (
    AgreementMap,
    AgreementPoint,
    Block,
    Callout,
    Cell,
    FigureBlock,
    Paragraph,
    Part,
    Row,
    Table,
    Text,
    Typed,
    Words,
)
from assessment.report.figures import level_text, score_text, tone_of
from assessment.report.matters import Kind, Matter, first_answers, matters_of, name_of
from assessment.report.replies import reply_parts
from assessment.report.view import View
from assessment.scoring.agreement import rules_of

MOST_APART: Final = 8  # questions named in the table behind the map
MOST_SETTLED: Final = 8  # values listed with their reason; the others are named
MOST_PARKED: Final = 12


def workshop(view: View, told: WorkshopRecord) -> Part:
    """One page, two where much was settled."""
    found = matters_of(view.say.edition, told, view.answers)
    blocks: list[Block] = [_lead(view, told), _decided(view, told, found)]
    if any(m.differs for m in found):
        blocks.append(_map(view, found))
        blocks += _named(view, "also_open", [m.question for m in _apart(found)[MOST_APART:] if m.loose])
    blocks += [
        table for table in (_roles(view, told), _settled(view, told), _parked(view, told)) if table.rows
    ]
    blocks += _named(view, "also_settled", _unlisted(view, told))
    return Part(
        "workshop", _say(view, "kicker"), (_headline(view, found),), tuple(blocks), _say(view, "short")
    )


def _say(view: View, key: str, /, **values: object) -> Words:
    return Words(view.say.words.text(f"workshop_report.{key}", **values))


def _count(found: tuple[Matter, ...], *kinds: Kind) -> int:
    return sum(m.kind in kinds for m in found)


def _headline(view: View, found: tuple[Matter, ...]) -> Words:
    settled, parked, loose = (_count(found, k) for k in (Kind.SETTLED, Kind.PARKED, Kind.OPEN))
    if not settled + parked + loose:
        return _say(view, "headline_agreed")
    return _say(view, "headline", settled=settled, parked=parked, open=loose)


# --- who -------------------------------------------------------------------------------------------


def _lead(view: View, told: WorkshopRecord) -> Paragraph:
    """When, how many, on how much, led by whom; then who took part, by role."""
    fields = view.say.edition.fields
    values = {
        "day": view.say.day(told.on),
        "people": sum(p.people for p in told.parties),
        "questions": len({fields[a.field].question for a in told.agreements}),
    }
    parts: list[Text] = [_say(view, "lead", **values)]
    if told.facilitator:
        parts += _typed(view, "lead_by", name=Typed(told.facilitator))
    listed: list[Text] = []
    for party in told.parties:
        listed += [Words(view.say("list_comma"))] if listed else []
        listed += _party(view, party)
    if listed:
        before, _, after = _say(view, "parties", list="\0").partition("\0")
        parts += [Words(before), *listed, Words(after)]
    if any(not p.role for p in told.parties):
        small = _say(view, "small", least=rules_of(view.say.edition).least)
        parts += [view.say("gap"), small]
    return Paragraph(tuple(parts))


def _party(view: View, party: Party) -> tuple[Text, ...]:
    people = Words(str(party.people))
    if not party.role:
        return (_say(view, "others", people=people),)
    return _typed(view, "party", role=_role(view, party.role), people=people)


def _role(view: View, role: str) -> Text:
    """A role of the edition in words; another as it was typed."""
    known = view.say.texts.maybe(f"workshop_roles.{role}")
    return Words(known) if known else Typed(role)


def _typed(view: View, key: str, **values: Text) -> tuple[Text, ...]:
    return view.say.filled(f"workshop_report.{key}", **values)


# --- where they differed ----------------------------------------------------------------------------


def _apart(found: tuple[Matter, ...]) -> list[Matter]:
    """Questions on which first answers differed, those that matter most first."""
    return [m for m in found if m.differs]


def _map(view: View, found: tuple[Matter, ...]) -> FigureBlock:
    shown = _apart(found)
    named = shown[:MOST_APART]
    told = [
        _say(
            view, "alt", question=view.say.label(m.question), apart=numbers.percent(m.apart),
            points=numbers.number(m.points), outcome=_outcome(view, m),
        )
        for m in named
    ]  # fmt: skip
    points = tuple(
        AgreementPoint(100 * m.apart, m.points, _mark(m), place if place <= MOST_APART else 0)
        for place, m in enumerate(shown, 1)
    )
    marks = {p.kind for p in points}
    kinds = tuple(
        (k, _say(view, f"legend.{k}")) for k in ("open", "parked", "settled", "other") if k in marks
    )
    figure = AgreementMap(points, kinds, _say(view, "apart_axis"), _say(view, "points_axis"))
    alt = view.say("gap").join(told)
    return FigureBlock(
        "workshop", figure, _say(view, "caption"), alt, _apart_table(view, named), show_table=True
    )


def _mark(matter: Matter) -> str:
    known = (Kind.SETTLED, Kind.PARKED, Kind.OPEN)
    return matter.kind.value if matter.kind in known else "other"


def _outcome(view: View, matter: Matter) -> Words:
    return _say(view, f"kind.{matter.kind}")


def _apart_table(view: View, named: list[Matter]) -> Table:
    rows = tuple(
        row(
            str(place),
            cell(view.say.label(m.question), strong=True),
            _outcome(view, m),
            numbers.percent(m.apart),
            numbers.number(m.points),
            view.say("list_comma").join(view.say(f"agreement.clash_{c}") for c in m.clashes)
            or view.say("none"),
        )
        for place, m in enumerate(named, 1)
    )
    columns = (
        column(_say(view, "number"), 0.45),
        column(_say(view, "question"), 3.2),
        column(_say(view, "outcome"), 1.1),
        column(_say(view, "apart"), 0.7, numeric=True),
        column(_say(view, "points"), 0.7, numeric=True),
        column(_say(view, "why"), 2.0),
    )
    return Table("workshop_apart", _say(view, "table"), columns, rows, compact=True)


def _why(view: View, matter: Matter) -> Words:
    """The kinds of clash, most telling first."""
    kinds = [view.say(f"agreement.clash_{c}") for c in matter.clashes]
    return Words(view.say("list_comma").join(kinds) or view.say("none"))


def _named(view: View, key: str, questions: list[str]) -> list[Block]:
    """Questions that found no row, by name."""
    names = [view.say("quoted", text=view.say.label(q)) for q in dict.fromkeys(questions)]
    return [paragraph(_say(view, key, list=view.say("list_comma").join(names)))] if names else []


# --- what each role says ----------------------------------------------------------------------------


def _roles(view: View, told: WorkshopRecord) -> Table:
    """The firm as it stands, then the roles; nothing where no role may be shown."""
    say, least = view.say, rules_of(view.say.edition).least
    shown = [r for r in told.by_role if r.people >= least]
    firm = row(cell(_say(view, "firm"), strong=True), *(_place(view, p) for p in view.assessment.placements))
    rows = (firm, *(_role_row(view, r) for r in shown)) if shown else ()
    columns = (
        column(_say(view, "role"), 1.5),
        *(column(Words(str(say.dilemma(d))), 1.7) for d in say.edition.dilemmas),
    )
    note = _say(view, "roles_note", least=least)
    return Table("workshop_roles", _say(view, "roles_table"), columns, rows, note, compact=True)


def _role_row(view: View, role: RoleStand) -> Row:
    stands = {s.dilemma: s for s in role.stands}
    people = Words(str(role.people))
    named = _typed(view, "role_people", role=_role(view, role.role), people=people)
    cells = (
        _place(view, _placement(stands[d])) if d in stands else cell(view.say("none"))
        for d in view.say.edition.dilemmas
    )
    return row(cell(*named, strong=True), *cells)


def _place(view: View, placed: Placement) -> Cell:
    words = f"{level_text(view.say, placed)} {score_text(view.say, placed)}"
    return cell(Words(words), tone=tone_of(placed))


def _placement(stand: Stand) -> Placement:
    """What `figures` puts into words; a role alone has no components to show."""
    return Placement(
        stand.dilemma, stand.stated, stand.level, stand.low_level, stand.high_level, stand.score, stand.low,
        stand.high, coverage=1.0, borderline=False, components=(), deciding=(),
    )  # fmt: skip


# --- what came of it --------------------------------------------------------------------------------


def _settled(view: View, told: WorkshopRecord) -> Table:
    agreements = {a.field: a for a in told.agreements}
    rows = []
    for one in told.settled[:MOST_SETTLED]:
        field, now = view.say.edition.fields[one.field], view.answers.reply(one.field)
        value = list(reply_parts(view.say, field, one.reply))
        if now != one.reply:
            before, _, after = _say(view, "changed", value="\0").partition("\0")
            value += [Words(before), *reply_parts(view.say, field, now), Words(after)]
        first = first_answers(view.say, agreements.get(one.field))
        rows.append(row(cell(name_of(view.say, field), strong=True), first, cell(*value), Typed(one.reason)))
    columns = (
        column(_say(view, "question"), 1.8),
        column(_say(view, "first"), 1.9),
        column(_say(view, "agreed"), 1.4),
        column(_say(view, "reason"), 2.1),
    )
    return Table("workshop_settled", _say(view, "settled_table"), columns, tuple(rows), compact=True)


def _unlisted(view: View, told: WorkshopRecord) -> list[str]:
    """Questions with nothing but values that found no row."""
    fields = view.say.edition.fields
    listed, others = (
        [fields[one.field].question for one in some]
        for some in (told.settled[:MOST_SETTLED], told.settled[MOST_SETTLED:])
    )
    return [q for q in others if q not in listed]


def _parked(view: View, told: WorkshopRecord) -> Table:
    rows = tuple(
        row(cell(view.say.label(p.question), strong=True), Typed(p.note) if p.note else view.say("none"))
        for p in told.parked[:MOST_PARKED]
    )
    columns = (column(_say(view, "question"), 2.0), column(_say(view, "note"), 4.0))
    return Table("workshop_parked", _say(view, "parked_table"), columns, rows, compact=True)


def _decided(view: View, told: WorkshopRecord, found: tuple[Matter, ...]) -> Callout:
    counts = {
        "settled": len(told.settled),
        "parked": len(told.parked),
        "open": _count(found, Kind.OPEN),
        "later": _count(found, Kind.LATER),
    }
    items: list[tuple[Text, ...]] = [
        (_say(view, f"decided_{key}", count=count),) for key, count in counts.items() if count
    ]
    last = told.milestone
    if last is not None:
        day, mark = Words(view.say.day(last.at.date())), Words(last.fingerprint[:12])
        items.append(_typed(view, "milestone", name=Typed(last.name), day=day, fingerprint=mark))
    return Callout(_say(view, "decided"), tuple(items))
