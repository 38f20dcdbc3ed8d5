"""What is still open or does not fit together, and how far the firm has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assessment.answering.progress import SectionProgress, progress, state_among
from assessment.answering.relevance import asked, questions_on_path
from assessment.answering.validation import check_answers
from assessment.model.answers import DontKnow
from assessment.model.fields import Question
from assessment.model.problems import AnswerProblem, Severity
from assessment.workflow.opening import Opened


@dataclass(frozen=True)
class Review:
    """Questions without an answer; with "don't know"; and answers that do not fit together."""

    open: tuple[Question, ...]
    doubtful: tuple[Question, ...]
    problems: tuple[AnswerProblem, ...]

    @property
    def refused(self) -> tuple[AnswerProblem, ...]:
        """Contradictions that must be mended before the numbers can be trusted."""
        return tuple(p for p in self.problems if p.severity is Severity.REFUSE)

    @property
    def warnings(self) -> tuple[AnswerProblem, ...]:
        """Implausible answers, confirmed or not."""
        return tuple(p for p in self.problems if p.severity is Severity.WARN)


def review(opened: Opened, today: date) -> Review:
    """Everything worth a second look before the result."""
    relevant = asked(opened.edition, opened.answers)
    on_path = questions_on_path(opened.edition, opened.quick)
    problems = check_answers(opened.edition, opened.answers, today, quick=opened.quick)
    return Review(
        open=tuple(q for q in on_path if state_among(opened.answers, q, relevant) in ("open", "partly")),
        doubtful=tuple(q for q in on_path if _doubtful(opened, q, relevant)),
        problems=tuple(p for p in problems if p.severity is not Severity.OPEN),
    )


def _doubtful(opened: Opened, question: Question, relevant: frozenset[str]) -> bool:
    return any(isinstance(opened.answers.reply(f.id), DontKnow) for f in question.fields if f.id in relevant)


def how_far(opened: Opened) -> tuple[SectionProgress, ...]:
    """Per section that has questions on the chosen path: how many are asked, how many settled."""
    return progress(opened.edition, opened.answers, opened.quick)


def relevant_fields(opened: Opened) -> frozenset[str]:
    """Ids of the fields that are asked of this firm now."""
    return asked(opened.edition, opened.answers)
