"""One firm in a JSON or TOML file: the plain form of answers with its cover, and in JSON its dossier."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from assessment.answering.agenda_form import write_agenda
from assessment.answering.earlier_form import write_earlier
from assessment.answering.form import write_form
from assessment.answering.workshop_form import write_record
from assessment.exchange.dossier import (
    BEFORE,
    BRAND,
    DISPUTED,
    PLAN,
    WORKSHOP,
    read_before,
    read_brand,
    read_disputed,
    read_plan,
    read_workshop,
    write_brand,
)
from assessment.exchange.faults import Fault, FileFault, Place
from assessment.exchange.incoming import FORMAT, Desk, Incoming, clean_text, texts_of
from assessment.exchange.plain_replies import replies_of
from assessment.model.agenda import Dossier
from assessment.model.answers import Answers
from assessment.model.edition import Edition

LARGEST_FILE: Final = 2 << 20  # bytes; a full file of answers has about 30 kB
KEYS: Final = (
    "format", "edition", "firm", "answers", "comments", "confirmed", "questions", DISPUTED, PLAN, BEFORE,
    WORKSHOP, BRAND,
)  # fmt: skip
CASE_KEYS: Final = (
    "id",
    "firm",
    "story",
    "expected",
    "sample",
    "edition",
    "answers",
    "comments",
    "confirmed",
)


def write_json(edition: Edition, answers: Answers) -> bytes:
    """The answers of one firm as a JSON file, UTF-8, same answers same bytes."""
    return write_dossier(edition, Dossier(answers))


def write_dossier(edition: Edition, dossier: Dossier) -> bytes:
    """The answers with all that stands beside them, where there is such; same value same bytes."""
    answers, plan = dossier.answers, write_agenda(dossier.agenda)
    body: dict[str, Any] = {
        "format": FORMAT,
        "edition": answers.edition,
        "firm": answers.firm,
        "answers": write_form(edition, answers.replies),
        "comments": dict(sorted(answers.comments.items())),
        "confirmed": dict(sorted(answers.confirmed.items())),
        **({DISPUTED: write_form(edition, answers.disputed)} if answers.disputed else {}),
        **({PLAN: plan} if plan else {}),
        **({BEFORE: write_earlier(dossier.earlier)} if dossier.earlier else {}),
        **({WORKSHOP: write_record(dossier.workshop)} if dossier.workshop else {}),
        **({BRAND: write_brand(dossier.brand)} if dossier.brand else {}),
    }
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def read_json(body: bytes, file: str, desk: Desk) -> Incoming:
    """The answers of one firm in a JSON file. Raises `FileFault` if nothing can be read."""
    raw = load_json(body)
    unknown = [key for key in raw if key not in KEYS]
    if unknown:
        raise FileFault("unknown-keys", keys=", ".join(unknown), allowed=", ".join(KEYS))
    if raw.get("format") != FORMAT:
        raise FileFault("wrong-format", found=raw.get("format"), wanted=FORMAT)
    if not isinstance(raw.get("edition"), str):
        raise FileFault("no-edition")
    found = _incoming(raw, raw["edition"], clean_text(raw.get("firm", "")), file, desk)
    return _with_the_rest(found, raw, desk)


def load_json(body: bytes) -> dict[str, Any]:
    """A JSON object with each key once and finite numbers only. Raises `FileFault`."""
    text = decode(body)
    try:
        raw = json.loads(
            text, object_pairs_hook=_once, parse_float=_number, parse_int=_number, parse_constant=_no_constant
        )
    except RecursionError:
        raise FileFault("nested-too-deep") from None
    except json.JSONDecodeError as error:
        raise FileFault("not-json", line=error.lineno, column=error.colno, reason=error.msg) from None
    if not isinstance(raw, dict):
        raise FileFault("not-an-object")
    return raw


def decode(body: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one; anything else is refused, not guessed."""
    if len(body) > LARGEST_FILE:
        raise FileFault("file-too-large", most=f"{LARGEST_FILE >> 20} MB")
    try:
        if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return body.decode("utf-16")
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileFault("not-utf8-file") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in pairs:
        if key in out:
            raise FileFault("duplicate-key", key=key)
        out[key] = value
    return out


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent of twenty digits
        raise FileFault("too-large", found=text) from None


def _no_constant(text: str) -> Any:
    raise FileFault("not-finite", found=text)


def read_case_file(body: bytes, file: str, desk: Desk) -> Incoming:
    """A worked case or another TOML file with an `answers` table. Raises `FileFault`."""
    try:
        raw = tomllib.loads(decode(body), parse_float=_number)
    except RecursionError:
        raise FileFault("nested-too-deep") from None
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise FileFault("not-toml", reason=str(error)) from None
    unknown = [key for key in raw if key not in CASE_KEYS]
    if unknown:
        raise FileFault("unknown-keys", keys=", ".join(unknown), allowed=", ".join(CASE_KEYS))
    firm = raw.get("firm", "")
    name = firm.get("en", "") if isinstance(firm, Mapping) else firm
    return _incoming(raw, str(raw.get("edition", desk.default_edition)), clean_text(name), file, desk)


def _incoming(raw: Mapping[str, Any], edition_id: str, firm: str, file: str, desk: Desk) -> Incoming:
    edition = desk.edition(edition_id)
    form = raw.get("answers")
    if not isinstance(form, Mapping):
        raise FileFault("no-answers")
    replies, faults = replies_of(edition, form, file)
    comments, confirmed = (
        texts_of(raw.get("comments"), "comments"),
        texts_of(raw.get("confirmed"), "confirmed"),
    )
    known = {*edition.fields, *edition.question}
    faults += [Fault("unknown-comment", Place(file), k, (("found", k),)) for k in comments if k not in known]
    checks = {c.id for c in edition.checks}
    faults += [Fault("unknown-check", Place(file), k, (("found", k),)) for k in confirmed if k not in checks]
    return Incoming(file, Answers(edition.id, firm, replies, comments, confirmed), tuple(faults))


def _with_the_rest(found: Incoming, raw: Mapping[str, Any], desk: Desk) -> Incoming:
    """The same with what stands beside the answers, as far as the file holds it."""
    edition, faults = desk.edition(found.answers.edition), list(found.faults)
    readers: Mapping[str, Callable[[Any], tuple[Any, list[Fault]]]] = {
        DISPUTED: lambda part: read_disputed(edition, part, found.file),
        PLAN: lambda part: read_plan(edition, part, found.file),
        BEFORE: lambda part: read_before(part, found.file, desk),
        WORKSHOP: lambda part: read_workshop(edition, part, found.file),
        BRAND: lambda part: read_brand(part, found.file),
    }
    parts: dict[str, Any] = {}
    for key, reader in readers.items():
        if raw.get(key) is not None:
            parts[key], more = reader(raw[key])
            faults += more
    return replace(
        found,
        answers=replace(found.answers, disputed=parts.get(DISPUTED, {})),
        faults=tuple(faults),
        agenda=parts.get(PLAN, found.agenda),
        earlier=parts.get(BEFORE),
        workshop=parts.get(WORKSHOP),
        brand=parts.get(BRAND),
    )
