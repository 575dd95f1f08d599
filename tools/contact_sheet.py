"""
Put the first page of every PDF of a folder on one picture, to be looked at.

    python tools/contact_sheet.py FOLDER OUT.png [WIDTH OF A PAGE] [COLUMNS]
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

A4 = 1.414
CAPTION, GAP, COLOURS = 14, 8, 48


def main(folder: Path, out: Path, width: int = 190, columns: int = 11) -> None:
    files = sorted(folder.glob("*.pdf"))
    height = round(width * A4)
    rows = -(-len(files) // columns)
    size = (columns * (width + GAP) + GAP, rows * (height + CAPTION + GAP) + GAP)
    sheet = Image.new("RGB", size, "#c9d1da")
    pen = ImageDraw.Draw(sheet)
    for place, file in enumerate(files):
        x = GAP + place % columns * (width + GAP)
        y = GAP + place // columns * (height + CAPTION + GAP)
        sheet.paste(_first_page(file, width, height), (x, y))
        pen.text((x, y + height + 1), file.stem, fill="#1b2430")
    sheet.quantize(COLOURS).save(out, optimize=True)
    print(f"{len(files)} pages, {out.stat().st_size} bytes in {out}")


def _first_page(file: Path, width: int, height: int) -> Image.Image:
    pdf = pypdfium2.PdfDocument(file)
    page = pdf[0]
    picture = page.render(scale=2 * width / page.get_width()).to_pil().convert("RGB")
    pdf.close()
    return picture.resize((width, height), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    folder, out, *sizes = sys.argv[1:]
    main(Path(folder), Path(out), *map(int, sizes))
