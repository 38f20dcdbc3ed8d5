"""What is still open or does not fit together, and how far the firm has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assessment.answering.progress import SectionProgress, progress, state_among
from assessment.answering.relevance import asked, asked_by, evaluator_of, questions_on_path
from assessment.answering.validation import check_answers, check_reply
from assessment.evaluation.evaluator import Evaluator
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
    evaluator = evaluator_of(opened.edition, [opened.answers])
    relevant = asked_by(opened.edition, evaluator)
    on_path = questions_on_path(opened.edition, opened.quick)
    return Review(
        open=tuple(q for q in on_path if state_among(opened.answers, q, relevant) in ("open", "partly")),
        doubtful=tuple(q for q in on_path if _doubtful(opened, q, relevant)),
        problems=what_is_wrong(opened, today, evaluator),
    )


def what_is_wrong(opened: Opened, today: date, known: Evaluator | None = None) -> tuple[AnswerProblem, ...]:
    """What cannot be true or is unusual in the answers. `known`: these answers evaluated, if at hand."""
    problems = check_answers(opened.edition, opened.answers, today, quick=opened.quick, known=known)
    return tuple(p for p in problems if p.severity is not Severity.OPEN)


def may_be_wrong(opened: Opened, question: Question) -> bool:
    """Whether a problem can concern the question at all: a check names it, or its own answer is not sound.

    Asked before `what_is_wrong`, which looks at all answers and takes as long as drawing the question.
    """
    own = {f.id for f in question.fields}
    if any(own & {*check.fields} for check in opened.edition.checks):
        return True
    return any(check_reply(f, opened.answers.reply(f.id)) for f in question.fields)


def _doubtful(opened: Opened, question: Question, relevant: frozenset[str]) -> bool:
    return any(isinstance(opened.answers.reply(f.id), DontKnow) for f in question.fields if f.id in relevant)


def how_far(opened: Opened, relevant: frozenset[str] | None = None) -> tuple[SectionProgress, ...]:
    """Per section that has questions on the chosen path: how many are asked, how many settled.

    `relevant`: the fields that are asked, if they are known already.
    """
    return progress(opened.edition, opened.answers, opened.quick, relevant)


def relevant_fields(opened: Opened) -> frozenset[str]:
    """Ids of the fields that are asked of this firm now."""
    return asked(opened.edition, opened.answers)
