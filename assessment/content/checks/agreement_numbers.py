"""The numbers of `[agreement]` make sense: agreed below apart, both in 0 to 1; groups of two or more; at most
half is cut off; factors above 1 and further from 1 than `near`.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessment.content.desk import Desk
from assessment.model.workshop import AgreementRules


def check(desk: Desk) -> None:
    rules = desk.edition.agreement
    wrong = list(_wrong(rules)) if rules else []
    if wrong:
        cure = "0 <= agreed < apart <= 1; least 2 or more; trim below 0.5; factors above 1 + near."
        desk.faults.note(
            "agreement-numbers", desk.file_of("edition.toml"), "agreement", f"{'; '.join(wrong)}.", cure
        )


def _wrong(rules: AgreementRules) -> Iterator[str]:
    for name, agreed in rules.agreed.items():
        if not 0 <= agreed < rules.apart[name] <= 1:
            yield f"agreed {agreed:g} and apart {rules.apart[name]:g} for {name}"
    if rules.least < 2:
        yield f"least {rules.least}"
    if rules.trim_from < 2 or not 0 <= rules.trim < 0.5:
        yield f"trim {rules.trim:g} from {rules.trim_from}"
    if not 0 <= rules.near < 1:
        yield f"near {rules.near:g}"
    for unit, factors in rules.factors.items():
        yield from (f"factor {f:g} for {unit}" for f in factors if f <= 1 + rules.near)
