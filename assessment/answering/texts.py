"""Problems of answers in words: what is wrong and what is expected."""

from __future__ import annotations

from assessment.model.problems import AnswerProblem
from assessment.model.words import Catalogue


def check_text(problem: AnswerProblem, texts: Catalogue, words: Catalogue) -> tuple[str, str]:
    """(problem, expected) in the language of the catalogues. `texts`: the edition's, `words`: the app's.

    Where the factor of a wrong unit is known, the sentence about it follows what is expected.
    Raises `MissingText`.
    """
    values = dict(problem.values)
    source = texts if problem.code.startswith("checks.") else words
    wrong = source.text(f"{problem.code}.problem", **values)
    expected = source.text(f"{problem.code}.expected", **values)
    slip = source.maybe(f"{problem.code}.slip", **values) if "factor" in values else ""
    return wrong, words.text("faults.with_slip", expected=expected, slip=slip) if slip else expected
