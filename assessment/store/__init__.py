"""The only SQL: assessments, answer revisions, capabilities."""

from assessment.store.records import (
    Assessment,
    Health,
    NotSaved,
    OpIdReused,
    Redeemed,
    Refused,
    Revision,
    Saved,
    SchemaTooNew,
    StoreBusy,
    StoredAnswer,
    StoreError,
    TooManyTries,
    Unreachable,
)
from assessment.store.store import Store

__all__ = [
    "Assessment",
    "Health",
    "NotSaved",
    "OpIdReused",
    "Redeemed",
    "Refused",
    "Revision",
    "Saved",
    "SchemaTooNew",
    "Store",
    "StoreBusy",
    "StoreError",
    "StoredAnswer",
    "TooManyTries",
    "Unreachable",
]
