"""
Set a sample with other tools that make PDFs, and say how long each takes: CPU ms, best of several.

    python tools/compare_pdf.py FOLDER/NAME TIMES

In an environment of its own with reportlab, weasyprint and typst; FOLDER is what `make documents`
has written. Each sets the same head, lines and totals with the same font; none has attachments.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "templates" / "fonts"
ROUNDS = 5
LINES_OF_PAGE, TOP, STEP = 38, 780, 17
Rows = list[tuple[str, str, str, str, str]]


def main(sample: Path, times: int) -> None:
    document = json.loads(sample.with_suffix(".json").read_bytes())
    rows = [
        (
            one["description"],
            f"{one['service']['start_on']} – {one['service']['last_on']}",
            one["expression"]["quantity"],
            one["expression"]["price"],
            f"{one['net'] / 100:.2f}",
        )
        for one in document["lines"]
    ]
    head = [document["entity"]["name"], document["customer"]["name"]]
    totals = [f"{name}: {document['totals'][name] / 100:.2f}" for name in ("net", "tax", "due")]
    page = sample.with_suffix(".html").read_text(encoding="utf-8")
    tools: dict[str, Callable[[], bytes]] = {
        "reportlab": lambda: reportlab(head, rows, totals),
        "typst": lambda: typst(head, rows, totals),
        "weasyprint": lambda: weasyprint(page),
    }
    for name, act in tools.items():
        began = time.process_time()
        size = len(act())
        first = time.process_time() - began
        best = min(_timed(act, times) for _ in range(ROUNDS))
        print(f"{name}: {best:.1f} ms, first {first * 1000:.0f} ms, {size} bytes")


def reportlab(head: list[str], rows: Rows, totals: list[str]) -> bytes:
    """Set text by text, which is its quickest way."""
    from io import BytesIO  # noqa: PLC0415

    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    if "sans" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("sans", str(FONTS / "OpenSans-Regular.ttf")))
    out = BytesIO()
    canvas = Canvas(out)
    canvas.setFont("sans", 9)
    for place, text in enumerate(head):
        canvas.drawString(50, TOP + STEP * (2 - place), text)
    for place, row in enumerate(rows):
        y = TOP - STEP * (place % LINES_OF_PAGE + 2)
        if place and not place % LINES_OF_PAGE:
            canvas.showPage()
            canvas.setFont("sans", 9)
        for x, text in zip((50, 230), row[:2], strict=True):
            canvas.drawString(x, y, text)
        for x, text in zip((390, 460, 540), row[2:], strict=True):
            canvas.drawRightString(x, y, text)
        canvas.line(50, y - 4, 540, y - 4)
    for place, text in enumerate(totals):
        canvas.drawRightString(540, 60 - STEP * place, text)
    canvas.save()
    return out.getvalue()


def typst(head: list[str], rows: Rows, totals: list[str]) -> bytes:
    """Compile a source that differs each time, since equal ones are remembered."""
    import typst as compiler  # noqa: PLC0415

    cells = "\n".join(", ".join(f"[{text}]" for text in row) + "," for row in rows)
    source = (
        f'// {time.perf_counter_ns()}\n#set page(paper: "a4")\n'
        '#set text(font: "Open Sans", size: 9pt)\n'
        + "\n\n".join(head)
        + "\n#table(columns: (2fr, 2fr, 1fr, 1fr, 1fr), stroke: none,\n"
        + cells
        + ")\n"
        + "\n\n".join(totals)
    )
    with tempfile.NamedTemporaryFile("w", suffix=".typ", encoding="utf-8") as file:
        file.write(source)
        file.flush()
        made: bytes = compiler.compile(file.name, font_paths=[str(FONTS)], pdf_standards=["a-3b"])
    return made


def weasyprint(page: str) -> bytes:
    """Print the page of the sample, PDF/A-3B."""
    from weasyprint import HTML  # noqa: PLC0415

    made: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/a-3b")
    return made


def _timed(act: Callable[[], bytes], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - began) * 1000 / times


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
