"""
Our cut fonts in fpdf2: parsed once per process, embedded whole.

fpdf2 parses a font for every document and cuts it again to the characters used, which costs more
than all the drawing. Ours are cut when the product is built. This file reaches into fpdf2's
internals; tests/unit/adapters/render/pdf/test_fonts.py fails when they change.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.fonts import TTFFont

fpdf_output: Any = import_module("fpdf.output")


class _Whole:
    """Stands for a parsed font where fpdf2 would cut and save it: its bytes are ready."""

    def __init__(self, parsed: Any, raw: bytes) -> None:  # noqa: ANN401 - fontTools' font
        self._raw = raw
        self._ids: dict[str, int] = parsed.getReverseGlyphMap()

    def getGlyphID(self, name: str) -> int:  # noqa: N802 - fontTools' name
        return self._ids[name]

    def save(self, target: BytesIO) -> None:
        target.write(self._raw)

    def close(self) -> None:
        """Keep what the next document wants again."""


class _NothingToCut:
    """Stands for fontTools' subsetter, for fonts that are cut already."""

    def __init__(self, options: object) -> None:
        del options

    def populate(self, *, glyphs: object) -> None:
        del glyphs

    def subset(self, font: object) -> None:
        del font


class _Subset:
    Options = fpdf_output.ftsubset.Options
    Subsetter = _NothingToCut


def add_font(document: FPDF, family: str, path: Path) -> frozenset[int]:
    """Give a document one of our fonts; return the characters that it can show."""
    parsed = _parsed(family, path)
    font = copy.copy(parsed)
    font.i = len(document.fonts) + 1
    font.desc = copy.copy(parsed.desc)  # it gets a number in each document
    document.fonts[family] = font
    return frozenset(parsed.cmap)


@contextmanager
def embedded_whole() -> Iterator[None]:
    """Keep fpdf2 from cutting fonts while a document is put out."""
    cutter = fpdf_output.ftsubset
    fpdf_output.ftsubset = _Subset
    try:
        yield
    finally:
        fpdf_output.ftsubset = cutter


@cache
def _parsed(family: str, path: Path) -> TTFFont:
    """Parse a font, and number all its characters in one order, whatever a document uses."""
    font = TTFFont(FPDF(), path, family, "")
    for code in sorted(font.cmap):
        font.subset.pick(code)
    whole = _Whole(font.ttfont, path.read_bytes())
    font.ttfont.close()
    font.ttfont = whole
    return font
