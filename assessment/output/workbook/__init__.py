"""The report as a workbook: its tables with numbers as numbers, and formulas where one would sum up."""

from assessment.output.workbook.book import render_xlsx

__all__ = ["render_xlsx"]
