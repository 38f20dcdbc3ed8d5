"""The report as one HTML file that needs nothing else."""

from assessment.output.web.page import render_html

__all__ = ["render_html"]
