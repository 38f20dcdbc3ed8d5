"""The band over page 1, navy or in the consultant's colour: product, title, firm, stamp, facts, a logo."""

from __future__ import annotations

from dataclasses import dataclass, field

from assessment.charts.style import WHITE
from assessment.output.boxes import TextBox
from assessment.output.cleaning import clean
from assessment.output.compose import Composer
from assessment.output.pen import Pen
from assessment.output.theme import PAGE_HEIGHT, PAGE_WIDTH, SIDE, TEXT_WIDTH
from assessment.report.document import Ground, Words
from assessment.report.logo import Picture

UPPER = 34.0
TIGHT_UPPER = 26.0
GAP = 12.0
BELOW = 20.0
FACTS_IN_A_ROW = 4
PILL_PAD = 8.0
LINE_GAP = 3.0
LOGO_ROOM = (140.0, 42.0)  # wide and high
LOGO_PAD = 5.0


@dataclass(slots=True)
class Masthead:
    """Laid out once; `height` is measured from the top of the page."""

    product: TextBox
    stamp: TextBox
    title: TextBox
    firm: TextBox
    subtitle: TextBox | None
    signature: TextBox | None
    facts: list[tuple[TextBox, TextBox]]
    ground: Ground = field(default_factory=Ground)
    logo: Picture | None = None
    logo_alt: str = ""

    def _words(self) -> list[TextBox]:
        return [box for box in (self.firm, self.subtitle, self.signature) if box]

    def _words_width(self) -> float:
        """What the logo leaves for firm and signature."""
        return TEXT_WIDTH - (self._logo_size()[0] + 2 * LOGO_PAD + 2 * GAP if self.logo else 0.0)

    def _logo_size(self) -> tuple[float, float]:
        """As large as its room, in its own proportions."""
        if self.logo is None:
            return 0.0, 0.0
        scale = min(LOGO_ROOM[0] / self.logo.width, LOGO_ROOM[1] / self.logo.height)
        return self.logo.width * scale, self.logo.height * scale

    def _words_height(self) -> float:
        text = sum(box.height(self._words_width()) + LINE_GAP for box in self._words())
        logo = self._logo_size()[1] + 2 * LOGO_PAD if self.logo else 0.0
        return self.title.height(TEXT_WIDTH) + LINE_GAP + max(text, logo)

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
        facts = sum(high + 8 for _, high in self._fact_rows())
        return self._first() + self._words_height() + self._air(12) + facts + BELOW - 8

    def _air(self, usual: float) -> float:
        """A signature takes a line; half the air around it gives it back, so that page 1 holds as much."""
        return usual / 2 if self.signature else usual

    def _first(self) -> float:
        """Where the title begins."""
        return (TIGHT_UPPER if self.signature else UPPER) + self.product.look.leading + self._air(14)

    def draw(self, pen: Pen) -> None:
        pen.rect(0, 0, PAGE_WIDTH, self.height, fill=self.ground.fill)
        y = self._first() - self._air(14) - self.product.look.leading
        self.product.draw(pen, SIDE, y, TEXT_WIDTH)
        self._draw_stamp(pen, y)
        y = self._first()
        below = y + self._words_height() + self._air(12)
        self.title.draw(pen, SIDE, y, TEXT_WIDTH)
        y += self.title.height(TEXT_WIDTH) + LINE_GAP
        self._draw_logo(pen, y)
        for box in self._words():
            box.draw(pen, SIDE, y, self._words_width())
            y += box.height(self._words_width()) + LINE_GAP
        width = self._fact_width()
        for row, high in self._fact_rows():
            for place, (name, value) in enumerate(row):
                x = SIDE + place * (width + GAP)
                name.draw(pen, x, below, width)
                value.draw(pen, x, below + name.height(width), width)
            below += high + 8

    def _draw_logo(self, pen: Pen, y: float) -> None:
        """On white at the right edge, under the title: a logo is made for white paper."""
        if self.logo is None:
            return
        width, height = self._logo_size()
        left = SIDE + TEXT_WIDTH - width - LOGO_PAD
        outer = (left - LOGO_PAD, y, width + 2 * LOGO_PAD, height + 2 * LOGO_PAD)
        pen.rect(*outer, fill=WHITE, radius=3)
        top = y + LOGO_PAD
        box = (left, PAGE_HEIGHT - top - height, left + width, PAGE_HEIGHT - top)
        with pen.figure(self.logo_alt, box, "logo"):
            pen.image(self.logo, left, top, width, height)

    def _draw_stamp(self, pen: Pen, y: float) -> None:
        """In an outlined box at the right edge."""
        wide = self.stamp.lines(TEXT_WIDTH)[0].width + 2 * PILL_PAD
        left = SIDE + TEXT_WIDTH - wide
        high, line = self.stamp.look.leading + 7, self.ground.soft
        high, line = self.stamp.look.leading + 7, self.ground.soft
        pen.rect(left, y - 3.5, wide, high, stroke=line, thickness=0.7, radius=3)
        self.stamp.draw(pen, left + PILL_PAD, y, wide)


def masthead(composer: Composer) -> Masthead:
    """The band of a report."""
    report, looks = composer.report, composer.looks
    sender = report.sender
    ground = sender.ground if sender else Ground()
    small = looks.running.on(ground.soft)
    strong = looks.running_bold.on(ground.text)
    fact = looks.table_strong.on(ground.text)
    return Masthead(
        product=composer.text((report.labels.product,), strong),  # type: ignore[arg-type]
        stamp=composer.text((report.labels.stamp,), strong, most=1),  # type: ignore[arg-type]
        title=composer.text((report.title,), looks.title.on(ground.text), tag="H1", most=3, balanced=True),
        firm=composer.text((report.firm,), looks.firm.on(ground.text), most=2),
        subtitle=composer.text(report.subtitle, looks.item.on(ground.soft), most=3)
        if report.subtitle
        else None,
        signature=composer.text((sender.label, Words(" "), sender.signature), small, most=2)
        if sender and sender.signature
        else None,
        facts=[
            (composer.text((name,), small, most=1), composer.text((value,), fact, most=2))
            for name, value in report.facts
        ],
        ground=ground,
        logo=sender.logo if sender else None,
        logo_alt=clean(report.labels.logo),
    )
