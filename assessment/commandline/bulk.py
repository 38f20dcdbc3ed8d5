"""`report` for many firms: one PDF a firm, made by several processes; what cannot be made is listed."""

from __future__ import annotations

import argparse
import gc
import os
import re
import signal
import unicodedata
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from assessment.commandline.meter import Meter
from assessment.commandline.tools import FINE, PROBLEMS, Tools, WrongUsage, edition_of, warn
from assessment.commandline.validate import line as problem_line
from assessment.exchange import Incoming, write_dossier
from assessment.model.words import Catalogue

STOPPED: Final = 130  # what a shell expects of a program stopped by Ctrl-C
LONGEST_NAME: Final = 80  # characters of a firm's name in the name of its file


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make."""

    position: int  # among all firms
    where: str  # the file and row its answers came from
    firm: str
    file: Path
    body: bytes  # the dossier as JSON

    def told(self, reason: str) -> str:
        """Why it could not be made, fit to stand behind `where`."""
        return f"{self.firm}: {reason}" if self.firm else reason


@dataclass(slots=True)
class Tally:
    """What became of the firms. `failed`: by position, why there is no report; each reason with its place."""

    written: int = 0
    failed: dict[int, tuple[str, ...]] = field(default_factory=dict)


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    """The arguments of `report` that concern many firms."""
    text = words.text
    parser.add_argument("--all", action="store_true", help=text("bulk.help.all"))
    parser.add_argument("--force", action="store_true", help=text("bulk.help.force"))
    parser.add_argument("--workers", type=int, default=0, metavar="N", help=text("bulk.help.workers"))


def wanted(options: argparse.Namespace) -> bool:
    """Whether the command is for many firms: `--all`, or a folder to write to."""
    return bool(options.all) or options.output.is_dir()


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Write a report for every firm that can have one. Exit code 1 if there are others, which are listed."""
    _make_folder(options.output, tools)
    tally = Tally()
    jobs = list(_jobs(options, tools, tally))
    today = options.date or date.today()
    meter = Meter(len(jobs), tools.words)
    try:
        for job, reasons in _made(jobs, options, tools, today):
            meter.step()
            if reasons:
                tally.failed[job.position] = tuple(f"{job.where}: {reason}" for reason in reasons)
            else:
                tally.written += 1
    except KeyboardInterrupt:
        meter.end()
        warn(tools.words.text("bulk.stopped", written=tally.written, count=len(jobs), folder=options.output))
        return STOPPED
    meter.end()
    for _, reasons in sorted(tally.failed.items()):
        for reason in reasons:
            warn(reason)
    count = len(tally.failed)
    warn(tools.words.text("bulk.totals", written=tally.written, failed=count, folder=options.output))
    return PROBLEMS if tally.failed else FINE


def _make_folder(folder: Path, tools: Tools) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise WrongUsage(tools.text("cannot_write", file=folder, reason=error.strerror)) from None


# --- which files -------------------------------------------------------------------------------


def _jobs(options: argparse.Namespace, tools: Tools, tally: Tally) -> Iterator[Job]:
    """A job for every firm that was read and whose file may be written; the others go to the tally."""
    taken: set[str] = set()
    for position, entry in enumerate(tools.incoming(options.file)):
        where = tools.text("firm_row", file=entry.file, row=entry.row) if entry.row else entry.file
        file = options.output / unique(file_stem(entry), tools.language, taken)
        if entry.faults:
            told = (tools.problem(fault, entry.answers.edition) for fault in entry.faults)
            tally.failed[position] = tuple(str(problem) for problem in told)
            continue
        edition = edition_of(entry.answers.edition)
        job = Job(position, where, entry.answers.firm, file, write_dossier(edition, entry.dossier))
        if file.exists() and not options.force:
            reason = tools.words.text("bulk.exists", file=file.name)
            tally.failed[position] = (f"{where}: {job.told(reason)}",)
        else:
            yield job


def file_stem(entry: Incoming) -> str:
    """A name for a file that every system takes: the firm's, or where its answers stand."""
    told = unicodedata.normalize("NFC", entry.answers.firm)
    stem = re.sub(r"\W+", "-", told).strip("-_")[:LONGEST_NAME].strip("-_")
    if stem:
        return stem
    place = re.sub(r"\W+", "-", Path(entry.file).stem).strip("-")[:LONGEST_NAME] or "firm"
    return f"{place}-{entry.row}" if entry.row else place


def unique(stem: str, language: str, taken: set[str]) -> str:
    """The name of a file that is not taken, also where capitals do not count; it counts as taken then."""
    number = 1
    while True:
        name = f"{stem}-{number}-{language}.pdf" if number > 1 else f"{stem}-{language}.pdf"
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
        number += 1


# --- making them -------------------------------------------------------------------------------


def _made(
    jobs: list[Job], options: argparse.Namespace, tools: Tools, today: date
) -> Iterator[tuple[Job, tuple[str, ...]]]:
    """Every job with the reasons why there is no report, none if there is one; as they are done."""
    if not jobs:
        return
    count = min(options.workers if options.workers > 0 else processors(), len(jobs))
    # Fresh processes: a copy of this one would hold the locks its threads had at that moment.
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_ready)
    attach = not options.no_attachment
    try:
        running: dict[Future[tuple[str, ...]], Job] = {
            pool.submit(make, job, tools.language, tools.edition_id, today, attach): job for job in jobs
        }
        yield from _results(running, tools)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _results(
    running: dict[Future[tuple[str, ...]], Job], tools: Tools
) -> Iterator[tuple[Job, tuple[str, ...]]]:
    for done in as_completed(running):
        job = running.pop(done)
        try:
            yield job, done.result()
        except BrokenProcessPool:
            yield job, (job.told(tools.words.text("bulk.died")),)
        except Exception as error:  # one firm must not stop the others
            reason = f"{type(error).__name__}: {error}"
            yield job, (job.told(tools.words.text("bulk.broken", reason=reason)),)


def processors() -> int:
    """Processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _ready() -> None:
    """Before the first job of a process: Ctrl-C is for the parent, which lets the reports at hand end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import assessment.workflow.reporting  # noqa: F401  loaded now, once
    from assessment.output.typeface import faces

    faces()
    gc.freeze()  # what was loaded stays: looking through it again for waste took a fifth of a report's time


def make(job: Job, language: str, edition_id: str, today: date, attach: bool) -> tuple[str, ...]:
    """Write one report, whole or not at all; the reasons if there can be none. For a process of its own."""
    from assessment.answering.validation import check_answers, impossible
    from assessment.output import ReportTooLong
    from assessment.workflow.reporting import dossier_in, file_from

    tools = Tools(language, edition_id)
    answers = dossier_in(job.body).answers
    refused = impossible(check_answers(edition_of(answers.edition), answers, today))
    if refused:
        entry = Incoming(job.where, answers)
        return tuple(problem_line(tools, entry, problem) for problem in refused)
    try:
        body = file_from(job.body, "pdf", language, today, attach=attach)
        _write(job.file, body)
    except ReportTooLong:
        return (job.told(tools.words.text("bulk.too_long")),)
    except OSError as error:
        return (job.told(tools.text("cannot_write", file=job.file.name, reason=error.strerror)),)
    return ()


def _write(file: Path, body: bytes) -> None:
    """Under another name first: a file that bears its name is whole."""
    half = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        half.write_bytes(body)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
