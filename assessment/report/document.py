"""The report as data: parts, blocks and figures, in one reader's language.

A report knows nothing of paper or screen. Every string is either `Words` (from the catalogue,
may carry `<b>` and `<i>`) or `Typed` (typed by a person, never trusted as markup).
Numbers arrive as formatted strings: rounding happens once, in `report.numbers`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from assessment.report.logo import Picture


class Words(str):
    """Text from the catalogue. May carry `<b>` and `<i>`; never anything a user typed."""

    __slots__ = ()


class Typed(str):
    """Text a person typed. Any markup in it is literal."""

    __slots__ = ()


class Traced(Words):
    """Words or a number with the id of what it stands for: whoever asks where it comes from begins there."""

    __slots__ = ("of",)
    of: str

    def __new__(cls, text: str = "", of: str = "") -> Self:
        made = super().__new__(cls, text)
        made.of = of
        return made


Text = Words | Typed

NO_WORDS = Words()


class Tone(StrEnum):
    """How a mark reads: never by colour alone, always with a word beside it."""

    NEUTRAL = "neutral"
    NONE = "none"
    EMERGING = "emerging"
    PRONOUNCED = "pronounced"
    ACUTE = "acute"
    FIRM = "firm"
    UNKNOWN = "unknown"


# --- figures ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlacementBar:
    """One dilemma on the scale 0-100: point, interval, level word."""

    label: str
    low: float
    point: float | None
    high: float
    value_label: str
    level: Tone
    level_label: str


@dataclass(frozen=True, slots=True)
class PlacementMap:
    """The dilemmas on one scale with cuts, level names and the firm's intervals."""

    bars: tuple[PlacementBar, ...]
    cuts: tuple[float, ...]
    level_labels: tuple[str, ...]
    axis_label: str


@dataclass(frozen=True, slots=True)
class DriverBar:
    """One component of a dilemma: severity 0-100 and points contributed to the dilemma."""

    label: str
    severity: float | None
    low: float
    high: float
    points: float
    value_label: str
    level: Tone


@dataclass(frozen=True, slots=True)
class DriverBars:
    """What drives one dilemma, heaviest first."""

    bars: tuple[DriverBar, ...]
    axis_label: str


@dataclass(frozen=True, slots=True)
class FunctionBar:
    """One service function: yearly spend inside and outside (one unit), set-up level 0-4 or None."""

    label: str
    mode_label: str
    inside: float | None
    outside: float | None
    setup: int | None
    setup_label: str
    core: bool


@dataclass(frozen=True, slots=True)
class FunctionPicture:
    """In-house against outsourced spend per service function, with the set-up level beside it."""

    bars: tuple[FunctionBar, ...]
    inside_label: str
    outside_label: str
    setup_label: str
    axis_label: str


@dataclass(frozen=True, slots=True)
class TrendBar:
    """One trend: position 0-100 (100 = far along), interval, word."""

    label: str
    low: float
    point: float | None
    high: float
    value_label: str


@dataclass(frozen=True, slots=True)
class TrendPositions:
    """The nine trend positions; never blended with severity."""

    bars: tuple[TrendBar, ...]
    axis_label: str
    low_label: str
    high_label: str


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """A set of measures: cost in percent of one year's revenue, points left above the goal, and words."""

    cost: float
    left: float
    value_label: str
    label: str = ""  # only where a point is named: the plan, a runner-up, do nothing
    kind: str = "other"  # plan | runner_up | nothing | other


@dataclass(frozen=True, slots=True)
class CostFrontier:
    """Cost against what is left to the goal; no point is beaten in both by another."""

    points: tuple[FrontierPoint, ...]
    cost_label: str
    left_label: str
    goal_label: str  # beside the line where nothing is left


