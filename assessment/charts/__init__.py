"""Figures of the report as Altair charts. The only home of altair."""

from assessment.charts.draw import chart, drawn, spec
from assessment.charts.sheet import Sheet
from assessment.charts.style import Theme

__all__ = ["Sheet", "Theme", "chart", "drawn", "spec"]
