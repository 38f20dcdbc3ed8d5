"""An edition that was issued does not change unnoticed."""

from __future__ import annotations

import pytest

from assessment.content.freeze import fingerprints, issue
from assessment.content.lint import lint_all
from assessment.content.load import load_edition
from assessment.model.problems import UserError

EDITION = "servitization/2026-1"


def test_issuing_writes_the_fingerprint_of_the_edition_as_it_then_stands(copy) -> None:
    digest = issue(load_edition(EDITION, copy.root), copy.root)
    edition = load_edition(EDITION, copy.root)
    assert edition.status == "issued"
    assert edition.fingerprint == digest
    assert fingerprints(copy.root) == {EDITION: digest}
    assert lint_all(copy.root) == []


def test_a_changed_word_in_an_issued_edition_is_a_fault(copy) -> None:
    issue(load_edition(EDITION, copy.root), copy.root)
    copy.append("text/en/trends.toml", "\n# a remark\n")
    (problem,) = lint_all(copy.root)
    assert problem.code == "changed-issue"
    assert problem.where == f"{EDITION}/edition.toml:1 id"
    assert "new edition" in problem.cure


def test_an_edition_cannot_be_called_issued_by_hand(copy) -> None:
    copy.change("edition.toml", 'status = "draft"', 'status = "issued"')
    assert [p.code for p in lint_all(copy.root)] == ["changed-issue"]


def test_an_issued_edition_may_not_go_missing(copy) -> None:
    (copy.root / "issued.toml").write_text('[issued]\n"servitization/2020-1" = "abc"\n', encoding="utf-8")
    assert [p.where for p in lint_all(copy.root)] == ["issued.toml servitization/2020-1"]


def test_an_edition_is_issued_once(copy) -> None:
    edition = load_edition(EDITION, copy.root)
    issue(edition, copy.root)
    with pytest.raises(UserError, match="issued already"):
        issue(edition, copy.root)


def test_worked_cases_are_no_part_of_what_is_frozen(copy) -> None:
    issue(load_edition(EDITION, copy.root), copy.root)
    (copy.folder / "examples" / "micro_firm.toml").unlink()
    assert lint_all(copy.root) == []
