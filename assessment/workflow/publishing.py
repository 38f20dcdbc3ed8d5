"""Files to take away: the board report, and the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from assessment.exchange import write_json, write_sheet
from assessment.report.say import Say
from assessment.store import Assessment
from assessment.workflow.bench import Bench, texts, words
from assessment.workflow.opening import Opened, open_record
from assessment.workflow.results import publish_report

FILES: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "pdf_en": ("pdf", {"language": "en"}),
    "pdf_zh": ("pdf", {"language": "zh"}),
    "json": ("json", {}),
    "xlsx": ("xlsx", {}),
}
_MEDIA: Final = {
    "pdf": "application/pdf",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class UnknownFile(ValueError):
    """A kind of file nobody makes."""


def produce(
    bench: Bench, record: Assessment, kind: str, params: Mapping[str, object]
) -> tuple[str, str, bytes]:
    """(file name, media type, content) of a file made from the answers as they are now."""
    opened = open_record(bench, record)
    language = str(params.get("language", record.language))
    if kind not in _MEDIA or language not in opened.edition.languages:
        raise UnknownFile(kind)
    body = publish_report(bench, opened, language) if kind == "pdf" else _answers(opened, language, kind)
    return f"{_stem(opened, language)}.{kind}", _MEDIA[kind], body


def _answers(opened: Opened, language: str, kind: str) -> bytes:
    if kind == "json":
        return write_json(opened.edition, opened.answers)
    say = Say(opened.edition, texts(opened.edition.id, language), words(language))
    return write_sheet(say, opened.answers, opened.edition.questions)


def _stem(opened: Opened, language: str) -> str:
    """A name that tells the files of several firms apart."""
    name = re.sub(r"\W+", "-", opened.record.firm_name).strip("-")[:60]
    return "-".join(part for part in (words(language).text("ui.results.file"), name, language) if part)
