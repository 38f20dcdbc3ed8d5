"""What every page is handed: who asks, where, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assessment.model.answers import Answered, Between
from assessment.model.edition import Edition
from assessment.model.fields import Question
from assessment.model.problems import AnswerProblem
from assessment.model.words import Catalogue
from assessment.ui import access
from assessment.ui.place import Place
from assessment.ui.session import opened, relevant_now, session
from assessment.ui.widgets.sheet import Sheet
from assessment.workflow import bench
from assessment.workflow.opening import Opened
from assessment.workflow.reassessing import last_time, not_looked_at
from assessment.workflow.reviewing import may_be_wrong, what_is_wrong
from assessment.workflow.seating import Place as Seated


@dataclass(frozen=True)
class Frame:
    """One drawing of the app. `opened` is None before an assessment is begun or opened by its link."""

    place: Place
    language: str
    opened: Opened | None

    @property
    def edition(self) -> Edition:
        return self.opened.edition if self.opened else bench.edition(access.bench().current)

    @property
    def texts(self) -> Catalogue:
        return bench.texts(self.edition.id, self.language)

    @property
    def words(self) -> Catalogue:
        return bench.words(self.language)

    @property
    def today(self) -> date:
        return access.bench().today()

    @property
    def may_answer(self) -> bool:
        return self.opened is not None and self.opened.record.scope == "answer"

    def section_title(self, section: str) -> str:
        return self.texts.text(f"sections.{section}.title")

    def sheet(self) -> Sheet:
        """The answers as they are now, for the inputs. Raises `Locked` if the link is no longer in force."""
        now = opened()
        if now is None:
            raise Locked
        cache = session()
        if cache.sheet is None or cache.sheet.opened is not now or cache.sheet.words is not self.words:
            cache.sheet = self._new_sheet(now)
        return cache.sheet

    def _new_sheet(self, now: Opened) -> Sheet:
        of_all = (now, self.texts, self.words, relevant_now(now))
        if isinstance(now, Seated):
            return Sheet(*of_all, closed=now.closed, over=now.over, told=now.told, remarks=False)
        return Sheet(*of_all, last=last_time(now), carried=not_looked_at(now))

    def problems(self, question: Question) -> tuple[AnswerProblem, ...]:
        """What does not fit together in the answers and concerns this question; nothing in a workshop, where
        only the firm confirms.
        """
        now, cache = opened(), session()
        if now is None or isinstance(now, Seated) or not may_be_wrong(now, question):
            return ()
        if cache.problems is None or cache.problems[0] is not now:
            cache.problems = (now, what_is_wrong(now, self.today))
        return tuple(p for p in cache.problems[1] if _told_at(now, p) == question.id)


def _told_at(now: Opened, problem: AnswerProblem) -> str:
    """Each problem is told once: at the last of its questions, in page order, that has an answer."""
    fields = now.edition.fields
    given = [
        f for f in problem.fields if f in fields and isinstance(now.answers.reply(f), Answered | Between)
    ]
    named = {fields[f].question for f in given}
    return next((q.id for q in reversed(now.edition.questions) if q.id in named), "")


class Locked(Exception):
    """The link this browser holds was withdrawn or has expired."""
