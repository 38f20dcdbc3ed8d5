"""A report as a file to hand over."""

from assessment.output.layout import ReportTooLong
from assessment.output.pdf import render_pdf

__all__ = ["ReportTooLong", "render_pdf"]
