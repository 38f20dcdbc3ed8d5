"""One firm in a JSON or TOML file: the plain form of answers with its cover."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from assessment.answering.form import read_form, write_form
from assessment.exchange.cells import simple, too_large
from assessment.exchange.faults import Fault, FileFault, Place
from assessment.exchange.incoming import FORMAT, Desk, Incoming, clean_text, texts_of
from assessment.model.answers import Answered, Answers, Between, NotApplicable, Reply
from assessment.model.edition import Edition

LARGEST_FILE: Final = 2 << 20  # bytes; a full file of answers has about 30 kB
KEYS: Final = ("format", "edition", "firm", "answers", "comments", "confirmed", "questions")
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
    body = {
        "format": FORMAT,
        "edition": answers.edition,
        "firm": answers.firm,
        "answers": write_form(edition, answers.replies),
        "comments": dict(sorted(answers.comments.items())),
        "confirmed": dict(sorted(answers.confirmed.items())),
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
    return _incoming(raw, raw["edition"], clean_text(raw.get("firm", "")), file, desk)


def load_json(body: bytes) -> dict[str, Any]:
    """A JSON object with each key once and finite numbers only. Raises `FileFault`."""
    text = decode(body)
    try:
        raw = json.loads(
            text, object_pairs_hook=_once, parse_float=Decimal, parse_int=_whole, parse_constant=_no_constant
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


def _whole(text: str) -> Decimal:
    return Decimal(text)


def _no_constant(text: str) -> Any:
    raise FileFault("not-finite", found=text)


def read_case_file(body: bytes, file: str, desk: Desk) -> Incoming:
    """A worked case or another TOML file with an `answers` table. Raises `FileFault`."""
    try:
        raw = tomllib.loads(decode(body), parse_float=Decimal)
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
    replies, faults = _replies(edition, form, file)
    comments, confirmed = (
        texts_of(raw.get("comments"), "comments"),
        texts_of(raw.get("confirmed"), "confirmed"),
    )
    known = {*edition.fields, *edition.question}
    faults += [Fault("unknown-comment", Place(file), k, (("found", k),)) for k in comments if k not in known]
    checks = {c.id for c in edition.checks}
    faults += [Fault("unknown-check", Place(file), k, (("found", k),)) for k in confirmed if k not in checks]
    return Incoming(file, Answers(edition.id, firm, replies, comments, confirmed), tuple(faults))


def _replies(edition: Edition, form: Mapping[str, Any], file: str) -> tuple[dict[str, Reply], list[Fault]]:
    try:
        found, problems = read_form(edition, form, file)
    except (RecursionError, AttributeError, TypeError):  # a table where no table belongs
        raise FileFault("no-answers") from None
    faults = []
    for problem in problems:
        field = problem.where.removeprefix(f"{file}: ")
        faults.append(Fault(problem.code, Place(file), field, (("found", _found(form, field)),)))
    replies: dict[str, Reply] = {}
    for name, reply in found.items():
        settled = _settled(reply)
        if settled is None:
            faults.append(Fault("too-large", Place(file), name, (("found", _found(form, name)),)))
        else:
            replies[name] = settled
    return replies, faults


def _settled(reply: Reply) -> Reply | None:
    """The reply with simple numbers and a clean reason; None if a number is absurd."""
    match reply:
        case Answered(Decimal() as value):
            return None if too_large(value) else Answered(simple(value))
        case Between(low, high):
            return None if too_large(low) or too_large(high) else Between(simple(low), simple(high))
        case NotApplicable(reason):
            return NotApplicable(clean_text(reason))
        case _:
            return reply


def _found(form: Mapping[str, Any], field: str) -> str:
    """What stood in the form for a field, for the message."""
    node: Any = form
    rest = field
    while isinstance(node, Mapping) and rest:
        key = next((k for k in node if rest == k or rest.startswith(f"{k}.")), None)
        if key is None:
            break
        node, rest = node[key], rest[len(key) + 1 :]
    return str(node)[:100]
