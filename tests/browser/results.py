"""What the results page and the report taken from it have to say."""

from __future__ import annotations

import re
from pathlib import Path

from pypdf import PdfReader

from assessment.content.cases import Case
from assessment.model.results import Assessment
from tests.browser.reading import squeezed
from tests.browser.visitor import Visitor


def see_placement(visitor: Visitor, case: Case, result: Assessment) -> None:
    """The head of the results page: the expected level of every dilemma, with the severity as computed."""
    seen = visitor.tiles()
    for placement in result.placements:
        severity, level = seen[visitor.texts.text(f"dilemmas.{placement.dilemma}.name")]
        assert visitor.texts.text(f"levels.{case.expected[placement.dilemma]}").lower() in level.lower()
        assert re.match(r"\d+", severity)[0] == str(round(placement.score))
    main = max(result.placements, key=lambda p: p.score)
    assert visitor.texts.text(f"levels.{main.level}").lower() in visitor.title().lower()


def take_report(visitor: Visitor, into: Path) -> None:
    """Press the link to the PDF in the visitor's language; it says what the screen says."""
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name=visitor.say(f"results.pdf_{visitor.language}")).click()
    file = into / download.value.suggested_filename
    download.value.save_as(file)
    pages = [squeezed(page.extract_text()) for page in PdfReader(file).pages]
    assert squeezed(visitor.title()) in pages[0]
    for dilemma, (severity, level) in visitor.tiles().items():
        row = squeezed(dilemma + severity + level)
        assert any(row in page for page in pages), row
        for part in (dilemma, severity, level):
            assert squeezed(part) in pages[0]