@dataclass(frozen=True, slots=True)
class RoadmapBar:
    """A measure on the axis of quarters. `start`, `end`: quarters from the first, end not included."""

    label: str
    start: float
    end: float
    note: str  # owner, or cost; may be empty
    kind_label: str
    kind: str  # quick | build | strategic


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The plan by quarter; `quarters` names the ticks."""

    bars: tuple[RoadmapBar, ...]
    quarters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeBar:
    """One dilemma at two dates on the scale 0-100, each with its interval."""

    label: str
    before: float | None
    before_low: float
    before_high: float
    after: float | None
    after_low: float
    after_high: float
    value_label: str
    turn_label: str
    turn: str  # better | worse | moved | not_shown; the last is drawn without an arrow


@dataclass(frozen=True, slots=True)
class ChangeBars:
    """What moved between two dates."""

    bars: tuple[ChangeBar, ...]
    cuts: tuple[float, ...]
    level_labels: tuple[str, ...]
    before_label: str
    after_label: str
    axis_label: str


@dataclass(frozen=True, slots=True)
class AgreementPoint:
    """One question: how far apart first answers were (0-100) and how many points of severity hung on it.

    `number`: its row in the table behind the figure; 0 is not named.
    """

    apart: float
    points: float
    kind: str  # settled | parked | open | other
    number: int = 0


@dataclass(frozen=True, slots=True)
class AgreementMap:
    """Questions of a workshop by agreement and weight. `kinds`: words for the kinds that occur."""

    points: tuple[AgreementPoint, ...]
    kinds: tuple[tuple[str, str], ...]
    apart_label: str
    points_label: str


@dataclass(frozen=True, slots=True)
class VoteLine:
    """What one group said to a field with numbers or levels. `dots`: single answers, each with how often."""

    label: str
    low: float
    middle: float
    high: float
    value_label: str
    dots: tuple[tuple[float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class VoteSpread:
    """Answers of several people on one scale, group by group. `ticks`: places with their numbers."""

    lines: tuple[VoteLine, ...]
    ticks: tuple[tuple[float, str], ...]
    axis_label: str


@dataclass(frozen=True, slots=True)
class VoteCount:
    """How many people chose an option. `most`: whether none was chosen more often."""

    label: str
    count: int
    value_label: str
    most: bool = False


@dataclass(frozen=True, slots=True)
class VoteTally:
    """How often each option was chosen. `people`: the length of the scale."""

    bars: tuple[VoteCount, ...]
    people: int
    axis_label: str


Figure = (
    PlacementMap
    | DriverBars
    | FunctionPicture
    | TrendPositions
    | CostFrontier
    | Roadmap
    | ChangeBars
    | AgreementMap
    | VoteSpread
    | VoteTally
)


# --- blocks ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text. `parts` are set one after another."""

    parts: tuple[Text, ...]
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed remark beside or under an exhibit."""

    title: Words
    items: tuple[tuple[Text, ...], ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline number: value, label, a word on how to read it."""

    value: str
    label: Words
    note: Text
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Tiles:
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Column:
    title: Words
    width: float = 1.0
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; `tone` adds a dot beside the word.

    `link`: `#name` of a place in the report, `trace:id` for where a number comes from, `question:id` for
    where it is answered, or an https address. `hint`: what the link says to whoever cannot see it.
    """

    parts: tuple[Text, ...]
    tone: Tone | None = None
    strong: bool = False
    link: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One table row. `of`: id of what its numbers are about; without it, that of its first cell."""

    cells: tuple[Cell, ...]
    tinted: bool = False
    heading: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Words = NO_WORDS
    compact: bool = False  # small and tight: appendices and long lists


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A figure with number-free caption, alternative text and the table behind it."""

    id: str
    figure: Figure
    caption: Words
    alt: str
    table: Table
    show_table: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The navy box of page 1: the decision asked for."""

    title: Words
    items: tuple[tuple[Text, ...], ...]


Block = Paragraph | Bullets | Callout | Tiles | Table | FigureBlock | Decision


@dataclass(frozen=True, slots=True)
class Part:
    """One message: kicker, a full-sentence headline, blocks. The appendix may run over pages."""

    id: str
    kicker: Words
    headline: tuple[Text, ...]
    blocks: tuple[Block, ...]
    short: Words
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """The few fixed words the renderers need themselves."""

    product: str
    contents: str
    page: str  # with {page} and {pages}
    figure: str
    table: str
    stamp: str  # self-assessed, not validated
    confidential: str
    prepared_for: str
    colon: str
    logo: str = ""  # its alternative text


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground and the text on it, as #RRGGBB. `soft`: for what is said beside. `changed`: another than asked
    for, because neither white nor ink text could be read on that.
    """

    fill: str = "#12304A"
    text: str = "#FFFFFF"
    soft: str = "#B9D3E8"
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signs the report. `png`: the logo as a file, for formats that take one."""

    label: Words  # prepared by
    signature: Typed  # name and office; may be empty
    ground: Ground
    logo: Picture | None = None
    png: bytes = b""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a renderer needs. Same value in, same bytes out."""

    language: str
    title: Words
    firm: Typed
    subtitle: tuple[Text, ...]
    facts: tuple[tuple[Words, Text], ...]
    on: date
    edition: str
    fingerprint: str
    app_version: str
    labels: Labels
    parts: tuple[Part, ...]
    keywords: tuple[str, ...] = field(default=())
    sender: Sender | None = None

    @property
    def details(self) -> tuple[tuple[Words, Text], ...]:
        """The facts and, if anybody signed it, by whom the report was prepared."""
        if self.sender is None or not self.sender.signature:
            return self.facts
        return (*self.facts, (self.sender.label, self.sender.signature))
