"""Writes the editions `asem` and `hdi` from the published tables in `data/`.

Run `python -m tests.editions.build` after a change here; the files it writes are committed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
Row = Mapping[str, str]
REASON = 'standing = "derived"\nsource = ["published method"]\n'


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table in `data/`."""
    with (HERE / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files() -> dict[str, str]:
    """Path below this folder -> text, for both editions."""
    return {f"asem/{k}": v for k, v in _asem().items()} | {f"hdi/{k}": v for k, v in _hdi().items()}


def _edition(id_: str) -> str:
    return f'id = "{id_}"\nstatus = "draft"\nlanguages = []\nsections = ["indicators"]\n'


def _question(name: str, minimum: float | None) -> str:
    limit = "" if minimum is None else f"minimum = {minimum!r}\n"
    return f'[[question]]\nid = "{name}"\nkind = "number"\nunit = "number"\n{limit}'


def _indicator(name: str) -> str:
    return f'[indicator.{name}]\nformula = "{name}"\nunit = "number"\nreads = "context"\n{REASON}'


def _index(id_: str, parts: Iterable[str], head: str = "") -> str:
    return f'id = "{id_}"\n{head}\n' + "\n".join(f"[[component]]\n{part}{REASON}" for part in parts)


def _seen(name: str, first: str, last: str, more: str = "") -> str:
    return f'id = "{name}_part"\nindicator = "{name}"\nanchors = [{first}, {last}]\n{more}'


def _inner(name: str) -> str:
    return f'id = "{name}_part"\nindex = "{name}"\n'


# --- Sustainable Connectivity ----------------------------------------------------------------


def _asem() -> dict[str, str]:
    meta, posts = rows("meta"), {p["iCode"]: p for p in rows("goalposts")}
    plain = [m["iCode"] for m in meta if m["Level"] == "1"]
    ready = rows("indicators_ready")
    lowest = {name: min(float(country[name]) for country in ready) for name in plain}
    out = {
        "edition.toml": _edition("asem"),
        "questions/indicators.toml": "\n".join(
            _question(n, lowest[n] if lowest[n] < 0 else None) for n in plain
        ),
        "indicators.toml": "\n".join(map(_indicator, plain)),
    }
    for composite in (m["iCode"] for m in meta if m["Level"] != "1"):
        parts = [m for m in meta if m["Parent"] == composite]
        out[f"dilemmas/{composite}.toml"] = _index(composite, (_asem_part(m, posts) for m in parts))
    return out


def _asem_part(part: Row, posts: Mapping[str, Row]) -> str:
    name = part["iCode"]
    if name not in posts:
        return _inner(name)
    ends = posts[name]["goalpost_low"], posts[name]["goalpost_high"]
    return _seen(name, *(ends if part["Direction"] == "1" else ends[::-1]))


# --- Human Development Index -----------------------------------------------------------------

HDI_COLUMNS = ("life_expectancy", "expected_schooling", "mean_schooling", "gni_per_capita")


def _hdi() -> dict[str, str]:
    education = (_seen("expected_schooling", "0", "18"), _seen("mean_schooling", "0", "15"))
    whole = (
        _seen("life_expectancy", "20", "85"), _inner("education"),
        _seen("gni_per_capita", "100", "75000", "log = true\n"),
    )  # fmt: skip
    return {
        "edition.toml": _edition("hdi"),
        "questions/indicators.toml": "\n".join(_question(name, None) for name in HDI_COLUMNS),
        "indicators.toml": "\n".join(map(_indicator, HDI_COLUMNS)),
        "dilemmas/education.toml": _index("education", education),
        "dilemmas/hdi.toml": _index("hdi", whole, 'aggregator = "geometric"'),
    }


if __name__ == "__main__":
    for path, text in files().items():
        (HERE / path).parent.mkdir(parents=True, exist_ok=True)
        (HERE / path).write_text(text, encoding="utf-8")
