"""A workshop, disputes and a brand travel with the answers, and what is wrong in them is named."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace

import pytest

from assessment.exchange import read_json, write_dossier
from assessment.exchange.logo_child import plain
from assessment.model.brand import Brand
from tests.report.sample_workshop import dossier, names

LOGO = plain(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><circle r="30" fill="#036"/></svg>'
)
BRAND = Brand("林顾问", "Harbour Advisers (invented)", "#0085CA", LOGO)
FILE = {"format": "assessment-answers/1", "edition": "servitization/2026-1", "firm": "F", "answers": {}}
SIGNED = {"by": "x", "at": "2026-05-01T10:30:00+00:00"}


def body(**changes):
    return json.dumps(FILE | changes)


def faults(entries):
    return [(fault.code, fault.field) for entry in entries for fault in entry.faults]


def test_a_workshop_disputes_and_a_brand_come_back_as_sent_with_the_same_bytes(edition, tools, cases):
    sent = replace(dossier(edition, cases[2].answers), brand=BRAND)
    assert sent.answers.disputed and sent.workshop.settled and sent.workshop.by_role
    first = write_dossier(edition, sent)
    found = read_json(first, "a.json", tools.desk)
    assert found.faults == ()
    assert found.dossier.workshop == sent.workshop
    assert found.dossier.brand == BRAND
    assert found.answers.disputed == dict(sent.answers.disputed)
    assert write_dossier(edition, found.dossier) == first


def test_no_name_of_a_respondent_and_no_small_group_is_in_the_file(edition, cases):
    text = write_dossier(edition, dossier(edition, cases[2].answers)).decode()
    assert not any(name in text for name in names())
    told = json.loads(text)["workshop"]
    assert told["parties"] == [
        {"role": "finance", "people": 3}, {"role": "management", "people": 3}, {"role": "", "people": 3},
    ]  # fmt: skip
    assert {role["role"] for role in told["by_role"]} <= {"finance", "management"}
    assert all(a["low"] is None and not a["tally"] for a in told["agreements"] if a["known"] < 3)


BAD, BRANDED = "unreadable-workshop", "unreadable-brand"
SVG = b64encode(b"<svg/>").decode()

HOSTILE = {
    "a workshop that is a list": ({"workshop": []}, [("no-part", "")]),
    "no day": ({"workshop": {}}, [(BAD, "workshop.date")]),
    "an unknown part": ({"workshop": {"date": "2026-05-01", "votes": 1}}, [(BAD, "workshop.votes")]),
    "a crowd": (
        {"workshop": {"date": "2026-05-01", "parties": [{"role": "x", "people": 1e99}]}},
        [(BAD, "workshop.parties.0")],
    ),
    "people with a billion digits": (
        {"workshop": {"date": "2026-05-01", "parties": [{"role": "x", "people": "BIG"}]}},
        [(BAD, "workshop.parties.0")],
    ),
    "an agreement on no field": (
        {"workshop": {"date": "2026-05-01", "agreements": [{"field": "nope"}]}},
        [(BAD, "workshop.agreements.0")],
    ),
    "an index beyond 1": (
        {"workshop": {"date": "2026-05-01", "agreements": [{"field": "fin_gm", "index": 2}]}},
        [(BAD, "workshop.agreements.0")],
    ),
    "a settlement beyond its field": (
        {"workshop": {"date": "2026-05-01", "settled": [{"field": "fin_newrev", "reply": 250, **SIGNED}]}},
        [(BAD, "workshop.settled.0")],
    ),
    "a settlement without a day": (
        {"workshop": {"date": "2026-05-01", "settled": [{"field": "fin_gm", "reply": 5, "at": "soon"}]}},
        [(BAD, "workshop.settled.0")],
    ),
    "a list that is a table": (
        {"workshop": {"date": "2026-05-01", "parked": {"a": 1}}}, [(BAD, "workshop.parked")],
    ),
    "a role with an unknown level": (
        {"workshop": {"date": "2026-05-01", "by_role": [{"role": "x", "stands": [{"dilemma": "D1"}]}]}},
        [(BAD, "workshop.by_role.0")],
    ),
    "a dispute on no field": ({"disputed": {"nope": 1}}, [("unknown-field", "disputed.nope")]),
    "a dispute beyond its field": (
        {"disputed": {"fin_newrev": 250}}, [("unreadable-answer", "disputed.fin_newrev")],
    ),
    "a brand that is a text": ({"brand": "x"}, [("no-part", "")]),
    "an unknown part of a brand": ({"brand": {"site": "x"}}, [("unknown-part", "brand.site")]),
    "a colour that is none": ({"brand": {"colour": "red;}"}}, [(BRANDED, "brand")]),
    "a logo that is no base64": ({"brand": {"logo": "%%"}}, [(BRANDED, "brand")]),
    "a logo that is no PNG": ({"brand": {"logo": SVG}}, [(BRANDED, "brand")]),
    "an office without end": ({"brand": {"office": "x" * 201}}, [(BRANDED, "brand")]),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_part_is_refused_with_its_file_and_place(name, read, tools):
    changes, wanted = HOSTILE[name]
    entries = read("a.json", body(**changes).replace('"BIG"', "1e999999999"))
    assert faults(entries) == wanted
    for language in ("en", "zh"):
        told = str(replace(tools, language=language).problem(entries[0].faults[0]))
        assert told.startswith("a.json") and wanted[0][1] in told
