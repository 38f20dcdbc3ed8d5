"""The navy band over page 1: product, title, firm, stamp, and the facts, the date among them."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.charts.style import NAVY, WHITE
from assessment.output.boxes import TextBox
from assessment.output.compose import Composer
from assessment.output.pen import Pen
from assessment.output.theme import PAGE_WIDTH, PALE_BLUE, SIDE, TEXT_WIDTH

UPPER = 34.0
GAP = 12.0
BELOW = 20.0
FACTS_IN_A_ROW = 4
PILL_PAD = 8.0
LINE_GAP = 3.0


@dataclass(slots=True)
class Masthead:
    """Laid out once; `height` is measured from the top of the page."""

    product: TextBox
    stamp: TextBox
    title: TextBox
    firm: TextBox
    subtitle: TextBox | None
    facts: list[tuple[TextBox, TextBox]]

    def _words(self) -> list[TextBox]:
        return [self.title, self.firm, *([self.subtitle] if self.subtitle else [])]

    def _fact_width(self) -> float:
        return (TEXT_WIDTH - GAP * (self._per_row() - 1)) / self._per_row()

    def _per_row(self) -> int:
        return max(1, min(FACTS_IN_A_ROW, len(self.facts)))

    def _fact_rows(self) -> list[tuple[list[tuple[TextBox, TextBox]], float]]:
        step, width = self._per_row(), self._fact_width()
        rows = [self.facts[start : start + step] for start in range(0, len(self.facts), step)]
        return [(row, max(name.height(width) + value.height(width) for name, value in row)) for row in rows]

    @property
    def height(self) -> float:
        text = sum(box.height(TEXT_WIDTH) + LINE_GAP for box in self._words())
        facts = sum(high + 8 for _, high in self._fact_rows())
        return UPPER + self.product.look.leading + 14 + text + 12 + facts + BELOW - 8

    def draw(self, pen: Pen) -> None:
        pen.rect(0, 0, PAGE_WIDTH, self.height, fill=NAVY)
        y = UPPER
        self.product.draw(pen, SIDE, y, TEXT_WIDTH)
        self._draw_stamp(pen, y)
        y += self.product.look.leading + 14
        for box in self._words():
            box.draw(pen, SIDE, y, TEXT_WIDTH)
            y += box.height(TEXT_WIDTH) + LINE_GAP
        y += 12
        for row, high in self._fact_rows():
            for place, (name, value) in enumerate(row):
                x = SIDE + place * (self._fact_width() + GAP)
                name.draw(pen, x, y, self._fact_width())
                value.draw(pen, x, y + name.height(self._fact_width()), self._fact_width())
            y += high + 8

    def _draw_stamp(self, pen: Pen, y: float) -> None:
        """In an outlined box at the right edge."""
        wide = self.stamp.lines(TEXT_WIDTH)[0].width + 2 * PILL_PAD
        left = SIDE + TEXT_WIDTH - wide
        pen.rect(left, y - 3.5, wide, self.stamp.look.leading + 7, stroke=PALE_BLUE, thickness=0.7, radius=3)
        self.stamp.draw(pen, left + PILL_PAD, y, wide)


def masthead(composer: Composer) -> Masthead:
    """The band of a report."""
    report, looks = composer.report, composer.looks
    small = looks.running.on(PALE_BLUE)
    strong = looks.running_bold.on(WHITE)
    fact = looks.table_strong.on(WHITE)
    return Masthead(
        product=composer.text((report.labels.product,), strong),  # type: ignore[arg-type]
        stamp=composer.text((report.labels.stamp,), strong, most=1),  # type: ignore[arg-type]
        title=composer.text((report.title,), looks.title, tag="H1", most=3, balanced=True),
        firm=composer.text((report.firm,), looks.firm, most=2),
        subtitle=composer.text(report.subtitle, looks.item.on(PALE_BLUE), most=3)
        if report.subtitle
        else None,
        facts=[
            (composer.text((name,), small, most=1), composer.text((value,), fact, most=2))
            for name, value in report.facts
        ],
    )
