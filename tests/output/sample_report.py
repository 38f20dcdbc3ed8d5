"""A realistic report in English and Chinese. Firm, people and numbers are invented."""

from __future__ import annotations

from datetime import date

from assessment.report.document import (
    Bullets,
    Callout,
    Cell,
    Column,
    Decision,
    DriverBar,
    DriverBars,
    FigureBlock,
    FunctionBar,
    FunctionPicture,
    Labels,
    Paragraph,
    Part,
    PlacementBar,
    PlacementMap,
    Report,
    Roadmap,
    RoadmapBar,
    Row,
    Table,
    Tile,
    Tiles,
    Tone,
    TrendBar,
    TrendPositions,
    Typed,
    Words,
)
from tests.output.sample_words import PHRASES

NB = "\u00a0"


class Sample:
    """Builds the report in one language from the phrases of that language."""

    def __init__(self, language: str, firm: str | None = None, remark: str | None = None) -> None:
        self.language = language
        self.phrases = PHRASES[language]
        self.firm = Typed(firm or self.phrases["firm"])
        self.remark = Typed(remark or self.phrases["remark"])

    def w(self, key: str) -> Words:
        """The phrase of a key."""
        return Words(self.phrases[key])

    def many(self, key: str) -> list[Words]:
        """A list of phrases, one a line."""
        return [Words(line.strip()) for line in self.phrases[key].strip().splitlines()]

    # --- figures ---

    def placement(self) -> PlacementMap:
        names, levels = self.many("dilemmas"), self.many("levels")
        data = [
            (55, 62, 69, "62 (55–69)", Tone.PRONOUNCED, levels[2]),
            (41, 47, 56, "47 (41–56)", Tone.EMERGING, levels[1]),
            (70, 78, 84, "78 (70–84)", Tone.ACUTE, levels[3]),
        ]
        bars = tuple(
            PlacementBar(name, low, point, high, value, tone, word)
            for name, (low, point, high, value, tone, word) in zip(names, data, strict=True)
        )
        return PlacementMap(bars, (25, 50, 75), tuple(levels), self.w("severity"))

    def drivers(self, dilemma: int) -> DriverBars:
        tones = (Tone.NONE, Tone.EMERGING, Tone.PRONOUNCED, Tone.ACUTE)
        numbers: list[tuple[float | None, float, float, float]] = [
            (82, 78, 86, 20.5), (75, 75, 75, 15.0), (70, 60, 80, 14.0), (44, 40, 48, 6.6), (31, 31, 31, 3.1),
            (None, 0, 100, 0.0), (12, 12, 12, 1.2),
        ]  # fmt: skip
        names = self.many(f"components{dilemma}")
        bars = []
        for name, (severity, low, high, share) in zip(names, numbers, strict=False):
            tone = Tone.UNKNOWN if severity is None else tones[min(3, int(severity // 25))]
            value = self.w("unanswered") if severity is None else self.w("points").format(severity, share)
            bars.append(DriverBar(name, severity, low, high, share, value, tone))
        return DriverBars(tuple(bars), self.w("severity"))

    def functions(self) -> FunctionPicture:
        modes, setups = self.many("modes"), self.many("setups")
        money: list[tuple[float | None, float | None, int | None, int]] = [
            (3.2, 0.4, 3, 3), (0.9, None, 2, 2), (0.3, 0.5, 2, 3), (0.8, 0.3, 1, 3), (0.7, None, 1, 2),
            (0.4, 2.1, 2, 3), (1.1, None, 0, 2), (0.6, None, 1, 2), (0.1, 0.1, 1, 3), (0.5, 0.2, 2, 3),
            (None, 0.2, 1, 4), (None, 0.3, 2, 4),
            (0.2, 0.1, 0, 3), (1.6, None, 2, 2), (0.9, None, 1, 2), (0.3, None, 0, 2), (None, None, None, 1),
        ]  # fmt: skip
        names = self.many("functions")
        bars = tuple(
            FunctionBar(
                name,
                modes[mode],
                inside,
                outside,
                setup,
                setups[setup] if setup is not None else "–",
                place in (0, 1, 13),
            )
            for place, (name, (inside, outside, setup, mode)) in enumerate(zip(names, money, strict=True))
        )
        return FunctionPicture(bars, self.w("inside"), self.w("outside"), self.w("setup"), self.w("spend"))

    def trends(self) -> TrendPositions:
        data: list[tuple[float | None, float, float, str]] = [
            (34, 30, 38, "34"), (22, 18, 26, "22"), (48, 40, 55, "48"), (18, 18, 18, "18"),
            (55, 50, 60, "55"),
            (None, 0, 100, self.w("unanswered")), (29, 20, 40, "29"), (41, 41, 41, "41"), (63, 58, 68, "63"),
        ]  # fmt: skip
        bars = tuple(
            TrendBar(name, low, point, high, value)
            for name, (point, low, high, value) in zip(self.many("trends"), data, strict=True)
        )
        return TrendPositions(bars, self.w("position"), self.w("early"), self.w("far"))

    def plan(self) -> Roadmap:
        spans = [(0, 3), (0, 3), (1, 4), (3, 9), (4, 12), (6, 18), (9, 27)]
        kinds = ["quick"] * 3 + ["build"] * 3 + ["strategic"]
        words = dict(zip(("quick", "build", "strategic"), self.many("kinds"), strict=True))
        bars = tuple(
            RoadmapBar(name, start / 3, end / 3, "", words[kind], kind)
            for name, (start, end), kind in zip(self.many("measures"), spans, kinds, strict=True)
        )
        return Roadmap(bars, tuple(f"{self.w('months')} {3 * q}" for q in range(10)))

    # --- blocks ---

    def table(self, name: str, rows: tuple[Row, ...], columns: tuple[Column, ...], note: str = "") -> Table:
        return Table(name, self.w(f"{name}_title"), columns, rows, Words(note))

    def shape(
        self, heads: str, widths: tuple[float, ...], numeric: tuple[int, ...] = ()
    ) -> tuple[Column, ...]:
        titles = self.many(heads)
        return tuple(
            Column(title, width, place in numeric)
            for place, (title, width) in enumerate(zip(titles, widths, strict=True))
        )

    def figure(self, name: str, figure: object, table: Table | None = None) -> FigureBlock:
        behind = table or Table(name, self.w("severity"), (), ())
        return FigureBlock(name, figure, self.w(f"{name}_caption"), self.w(f"{name}_alt"), behind)  # type: ignore[arg-type]

    def driver_table(self, dilemma: int) -> Table:
        tones = (Tone.ACUTE, Tone.ACUTE, Tone.PRONOUNCED, Tone.EMERGING)
        levels = self.many("levels")
        words = (levels[3], levels[3], levels[2], levels[1])
        rows = tuple(
            Row(
                (
                    Cell((name,)),
                    Cell((Words(value),)),
                    Cell((word,), tone),
                    Cell((self.w("symptom"),)),
                    Cell((self.w("better"),)),
                ),
                tinted=place < 2,
            )
            for place, (name, value, word, tone) in enumerate(
                zip(
                    self.many(f"components{dilemma}"),
                    (f"82{NB}%", "1 / 6", "1 / 4", "4"),
                    words,
                    tones,
                    strict=False,
                )
            )
        )
        return self.table(
            "drivers",
            rows,
            self.shape("driver_heads", (1.5, 0.7, 0.95, 1.9, 1.9), (1,)),
            self.w("driver_note"),
        )

    def dilemma(self, number: int) -> Part:
        headline = self.w(f"dilemma{number}")
        return Part(
            f"D{number}",
            self.w(f"kicker{number}"),
            (headline,),
            (
                Paragraph((self.w(f"reading{number}"),)),
                self.figure("drivers_figure", self.drivers(number)),
                self.driver_table(number),
                Callout(self.w("source_title"), ((self.w("source"),),)),
            ),
            self.many("shorts")[number + 1],
        )

    def board(self) -> Part:
        tiles = tuple(
            Tile(value, label, note, tone)
            for value, label, note, tone in zip(
                ("62", "47", "78", f"71{NB}%"), self.many("tile_labels"), self.many("tile_notes"),
                (Tone.PRONOUNCED, Tone.EMERGING, Tone.ACUTE, Tone.NEUTRAL), strict=True,
            )
        )  # fmt: skip
        return Part(
            "board",
            self.w("kicker_board"),
            (self.firm, self.w("headline_board")),
            (
                Paragraph((self.w("board"),), lead=True),
                Tiles(tiles),
                Decision(self.w("decision_title"), tuple((item,) for item in self.many("decisions"))),
                Bullets(tuple((item,) for item in self.many("findings"))),
            ),
            self.many("shorts")[0],
        )

    def map(self) -> Part:
        levels = self.many("levels")
        rows = tuple(
            Row((Cell((name,)), Cell((level,), tone), Cell((Words(value),)), Cell((sure,)), Cell((meaning,))))
            for name, level, tone, value, sure, meaning in zip(
                self.many("dilemmas"), (levels[2], levels[1], levels[3]),
                (Tone.PRONOUNCED, Tone.EMERGING, Tone.ACUTE),
                ("55–69", "41–56", "70–84"), self.many("sure"), self.many("meanings"), strict=True,
            )
        )  # fmt: skip
        heads = self.shape("map_heads", (1.5, 0.9, 0.6, 1.1, 2.2), (2,))
        return Part(
            "map",
            self.w("kicker_map"),
            (self.w("headline_map"),),
            (
                Paragraph((self.w("map"),)),
                self.figure("map_figure", self.placement()),
                self.table("map_table", rows, heads),
                Callout(self.w("how_title"), tuple((item,) for item in self.many("how"))),
            ),
            self.many("shorts")[1],
        )

    def measures(self) -> Part:
        kinds = self.many("kinds")
        rows = tuple(
            Row(tuple(Cell((said,)) for said in (name, kinds[min(2, place // 3)], Words(month), kpi, owner)))
            for place, (name, month, kpi, owner) in enumerate(
                zip(
                    self.many("measures"),
                    ("0–3", "0–3", "1–4", "3–9", "4–12", "6–18", "9–27"),
                    self.many("kpis"),
                    self.many("owners"),
                    strict=True,
                )
            )
        )  # fmt: skip
        heads = self.shape("plan_heads", (2.3, 0.8, 0.7, 1.7, 1), (2,))
        return Part(
            "plan",
            self.w("kicker_plan"),
            (self.w("headline_plan"),),
            (
                Paragraph((self.w("plan"),)),
                self.figure("plan_figure", self.plan()),
                self.table("plan_table", rows, heads),
                Callout(
                    self.w("not_now_title"), tuple((item,) for item in self.many("not_now")), strong=True
                ),
            ),
            self.many("shorts")[7],
        )

    def answers(self) -> Part:
        heads = self.shape("answer_heads", (0.7, 2.4, 1.6, 0.8))
        rows: list[Row] = []
        for section, questions in (("sec1", "answers1"), ("sec2", "answers2")):
            rows.append(Row((Cell((self.w(section),)),), heading=True))
            for line in self.many(questions):
                code, question, answer, grade = (part.strip() for part in line.split("|"))
                rows.append(
                    Row(
                        (
                            Cell((Words(code),)),
                            Cell((Words(question),)),
                            Cell((Typed(answer),)),
                            Cell((Words(grade),)),
                        )
                    )
                )
        rows.append(
            Row(
                (
                    Cell((Words("meta"),)),
                    Cell((self.w("remark_label"),)),
                    Cell((self.remark,)),
                    Cell((Words("–"),)),
                )
            )
        )
        return Part(
            "answers",
            self.w("kicker_answers"),
            (self.w("headline_answers"),),
            (self.table("answers", tuple(rows), heads, self.w("answers_note")),),
            self.many("shorts")[8],
            appendix=True,
        )

    def method(self) -> Part:
        return Part(
            "method",
            self.w("kicker_method"),
            (self.w("headline_method"),),
            (
                Paragraph((self.w("method"),)),
                Bullets(tuple((item,) for item in self.many("method_points"))),
            ),
            self.many("shorts")[9],
            appendix=True,
        )

    def report(self) -> Report:
        """The whole report."""
        functions = Part(
            "functions",
            self.w("kicker_functions"),
            (self.w("headline_functions"),),
            (
                Paragraph((self.w("functions_text"),)),
                self.figure("functions_figure", self.functions()),
                Callout(self.w("corridor_title"), ((self.w("corridor"),),)),
            ),
            self.many("shorts")[5],
        )
        trends = Part(
            "trends",
            self.w("kicker_trends"),
            (self.w("headline_trends"),),
            (
                Paragraph((self.w("trends_text"),)),
                self.figure("trends_figure", self.trends()),
                Bullets(tuple((item,) for item in self.many("trend_points"))),
            ),
            self.many("shorts")[6],
        )
        labels = self.many("labels")
        return Report(
            language=self.language,
            title=self.w("title"),
            firm=self.firm,
            subtitle=(self.w("subtitle"),),
            facts=tuple(zip(self.many("fact_names"), self.many("fact_values"), strict=True)),
            on=date(2026, 3, 12),
            edition="servitization/2026-1",
            fingerprint="4f1c9a7be02d55aa",
            app_version="1.0.0",
            labels=Labels(*labels),
            parts=(
                self.board(),
                self.map(),
                self.dilemma(3),
                self.dilemma(1),
                self.dilemma(2),
                functions,
                trends,
                self.measures(),
                self.answers(),
                self.method(),
            ),
            keywords=("servitization", "self-assessment"),
        )


def sample_report(language: str = "en", *, firm: str | None = None, remark: str | None = None) -> Report:
    """The sample in `en` or `zh`; `firm` and `remark` replace the typed texts."""
    return Sample(language, firm, remark).report()
