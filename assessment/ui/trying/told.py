"""What the what-if page says: tiles, cost, the way on, why not, the moved answers, scenarios side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from assessment.model.agenda import Scenario, ScenarioResult
from assessment.model.answers import Answers
from assessment.model.fields import Field, Kind
from assessment.model.plans import Amount, Effort, End, Verdict
from assessment.report import numbers
from assessment.report.blocks import cell, column, row
from assessment.report.costs import Purse, cost_range, cost_text, purse_of
from assessment.report.document import Row, Table, Text, Tone, Typed, Words
from assessment.report.plan_notes import why_not
from assessment.report.replies import part_text, reply_parts
from assessment.report.say import Say
from assessment.scoring.available import length
from assessment.scoring.whatif import after_moves
from assessment.ui.markup import escaped, joined, rich
from assessment.workflow.trying import NOTHING, Trial

NO_WORDS = Words()
ENOUGH = (Verdict.SURE, Verdict.LIKELY, Verdict.HOPED)


@dataclass(frozen=True)
class Told:
    """Sentences about one firm being tried on, in one language."""

    say: Say
    trial: Trial

    def word(self, key: str, /, **values: object) -> str:
        """A sentence of this page."""
        return self.say.words.text(f"whatif.{key}", **values)

    # --- tiles ------------------------------------------------------------------------------------

    def tiles(self, scenario: Scenario) -> str:
        """One tile a dilemma: severity and level today and then, and the range. HTML."""
        today, then = self.trial.today, self.trial.result(scenario)
        drawn = "".join(self._tile(d, today, then) for d in self.trial.edition.dilemmas)
        label = escaped(self.word("tiles"))
        return f"<section class='tiles trying' aria-label='{label}' aria-live='polite'>{drawn}</section>"

    def _tile(self, dilemma: str, today: ScenarioResult, then: ScenarioResult) -> str:
        before, after = (r.severity[End.MID][dilemma] for r in (today, then))
        levels = [r.levels[End.MID][dilemma] for r in (today, then)]
        tone = Tone(levels[1]) if levels[1] else Tone.UNKNOWN
        name, short = (self.say.texts.text(f"dilemmas.{dilemma}.{part}") for part in ("name", "short"))
        changed = levels[0] != levels[1] or self._score(before) != self._score(after)
        value = self.word("from_to", today=self._score(before), then=self._score(after))
        return (
            f"<div class='tile {tone.value}' data-dilemma='{escaped(dilemma)}'>"
            f"<div class='label'><span class='full'>{rich(name)}</span>"
            f"<span class='short' aria-hidden='true'>{rich(short)}</span></div>"
            f"<div class='value'>{rich(value if changed else self._score(after))}</div>"
            f"<div class='note'>{rich(self._levels(*levels))}</div>"
            f"<div class='note'>{rich(self._range(dilemma, then))}</div></div>"
        )

    def _score(self, severity: float | None) -> str:
        return self.word("unknown") if severity is None else self.say.score(severity)

    def _level(self, level: str) -> str:
        return self.say.level(level) if level else self.word("not_placed")

    def _levels(self, today: str, then: str) -> str:
        if today == then:
            return self.word("same_level", level=self._level(then))
        return self.word("from_to", today=self._level(today), then=self.say.inner(self._level(then)))

    def _range(self, dilemma: str, then: ScenarioResult) -> str:
        found = [s for end in End if (s := then.severity[end][dilemma]) is not None]
        if not found or not then.scenario.measures:
            return ""
        low, high = self.say.score(min(found)), self.say.score(max(found))
        return self.word("range_none" if low == high else "range", low=low, high=high)

    # --- cost and the way on ----------------------------------------------------------------------

    def purse(self, scenario: Scenario) -> Purse | None:
        """Revenue as the scenario has it."""
        return purse_of(self.trial.edition, after_moves(self.trial.answers, scenario))

    def total(self, scenario: Scenario) -> str:
        """What is switched on and moved, and what it costs in all."""
        efforts = [self._effort(m) for m in scenario.measures]
        parts = []
        if efforts:
            purse = self.purse(scenario)
            days = _together(e.days for e in efforts)
            parts.append(
                self.word(
                    "total",
                    count=len(efforts),
                    cost=cost_text(self.say, self.trial.result(scenario).cost, purse),
                    range=cost_range(self.say, _together(e.money for e in efforts)),
                    days=self._days(days),
                )
            )
        if scenario.replies:
            parts.append(self.word("moved_count", count=len(self.groups(scenario))))
        return " ".join(parts) if parts else self.word("nothing")

    def _effort(self, measure: str) -> Effort:
        edition = self.trial.edition
        return edition.efforts[edition.countermeasures[measure].effort]

    def _days(self, days: Amount) -> str:
        return self.say("place.interval", low=numbers.number(days.low), high=numbers.number(days.high))

    def way_on(self, scenario: Scenario) -> str:
        """What it would take from there to reach the levels wanted."""
        found = self.trial.way_on(scenario)
        if found.outcome is None:
            return self.word("way.blocked")
        if found.verdict is Verdict.NOTHING_TO_DO:
            return self.word("way.nothing_to_do")
        cost = cost_text(self.say, found.outcome.cost, self.purse(scenario))
        more = self.say.listed([self._quoted(m) for m in found.more])
        if found.verdict in ENOUGH:
            sure = self.word(f"way.{found.verdict}")
            return self.word("way.with", more=more, cost=cost, sure=sure) if found.more else self.word(
                "way.enough", sure=sure
            )  # fmt: skip
        near = self.word("way.nearest", more=more, cost=cost) if found.more else ""
        return f"{self.word('way.short' if found.proven else 'way.unsolved')} {near}".strip()

    def wanted(self) -> str:
        """The levels the plan is to reach."""
        targets = self.trial.request.targets
        items = [
            self.word(
                "way.target", dilemma=self.say.dilemma(d), level=self.say.inner(self.say.level(targets[d]))
            )
            for d in self.trial.edition.dilemmas
            if d in targets
        ]
        listed = self.say("answers.separator").join(items)
        return self.word("way.wanted", list=listed) if items else self.word("way.hold")

    def _quoted(self, measure: str) -> str:
        return self.say("quoted", text=self.say.measure(measure))

    # --- measures ---------------------------------------------------------------------------------

    def facts(self, measure: str, scenario: Scenario) -> str:
        """Cost, own days, how long, and what it needs or rules out."""
        edition, effort = self.trial.edition, self._effort(measure)
        open_ = self.trial.search(scenario).open
        why = self.trial.leading.get(measure, "")
        told = [
            *([self.word(f"measures.{why}")] if why else []),
            cost_range(self.say, effort.money, self.purse(scenario)),
            self.word("measures.days", days=self._days(effort.days)),
            self._quarters(length(edition, measure)),
        ]
        if first := open_.after.get(measure, ()):
            told.append(self.word("measures.after", list=self.say.listed([self._quoted(m) for m in first])))
        entry = edition.effects.get(measure)
        if entry is not None and entry.excludes:
            names = self.say.listed([self._quoted(m) for m in entry.excludes])
            told.append(self.word("measures.apart", list=names))
        return self.say("answers.separator").join(told)

    def _quarters(self, count: int) -> str:
        return self.word("measures.quarters" if count > 1 else "measures.quarter", count=count)

    def why_not(self, measure: str, scenario: Scenario) -> str:
        """Why a measure cannot be switched on; empty if it can."""
        closed = self.trial.search(scenario).open.why_not
        return why_not(self.say, closed, measure, self.trial.request.quarters)

    # --- answers ----------------------------------------------------------------------------------

    def label(self, one: Field) -> str:
        """What a field is called among all others."""
        label, part = self.say.label(one.question), part_text(self.say, one)
        return self.word("answers.label", question=label, part=part) if part else label

    def reply(self, one: Field, answers: Answers) -> tuple[Text, ...]:
        """What stands there, short: a level by its number, a text that was typed apart."""
        return reply_parts(self.say, one, answers.reply(one.id))

    def groups(self, scenario: Scenario) -> dict[str, tuple[Field, ...]]:
        """Moved fields in page order, the shares of a split together: they are put back together."""
        edition = self.trial.edition
        names = [f for f in edition.fields.values() if f.id in scenario.replies]

        def group(one: Field) -> str:
            return one.question if edition.question[one.question].kind is Kind.SPLIT else one.id

        return {name: tuple(found) for name, found in groupby(names, key=group)}

    def moved(self, group: tuple[Field, ...], scenario: Scenario) -> str:
        """Old and new of the answers of a group. HTML."""
        before, after = self.trial.answers, after_moves(self.trial.answers, scenario)
        lines = [
            f"{rich(self._plain(f))}{rich(self.say('colon'))}"
            f"{joined(self.reply(f, before))} → <b>{joined(self.reply(f, after))}</b>"
            for f in group
        ]
        return "<br>".join(lines)

    def beside(self, names: Iterable[str]) -> str:
        fields = self.trial.edition.fields
        return self.say.listed([self._named(fields[n]) for n in names])

    def _named(self, one: Field) -> str:
        return self.say("quoted", text=self._plain(one))

    def _plain(self, one: Field) -> str:
        """The label inside a sentence: no longer a question."""
        return self.label(one).rstrip("?？")

    # --- scenarios --------------------------------------------------------------------------------

    def compared(self, draft: Scenario, kept: tuple[Scenario, ...], reported: str) -> Table:
        """A row for today, for what is on the page, and for every saved scenario."""
        names = [self.say.texts.text(f"dilemmas.{d}.short") for d in self.trial.edition.dilemmas]
        columns = (
            column(self.word("compare.scenario"), 2.4),
            *(column(name, 1.2) for name in names),
            column(self.word("compare.cost"), 1.4),
        )
        rows = [self._row(Words(self.word("compare.today")), NOTHING)]
        if (draft.measures or draft.replies) and draft not in kept:
            rows.append(self._row(Words(self.word("compare.draft")), draft, tinted=True))
        for one in kept:
            mark = Words(self.word("compare.reported")) if one.id == reported else NO_WORDS
            rows.append(self._row(Typed(one.name), one, mark, tinted=one == draft))
        return Table("scenarios", Words(self.word("compare.title")), columns, tuple(rows))

    def _row(self, name: Text, scenario: Scenario, mark: Text = NO_WORDS, *, tinted: bool = False) -> Row:
        found = self.trial.result(scenario)
        places = [
            cell(
                self.word(
                    "compare.place", score=self._score(found.severity[End.MID][d]), level=self._level(level)
                ),
                tone=Tone(level) if level else Tone.UNKNOWN,
            )
            for d, level in found.levels[End.MID].items()
        ]
        cost = cost_text(self.say, found.cost, self.purse(scenario)) if scenario.measures else Words(
            self.word("compare.free")
        )  # fmt: skip
        return row(cell(name, mark, strong=True), *places, cost, tinted=tinted)


def _together(amounts: Iterable[Amount]) -> Amount:
    found = tuple(amounts)
    return Amount(sum(a.low for a in found), sum(a.mid for a in found), sum(a.high for a in found))
