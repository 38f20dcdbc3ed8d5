"""What is wrong, where, and how to mend it: for authors of editions and for firms alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """REFUSE: impossible. WARN: implausible, may be confirmed with a reason. OPEN: not answered."""

    REFUSE = "refuse"
    WARN = "warn"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in an edition or a file: code, place (file, row or id), what is wrong, the cure."""

    code: str
    where: str
    what: str
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" {self.cure}" if self.cure else "") + f" [{self.code}]"


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One fault in the answers. `code` is a text key; `values` fill its placeholders."""

    code: str
    severity: Severity
    fields: tuple[str, ...]
    values: tuple[tuple[str, str], ...] = ()
    confirmed: str = ""


class UserError(Exception):
    """Anything that is shown to a user without a traceback. Carries all problems at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems
