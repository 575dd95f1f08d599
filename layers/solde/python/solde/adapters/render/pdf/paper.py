"""The paper: A4, two weights of one embedded font, colours, and text that the font can show."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from fpdf import FPDF

from solde.adapters.render.look import Style
from solde.adapters.render.pdf.fonts import add_font

REGULAR, BOLD = "regular", "bold"
LEFT, RIGHT, TOP, BOTTOM, FOOT = 18.0, 192.0, 18.0, 275.0, 285.0
"""Margins in mm: the text area of an A4 page, and the page number below it."""
SMALLEST, STEP = 5.0, 0.5
"""Points: what is still read with good eyes, and by how much a text shrinks at a time."""

USUAL = Style()
NARROW = "\u202f"
"""The narrow no-break space, which the font has not."""

Colour = tuple[int, int, int]


class Inks:
    """The colours of a style, as the paper wants them."""

    def __init__(self, style: Style) -> None:
        self.accent, self.ink = _colour(style.accent), _colour(style.ink)
        self.soft, self.line, self.tint = (
            _colour(one) for one in (style.soft, style.line, style.tint)
        )


def _colour(text: str) -> Colour:
    red, green, blue = bytes.fromhex(text[1:])
    return red, green, blue


def day_start(day: str) -> datetime:
    """Return the instant that a file says it was made at: bytes repeat with the day of issue."""
    return datetime.combine(date.fromisoformat(day), time(0), tzinfo=UTC)


class Paper(FPDF):
    """An FPDF with our fonts; the creation date is the day of issue, so that bytes repeat."""

    def __init__(self, folder: Path, *, issued_on: str, style: Style = USUAL) -> None:
        super().__init__(format="A4", unit="mm", enforce_compliance="PDF/A-3B")
        self.set_margins(LEFT, TOP, 210 - RIGHT)
        self.set_auto_page_break(auto=False)
        regular = add_font(self, REGULAR, folder / "fonts" / "OpenSans-Regular.ttf")
        bold = add_font(self, BOLD, folder / "fonts" / "OpenSans-Semibold.ttf")
        self.set_creation_date(day_start(issued_on))
        self.set_producer("Solde")
        self._known = regular & bold
        self.inks = Inks(style)
        self.bottom = BOTTOM

    def number_pages(self, page_text: str, name: str) -> None:
        """Write page numbers and the document's name, once it is known how many pages there are."""
        pages = self.page_no()
        for page in range(1, pages + 1):
            self.page = page
            self.set_font(BOLD, size=1)  # else fpdf2 thinks that this page has the font already
            text = page_text.format(page=page, pages=pages)
            self.write_at(LEFT, FOOT, text, size=8, colour=self.inks.soft)
            self.write_at(RIGHT, FOOT, name, size=8, colour=self.inks.soft, right=True)

    def write_at(  # noqa: PLR0913 - one call says where, what and how
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9.5,
        bold: bool = False,
        colour: Colour | None = None,
        right: bool = False,
    ) -> None:
        """Put a line of text on a baseline; with `right`, x is its end."""
        shown = self.shown(text)
        self.set_font(BOLD if bold else REGULAR, size=size)
        self.set_text_color(*(colour or self.inks.ink))
        self.text(x - self.get_string_width(shown) if right else x, y, shown)

    def lines_of(self, text: str, width: float, *, size: float, bold: bool = False) -> list[str]:
        """Break a text into lines that fit a width; a word too long is cut."""
        self.set_font(BOLD if bold else REGULAR, size=size)
        shown = self.shown(text)
        if self.get_string_width(shown) <= width:
            return [shown]
        lines: list[str] = []
        line = ""
        for word in shown.split(" "):
            tried = f"{line} {word}" if line else word
            if self.get_string_width(tried) <= width:
                line = tried
                continue
            if line:
                lines.append(line)
            line = self._cut(word, width, lines)
        return [*lines, line] if line else lines or [""]

    def size_of(self, text: str, width: float, *, size: float, bold: bool = False) -> float:
        """Return the size, not above the one wished for, at which no word must be cut."""
        self.set_font(BOLD if bold else REGULAR, size=size)
        shown = self.shown(text)
        if self.get_string_width(shown) <= width:
            return size
        widest = max(self.get_string_width(word) for word in shown.split(" "))
        while size > SMALLEST and widest > width:
            widest *= (size - STEP) / size
            size -= STEP
        return size

    def shown(self, text: str) -> str:
        """Leave no control character, and put a question mark where the font has no glyph."""
        plain = " ".join(text.split("\n")).replace(NARROW, "\u00a0")
        return "".join(char if ord(char) in self._known else "?" for char in plain)

    def rule(
        self, y: float, *, x: float = LEFT, end: float = RIGHT, colour: Colour | None = None
    ) -> None:
        self.set_draw_color(*(colour or self.inks.line))
        self.set_line_width(0.2)
        self.line(x, y, end, y)

    def rectangle(self, x: float, y: float, width: float, height: float) -> str:
        """Return a rectangle in the paper's own units and from its own corner."""
        left, top = x * self.k, (self.h - y) * self.k
        return f"{left:.2f} {top:.2f} {width * self.k:.2f} {-height * self.k:.2f} re"

    def fill(self, rectangles: Sequence[str]) -> None:
        """Fill many rectangles at once: fpdf2 writes a dozen commands for each."""
        self._out(f"q 0 g {' '.join(rectangles)} f Q")

    def _cut(self, word: str, width: float, lines: list[str]) -> str:
        while self.get_string_width(word) > width and len(word) > 1:
            size = next(
                size
                for size in range(len(word) - 1, 0, -1)
                if size == 1 or self.get_string_width(word[:size]) <= width
            )
            lines.append(word[:size])
            word = word[size:]
        return word
