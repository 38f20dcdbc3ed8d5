"""The report as a text document that can be edited: real styles, headings, captions and tables."""

from assessment.output.word.document import render_docx

__all__ = ["render_docx"]
