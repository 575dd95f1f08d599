"""The letters of the font: what a text of a template may be written in."""

from functools import cache
from pathlib import Path

NARROW = 0x202F
"""The narrow no-break space, which the paper sets as a wider one."""


@cache
def letters(folder: Path) -> frozenset[int]:
    """Return the characters that both weights can show; fontTools is wanted here only."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - most of a cold start

    found = []
    for name in ("OpenSans-Regular.ttf", "OpenSans-Semibold.ttf"):
        with TTFont(folder / "fonts" / name, lazy=True) as font:
            found.append(frozenset(font.getBestCmap()))
    return (found[0] & found[1]) | {NARROW}
