"""Cut a TrueType font to what invoices need: Latin, the signs of money and measure, no hinting."""

import sys
from pathlib import Path

from fontTools import subset

RANGES = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),
    (0x192, 0x218, 0x219, 0x21A, 0x21B, 0x2C6, 0x2C7, 0x2DA, 0x2DC, 0x1E9E),
    range(0x2010, 0x2028),
    (0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122),
    (
        0x2190,
        0x2192,
        0x2202,
        0x2206,
        0x2211,
        0x2212,
        0x221A,
        0x221E,
        0x2248,
        0x2260,
        0x2264,
        0x2265,
    ),
)


def main(source: Path, target: Path) -> None:
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13])
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG", "kern"]
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for codes in RANGES for code in codes])
    cutter.subset(font)
    font["head"].modified = font["head"].created  # the same input gives the same bytes
    font.recalcTimestamp = False
    font.save(str(target))
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
