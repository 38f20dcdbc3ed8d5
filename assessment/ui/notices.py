"""The short pages the server shows by itself, in the reader's language."""

from __future__ import annotations

from assessment.ui.services import Notice
from assessment.workflow import bench

_FIRST, _OTHER = "en", "zh"


def notice(key: str, languages: str) -> Notice:
    """The notice `key` in the first language of an Accept-Language header or locale that the app speaks."""
    spoken = [part.strip().lower() for part in languages.split(",")]
    language = next((code for part in spoken for code in (_FIRST, _OTHER) if part.startswith(code)), _FIRST)
    say = bench.words(language).text
    return Notice(
        language, say(f"ui.notice.{key}.title"), say(f"ui.notice.{key}.text"), say("ui.notice.home")
    )
