"""Every id that a rule names exists: indicators, components, measures, evidence, sections, feeds.

`feeds` may also name what is no rule: size, plan, targets, data_grade, context.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from assessment.content.desk import Desk

EFFECTS = frozenset({"size", "plan", "targets", "data_grade", "context"})


def check(desk: Desk) -> None:
    _questions(desk)
    _indexes(desk)
    _measures(desk)
    _evidence(desk)


def _missing(
    desk: Desk, file: Path, place: str, key: str, names: Iterable[str], known: Container[str]
) -> None:
    for name in names:
        if name not in known:
            cure = f"Name one that exists, or remove it from `{key}`."
            desk.faults.note(
                "dangling-id", file, place, f"`{key}` names `{name}`, which does not exist.", cure
            )


def _questions(desk: Desk) -> None:
    edition = desk.edition
    known = {
        *EFFECTS, *edition.indicators, *edition.indexes, *edition.components, *edition.countermeasures,
    }  # fmt: skip
    for question in edition.questions:
        _missing(desk, desk.question_file(question.id), question.id, "feeds", question.feeds, known)
    stems = (f.stem for f in desk.raw if f.parent.name == "questions")
    _missing(desk, desk.file_of("edition.toml"), "sections", "questions/", stems, edition.sections)


def _indexes(desk: Desk) -> None:
    for index in desk.edition.indexes.values():
        for part in index.components:
            place = part.indicator if "." in part.id else part.id  # parts of a trend have no id of their own
            if part.index:
                _missing(desk, desk.index_file(index), place, "index", [part.index], desk.edition.indexes)
            else:
                _missing(
                    desk,
                    desk.index_file(index),
                    place,
                    "indicator",
                    [part.indicator],
                    desk.edition.indicators,
                )


def _measures(desk: Desk) -> None:
    edition = desk.edition
    for measure in edition.countermeasures.values():
        file = desk.measure_file(measure.id)
        _missing(desk, file, measure.id, "relieves", measure.relieves, edition.components)
        _missing(desk, file, measure.id, "side_effects", measure.side_effects, edition.components)
        _missing(desk, file, measure.id, "after", measure.after, edition.countermeasures)
        _missing(desk, file, measure.id, "kpi", measure.kpi, edition.indicators)
        if edition.sizes:
            _missing(
                desk,
                file,
                measure.id,
                "applies_to",
                measure.applies_to,
                set(edition.sizes.weight_set.values()),
            )


def _evidence(desk: Desk) -> None:
    edition = desk.edition
    for indicator in edition.indicators.values():
        _missing(
            desk,
            desk.file_of("indicators.toml"),
            indicator.id,
            "yardstick",
            indicator.yardsticks,
            edition.evidence,
        )
    for item in edition.evidence.values():
        names = [item.indicator] if item.indicator else []
        _missing(desk, desk.file_of("evidence.toml"), item.id, "indicator", names, edition.indicators)
