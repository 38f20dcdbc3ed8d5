"""A report as a file to hand over."""

from assessment.output.layout import ReportTooLong
from assessment.output.pdf import render_pdf, warm_up

__all__ = ["ReportTooLong", "render_pdf", "warm_up"]
