"""One built report a language for all tests of this folder."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from assessment.output import render_pdf
from tests.output.sample_report import sample_report


@pytest.fixture(scope="session")
def built() -> dict[str, bytes]:
    """The sample report as PDF bytes, by language."""
    return {language: render_pdf(sample_report(language)) for language in ("en", "zh")}


@pytest.fixture(scope="session")
def read(built: dict[str, bytes]) -> dict[str, PdfReader]:
    """The same, opened for reading."""
    return {language: PdfReader(BytesIO(data)) for language, data in built.items()}
