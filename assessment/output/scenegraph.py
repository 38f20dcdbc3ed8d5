"""Chart specifications to placed marks, by the converter that also lays out the screen. Cached by content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from types import ModuleType
from typing import Any

import vl_convert

from assessment.output.cleaning import visible
from assessment.output.typeface import FOLDER

Item = dict[str, Any]
_ESCAPED = re.compile(r"\\u00[01]|\\[bfr]")  # control characters, as JSON writes them
_converting = Lock()


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    """The converter measures text with the very files the document embeds."""
    vl_convert.register_font_directory(str(FOLDER))


@contextmanager
def converter() -> Iterator[ModuleType]:
    """The converter with our fonts, for one thread at a time."""
    with _converting:
        _register_fonts()
        yield vl_convert


def as_text(spec: Item) -> str:
    """A specification as the converter takes it; equal specifications give equal texts.

    A control character in a label would end the process: the converter measures text as XML and gives up.
    """
    text = _as_json(spec)
    return text if visible(text) == text and not _ESCAPED.search(text) else _as_json(_seen(spec))


def _as_json(spec: Item) -> str:
    return json.dumps(spec, sort_keys=True, ensure_ascii=False)


def _seen(node: Any) -> Any:
    """The same with every text free of characters nobody sees."""
    if isinstance(node, dict):
        return {key: _seen(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_seen(value) for value in node]
    return visible(node) if isinstance(node, str) else node


def scenegraph(spec: Item) -> Item:
    """The root group of a Vega-Lite specification: marks with places in points. Treat as read-only."""
    return _converted(as_text(spec))


@lru_cache(maxsize=512)
def _converted(spec: str) -> Item:
    with converter() as convert:
        drawn: Item = convert.vegalite_to_scenegraph(spec)
    root: Item = drawn["scenegraph"]
    return root


def warm_up() -> None:
    """Start the converter's engine, which takes about a second the first time."""
    scenegraph({"data": {"values": [{}]}, "mark": "text", "encoding": {"text": {"value": " "}}})
