"""A figure as a chart: one sheet of marks, drawn by the browser on screen and by us on paper."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, assert_never

import altair as alt

from assessment.charts.agreement import agreement_map
from assessment.charts.change import change_bars
from assessment.charts.drivers import driver_bars
from assessment.charts.frontier import cost_frontier
from assessment.charts.functions import function_picture
from assessment.charts.placement import placement_map, trend_positions
from assessment.charts.roadmap import roadmap
from assessment.charts.screen import altair_chart
from assessment.charts.sheet import Sheet
from assessment.charts.style import Theme, style
from assessment.charts.votes import vote_spread, vote_tally
from assessment.report.document import (
    AgreementMap,
    ChangeBars,
    CostFrontier,
    DriverBars,
    Figure,
    FunctionPicture,
    PlacementMap,
    Roadmap,
    TrendPositions,
    VoteSpread,
    VoteTally,
)  # fmt: skip


def chart(
    figure: Figure, *, width: float, theme: Theme = Theme.SCREEN, language: str = "en", spread: float = 1.0
) -> alt.LayerChart:
    """The chart of a figure for the browser, exactly `width` wide."""
    return altair_chart(drawn(figure, width=width, theme=theme, language=language, spread=spread))


@lru_cache(maxsize=256)
def drawn(
    figure: Figure, *, width: float, theme: Theme = Theme.PAPER, language: str = "en", spread: float = 1.0
) -> Sheet:
    """The marks of a figure, exactly `width` wide (points on paper, pixels on screen).

    `spread` stretches the distance of its rows; 0.8 to 1.4 look well.
    """
    look = style(theme, language, spread)
    match figure:
        case PlacementMap():
            return placement_map(figure, width, look)
        case DriverBars():
            return driver_bars(figure, width, look)
        case FunctionPicture():
            return function_picture(figure, width, look)
        case TrendPositions():
            return trend_positions(figure, width, look)
        case CostFrontier():
            return cost_frontier(figure, width, look)
        case Roadmap():
            return roadmap(figure, width, look)
        case ChangeBars():
            return change_bars(figure, width, look)
        case AgreementMap():
            return agreement_map(figure, width, look)
        case VoteSpread():
            return vote_spread(figure, width, look)
        case VoteTally():
            return vote_tally(figure, width, look)
        case _:
            assert_never(figure)


@lru_cache(maxsize=256)
def spec(
    figure: Figure, *, width: float, theme: Theme = Theme.PAPER, language: str = "en", spread: float = 1.0
) -> dict[str, Any]:
    """The Vega-Lite specification of a figure. Cached: treat it as read-only."""
    drawing = chart(figure, width=width, theme=theme, language=language, spread=spread)
    result: dict[str, Any] = drawing.to_dict(validate=False)
    return result
