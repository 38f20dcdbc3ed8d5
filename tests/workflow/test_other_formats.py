"""The report can be taken away as a Word document, a workbook and a page, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assessment.content.cases import Case
from assessment.workflow import answering
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.publishing import FILES, OTHER_FORMATS, produce

STARTS = {"docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "html": b"<!doctype html>"}


@pytest.mark.parametrize("name", OTHER_FORMATS)
def test_every_format_is_made_under_a_name_of_its_own(
    bench: Bench, reopen: Callable[[], Opened], cases: tuple[Case, ...], name: str
) -> None:
    answering.keep(bench, reopen().record, answering.answer_rows(dict(cases[0].answers.replies)))
    kind, params = OTHER_FORMATS[name]
    file, media, body = produce(bench, reopen().record, kind, params)
    suffix = file.rpartition(".")[2]
    assert body.startswith(STARTS[suffix])
    assert "Lantern" in file and f"-{params['language']}." in file
    assert media.partition("/")[0] == ("text" if suffix == "html" else "application")
    assert file not in {produce(bench, reopen().record, *FILES[other])[0] for other in ("json", "xlsx")}


def test_they_are_the_three_formats_in_the_two_languages() -> None:
    offered = {(kind, str(params["language"])) for kind, params in OTHER_FORMATS.values()}
    assert offered == {(kind, language) for kind in ("docx", "html", "workbook") for language in ("en", "zh")}
