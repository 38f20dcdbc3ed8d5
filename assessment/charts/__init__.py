"""Figures of the report as Altair charts. The only home of altair."""

from assessment.charts.draw import chart, spec
from assessment.charts.style import Theme

__all__ = ["Theme", "chart", "spec"]
