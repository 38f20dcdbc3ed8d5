"""Files to take away: the board report in several formats, and the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from assessment.exchange import write_dossier, write_sheet
from assessment.report.say import Say
from assessment.store import Assessment
from assessment.workflow.bench import Bench, texts, words
from assessment.workflow.opening import Opened, open_record
from assessment.workflow.registering import ACTION_FILES, actions_file
from assessment.workflow.results import dossier_of, publish_report

FILES: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "pdf_en": ("pdf", {"language": "en"}),
    "pdf_zh": ("pdf", {"language": "zh"}),
    "json": ("json", {}),
    "xlsx": ("xlsx", {}),
}
# The same where the firm keeps its answers to itself: its PDFs hold none and cannot be verified on their own.
WITHOUT_ANSWERS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    name: (kind, {**params, "attach": "no"} if kind == "pdf" else params)
    for name, (kind, params) in FILES.items()
}
# The report beside its PDF: name -> (kind, parameters). The kind "xlsx" is taken by the answers.
OTHER_FORMATS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    f"{kind}_{language}": (kind, {"language": language})
    for kind in ("docx", "html", "workbook")
    for language in ("en", "zh")
}
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_SHEETS: Final = ("xlsx", f"{_OFFICE}spreadsheetml.sheet")
_MADE: Final = {  # kind -> (suffix, media type)
    "pdf": ("pdf", "application/pdf"),
    "docx": ("docx", f"{_OFFICE}wordprocessingml.document"),
    "html": ("html", "text/html; charset=utf-8"),
    "workbook": _SHEETS,
    "json": ("json", "application/json"),
    "xlsx": _SHEETS,
    "actions_xlsx": _SHEETS,
    "actions_ics": ("ics", "text/calendar; charset=utf-8"),
}
_ANSWERS: Final = ("json", "xlsx")


class UnknownFile(ValueError):
    """A kind of file nobody makes."""


def produce(
    bench: Bench, record: Assessment, kind: str, params: Mapping[str, object]
) -> tuple[str, str, bytes]:
    """(file name, media type, content) of a file made from the answers as they are now."""
    opened = open_record(bench, record)
    language = str(params.get("language", record.language))
    if kind not in _MADE or language not in opened.edition.languages:
        raise UnknownFile(kind)
    suffix, media = _MADE[kind]
    if kind in _ANSWERS:
        return f"{_stem(opened, language)}.{suffix}", media, _answers(bench, opened, language, kind)
    if kind in ACTION_FILES:
        body = actions_file(bench, opened, language, kind)
        return f"{_named(opened, language, 'actions.file')}.{suffix}", media, body
    title = "file_workbook" if kind == "workbook" else "file"
    attach = params.get("attach") != "no"
    body = publish_report(bench, opened, language, suffix, attach=attach)
    return f"{_stem(opened, language, title)}.{suffix}", media, body


def _answers(bench: Bench, opened: Opened, language: str, kind: str) -> bytes:
    if kind == "json":
        return write_dossier(opened.edition, dossier_of(bench, opened))
    say = Say(opened.edition, texts(opened.edition.id, language), words(language))
    return write_sheet(say, opened.answers, opened.edition.questions)


def _stem(opened: Opened, language: str, title: str = "file") -> str:
    """A name that tells the files of several firms apart."""
    return _named(opened, language, f"ui.results.{title}")


def _named(opened: Opened, language: str, title: str) -> str:
    name = re.sub(r"\W+", "-", opened.record.firm_name).strip("-")[:60]
    return "-".join(part for part in (words(language).text(title), name, language) if part)
