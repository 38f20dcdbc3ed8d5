"""A report as a file to hand over."""

from typing import Final

from assessment.output.attachment import Attachment
from assessment.output.layout import ReportTooLong
from assessment.output.pdf import render_pdf, warm_up
from assessment.output.web import render_html
from assessment.output.word import render_docx
from assessment.output.workbook import render_xlsx
from assessment.report.document import Report
from assessment.report.view import View

KINDS: Final = ("pdf", "docx", "xlsx", "html")


def render(report: Report, kind: str, view: View, attachment: Attachment | None = None) -> bytes:
    """The report as a file of this kind. `view`: what it was composed from; a PDF can hold an attachment."""
    match kind:
        case "pdf":
            return render_pdf(report, attachment=attachment, rules=view.say.edition.fingerprint)
        case "docx":
            return render_docx(report)
        case "xlsx":
            return render_xlsx(report, view)
        case "html":
            return render_html(report, view.say.words)
        case _:
            raise ValueError(kind)


__all__ = ["KINDS", "Attachment", "ReportTooLong", "render", "render_pdf", "warm_up"]
