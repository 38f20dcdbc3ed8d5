"""What the workbook tells beyond the report: numbers before rounding, and how they add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assessment.model.results import ComponentResult, FunctionRow, Known, Placement, Stated
from assessment.output.workbook.tables import Exact, Extra, nothing
from assessment.report.view import View

DRIVERS = "drivers-"
_SCORE, _SHARE, _ANY = "0.00", "0.0%", "General"


@dataclass(frozen=True, slots=True)
class Beyond:
    """Extra columns and exact numbers of the tables of one firm's report."""

    view: View

    def text(self, key: str) -> str:
        return self.view.say.words.text(f"exports.workbook.{key}")

    def extras(self, table: str) -> tuple[Extra, ...]:
        """Further columns of the table with this id."""
        if table.startswith(DRIVERS):
            return self._drivers(self._placement(table.removeprefix(DRIVERS)))
        if table == "placements":
            return self._placements()
        if table == "indicators":
            return self._indicators()
        return ()

    def exact(self, table: str) -> Exact:
        """Numbers of the table with this id before they were rounded."""
        if table == "functions":
            rows = {row.function: row for row in self.view.assessment.functions}
            return lambda of, column: _amount(rows.get(of.rpartition(".")[2]), column)
        if table == "indicators":
            readings = self.view.assessment.readings
            return lambda of, column: readings[of].value if column == 1 and of in readings else None
        return nothing

    def _placement(self, dilemma: str) -> Placement | None:
        return next((p for p in self.view.assessment.placements if p.dilemma == dilemma), None)

    def _drivers(self, placement: Placement | None) -> tuple[Extra, ...]:
        """Severity times weight, part by part: what adds up to the severity of the dilemma."""
        parts = {part.id: part for part in placement.drivers} if placement else {}
        if not placement or not parts:
            return ()
        share = self.view.say.edition.indexes[placement.dilemma].worst_share
        tied = sum(part.is_worst for part in parts.values())

        def in_mean(part: ComponentResult) -> float:
            return (1 - share) * part.weight

        def as_worst(part: ComponentResult) -> float:
            return share / tied if part.is_worst else 0.0

        return (
            Extra(self.text("severity"), _SCORE, lambda of: _of(parts, of, lambda p: p.severity)),
            Extra(self.text("in_mean"), _SHARE, lambda of: _of(parts, of, in_mean), total=True),
            Extra(self.text("as_worst"), _SHARE, lambda of: _of(parts, of, as_worst), total=True),
            Extra(
                self.text("points"),
                _SCORE,
                lambda of: _of(parts, of, lambda p: p.severity * (in_mean(p) + as_worst(p))),
                formula=lambda cells: f"={cells[0]}*({cells[1]}+{cells[2]})",
                total=True,
            ),
            Extra(self.text("low"), _SCORE, lambda of: _of(parts, of, lambda p: p.low)),
            Extra(self.text("high"), _SCORE, lambda of: _of(parts, of, lambda p: p.high)),
        )

    def _placements(self) -> tuple[Extra, ...]:
        found = {p.dilemma: p for p in self.view.assessment.placements}

        def score(of: str) -> float | None:
            return found[of].score if of in found and found[of].stated is Stated.LEVEL else None

        return (
            Extra(self.text("severity"), _SCORE, score),
            Extra(self.text("low"), _SCORE, lambda of: found[of].low if of in found else None),
            Extra(self.text("high"), _SCORE, lambda of: found[of].high if of in found else None),
        )

    def _indicators(self) -> tuple[Extra, ...]:
        """Both ends of what is known, in the unit of the indicator."""
        readings, rules = self.view.assessment.readings, self.view.say.edition.indicators

        def percent(of: str) -> bool:
            return of in rules and rules[of].unit == "percent"

        def form(of: str) -> str:
            places = rules[of].decimals if of in rules else 0
            return f"#,##0{'.' * bool(places)}{'0' * places}" + ('"\u00a0"%' if percent(of) else "")

        def end(of: str, which: str) -> float | None:
            narrowed = of in readings and readings[of].known is Known.PARTLY
            value = float(getattr(readings[of], which)) if narrowed else None
            if value is None or abs(value) > 1e12:
                return None
            return value / 100 if percent(of) else value

        return (
            Extra(self.text("low"), _ANY, lambda of: end(of, "low"), format_of=form),
            Extra(self.text("high"), _ANY, lambda of: end(of, "high"), format_of=form),
        )


def _of(
    parts: dict[str, ComponentResult], of: str, value: Callable[[ComponentResult], float]
) -> float | None:
    return value(parts[of]) if of in parts else None


def _amount(row: FunctionRow | None, column: int) -> float | None:
    """Spending inside and outside stand in the fourth and fifth column."""
    return None if row is None else {3: row.inside, 4: row.outside}.get(column)
