"""From an assessment to the report in the reader's language."""

from __future__ import annotations

from datetime import date

from assessment.answering.relevance import asked
from assessment.model.agenda import Outlook
from assessment.model.brand import Brand
from assessment.model.comparison import Comparison
from assessment.model.edition import Edition
from assessment.model.results import Assessment
from assessment.model.words import Catalogue
from assessment.model.workshop import WorkshopRecord
from assessment.report.brand import sender
from assessment.report.document import Labels, Part, Report, Text, Words
from assessment.report.parts.answers import answers
from assessment.report.parts.certainty import certainty
from assessment.report.parts.decision import decision
from assessment.report.parts.drivers import drivers
from assessment.report.parts.functions import functions
from assessment.report.parts.indicators import indicators
from assessment.report.parts.method import method
from assessment.report.parts.options import options
from assessment.report.parts.placements import placements
from assessment.report.parts.plan import plan
from assessment.report.parts.sources import sources
from assessment.report.parts.trends import trends
from assessment.report.parts.workshop import workshop
from assessment.report.say import Say
from assessment.report.since import since_part
from assessment.report.view import View


def compose(
    edition: Edition,
    assessment: Assessment,
    texts: Catalogue,
    words: Catalogue,
    today: date,
    app_version: str,
    outlook: Outlook | None = None,
    since: tuple[Comparison, date | None] | None = None,
    record: WorkshopRecord | None = None,
    brand: Brand | None = None,
) -> Report:
    """The whole report. Pure: the same arguments give the same value.

    `since`: what moved since the assessment before, and when that was. `record`: of a workshop. `brand`: of
    the consultant whose report it is.
    """
    view = view_of(edition, assessment, texts, words, today, outlook)
    say = view.say
    return Report(
        language=words.language,
        title=say("title"),
        firm=view.firm,
        subtitle=(say("subject"),),
        facts=_facts(view),
        on=today,
        edition=edition.id,
        fingerprint=assessment.answers_fingerprint,
        app_version=app_version,
        labels=_labels(say, brand),
        parts=_parts(view, words, since, record),
        keywords=(say("product"), edition.id),
        sender=sender(brand, words.text("brand.prepared_by")) if brand else None,
    )


def view_of(
    edition: Edition,
    assessment: Assessment,
    texts: Catalogue,
    words: Catalogue,
    today: date,
    outlook: Outlook | None = None,
) -> View:
    """What the parts are written from; the screen uses it too."""
    return View(Say(edition, texts, words), assessment, today, asked(edition, assessment.answers), outlook)


def _parts(
    view: View,
    words: Catalogue,
    since: tuple[Comparison, date | None] | None,
    record: WorkshopRecord | None,
) -> tuple[Part, ...]:
    numbered = enumerate(view.assessment.placements, 1)
    found = view.assessment.certainty
    sure = certainty(view, found, words) if found else method(view, words)
    return (
        decision(view),
        placements(view),
        *(drivers(view, p, n) for n, p in numbered),
        sure,
        *((workshop(view, record),) if record else ()),
        *((since_part(view.say, *since),) if since else ()),
        *((options(view, view.outlook),) if view.outlook else ()),
        plan(view, brief=since is not None or record is not None),
        functions(view),
        trends(view),
        indicators(view),
        answers(view),
        sources(view),
    )


def _facts(view: View) -> tuple[tuple[Words, Text], ...]:
    say, found = view.say, view.assessment
    size = say.text(f"sizes.{found.size}") if found.size else say("none")
    shown = say("facts.size_assumed", size=size) if found.size_assumed else size
    grade = say(f"grade.{found.quality.grade or 'unknown'}")
    return (
        (say("facts.date"), Words(say.day(view.today))),
        (say("facts.size"), shown),
        (say("facts.edition"), Words(found.edition)),
        (say("facts.quality"), grade),
    )


def _labels(say: Say, brand: Brand | None) -> Labels:
    template = say.words.text("report.page")
    return Labels(
        product=say("product"),
        contents=say("contents"),
        page=template,
        figure=say("figure"),
        table=say("table"),
        stamp=say("stamp"),
        confidential=say("confidential"),
        prepared_for=say("prepared_for"),
        colon=say("colon"),
        logo=_logo(say, brand) if brand else "",
    )


def _logo(say: Say, brand: Brand) -> str:
    name = brand.office or brand.name
    return say.words.text("brand.logo", name=name) if name else say.words.text("brand.logo_unnamed")
