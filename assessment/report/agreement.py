"""Agreement of several people in the reader's words: how far, why not, and what to do about it."""

from __future__ import annotations

from assessment.model.workshop import Agreement, AgreementRules
from assessment.report.document import Words
from assessment.report.say import Say


def accord_words(say: Say, found: Agreement, rules: AgreementRules) -> Words:
    """How far those who know agree; that too few know, if so."""
    if found.accord is None:
        return say("agreement.too_few", least=rules.least)
    return say(f"agreement.accord_{found.accord}")


def clash_words(say: Say, found: Agreement) -> tuple[tuple[Words, Words], ...]:
    """Each kind of clash with what to do about it, most telling first."""
    return tuple((say(f"agreement.clash_{c}"), say(f"agreement.ask_{c}")) for c in found.clashes)


def withheld_words(say: Say, found: Agreement) -> Words | None:
    """That some people's role is not shown by itself; None if all are."""
    return say("agreement.withheld", people=found.withheld) if found.withheld else None
