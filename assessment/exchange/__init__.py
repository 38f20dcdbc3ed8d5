"""Answers in and out: JSON, XLSX and TOML of one firm, CSV and XLSX of many firms."""

from assessment.exchange.cells import Reader, option_labels
from assessment.exchange.faults import Fault, FileFault, Place, in_words
from assessment.exchange.incoming import Desk, Incoming
from assessment.exchange.plain_files import read_json, write_dossier, write_json
from assessment.exchange.reading import open_answers, read_answers
from assessment.exchange.sheet_out import write_sheet

__all__ = [
    "Desk", "Fault", "FileFault", "Incoming", "Place", "Reader", "in_words", "open_answers", "option_labels",
    "read_answers", "read_json", "write_dossier", "write_json", "write_sheet",
]  # fmt: skip
