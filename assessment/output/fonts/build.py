"""Makes the shipped fonts from their sources. Run by hand; see docs/how-to/rebuild-fonts.md.

    python -m assessment.output.fonts.build <folder with the sources>

Same sources and same fontTools in, same bytes out: no clock is read.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
CHARACTER_TABLE = "Unihan_OtherMappings.txt"
CHECKSUMS = {
    "NotoSansSC_400Regular.ttf": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    "NotoSansSC_700Bold.ttf": "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
    "SourceSans3_400Regular.ttf": "393fb5b878ceed04aebc34b097e853ae5138c51d0c34b496ce8e2b47e0d0b94a",
    "SourceSans3_400Regular_Italic.ttf": "f17facaa9ed293bb38526db3638e240510b7393c37ffa70e5c48f39575de44ab",
    "SourceSans3_600SemiBold.ttf": "bd2550fce2d295b0bf20bd8b1b7f1477da834f1066bd850aafdb4787a67a63ca",
    "SourceSans3_700Bold.ttf": "7109021766e915ecd9721e28d11dfc732d57affda49e4ca15bb6d1529add7fdd",
    CHARACTER_TABLE: "3e60f525d47eef6ea20b4673e22a14282669cb29ad7e94f1b249a197250534b1",
}

Characters = frozenset[int]
# Letters, marks and signs of Latin, Greek and Cyrillic, as inclusive ranges of code points.
LATIN_RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x180, 0x24F), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF),
    (0x400, 0x45F), (0x490, 0x491), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF),
    (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF),
    (0x2713, 0x2717),
)  # fmt: skip
CHINESE_RANGES = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x203B), (0x20AC, 0x20AC), (0x2103, 0x2122),
    (0x2150, 0x218F), (0x2190, 0x2199), (0x2460, 0x2473), (0x25A0, 0x25CF),
    (0x3000, 0x301F), (0x3200, 0x32FF),
    (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cut:
    """One shipped file: where it comes from and the name it bears."""

    source: str
    target: str
    family: str
    style: str
    chinese: bool


CUTS = (
    Cut("SourceSans3_400Regular.ttf", "BoardSans-Regular.ttf", "Board Sans", "Regular", False),
    Cut("SourceSans3_400Regular_Italic.ttf", "BoardSans-Italic.ttf", "Board Sans", "Italic", False),
    Cut("SourceSans3_600SemiBold.ttf", "BoardSans-SemiBold.ttf", "Board Sans", "SemiBold", False),
    Cut("SourceSans3_700Bold.ttf", "BoardSans-Bold.ttf", "Board Sans", "Bold", False),
    Cut("NotoSansSC_400Regular.ttf", "BoardSansSC-Regular.ttf", "Board Sans SC", "Regular", True),
    Cut("NotoSansSC_700Bold.ttf", "BoardSansSC-Bold.ttf", "Board Sans SC", "Bold", True),
)


def general_characters(table: str) -> Characters:
    """The 8,105 characters of the national table of 2013, from Unihan's field kTGH."""
    rows = (line.split("\t") for line in table.splitlines() if line.startswith("U+"))
    return frozenset(int(row[0].removeprefix("U+"), base=16) for row in rows if row[1] == "kTGH")


def gb2312() -> Characters:
    """Every character of GB 2312: 6,763 Han characters and the signs beside them."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset(ord(text) for text in (pair.decode("gb2312", "ignore") for pair in pairs) if text)


def spread(ranges: Iterable[tuple[int, int]]) -> Characters:
    """All code points of inclusive ranges."""
    return frozenset(code for first, last in ranges for code in range(first, last + 1))


def subset(font: TTFont, characters: Characters) -> None:
    """Keep these characters only: no hints, no kerning, no ligatures (ligatures spoil copied text)."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "STAT", "DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def rename(font: TTFont, cut: Cut) -> None:
    """The licence reserves the original names for unmodified fonts; copyright and licence stay."""
    plain = cut.style in ("Regular", "Bold", "Italic")
    names = {
        1: cut.family if plain else f"{cut.family} {cut.style}",
        2: cut.style if plain else "Regular",
        3: f"{cut.target.removesuffix('.ttf')}; subset of {cut.source}",
        4: f"{cut.family} {cut.style}",
        6: cut.target.removesuffix(".ttf"),
        16: cut.family,
        17: cut.style,
    }
    table = font["name"]
    keep = {0, 5, 13, 14}
    table.names = [record for record in table.names if record.nameID in keep and record.platformID == 3]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


def build(folder: Path) -> None:
    """Write all shipped files beside this module; refuse a source whose checksum differs."""
    for name, expected in CHECKSUMS.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            raise SystemExit(
                f"{name}: checksum {found}, expected {expected}. Use the version named in the guide."
            )
    han = general_characters((folder / CHARACTER_TABLE).read_text(encoding="utf-8"))
    chinese = han | gb2312() | spread(CHINESE_RANGES)
    for cut in CUTS:
        font = TTFont(folder / cut.source, recalcTimestamp=False)
        subset(font, chinese if cut.chinese else spread(LATIN_RANGES))
        rename(font, cut)
        font.save(HERE / cut.target)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
