"""What we reach into of fpdf2 is still what it was: a change of fpdf2 must fail here first."""

from io import BytesIO
from pathlib import Path

import pypdf
from fpdf import FPDF
from fpdf import output as fpdf_output
from fpdf.fonts import TTFFont

from solde.adapters.render.pdf.fonts import add_font, embedded_whole

FONT = Path(__file__).parents[5] / "templates" / "fonts" / "OpenSans-Regular.ttf"


def test_fpdf2_still_cuts_fonts_by_the_name_that_we_replace() -> None:
    before = fpdf_output.ftsubset
    with embedded_whole():
        assert fpdf_output.ftsubset is not before
    assert fpdf_output.ftsubset is before
    assert {"subset", "ttfont", "desc", "cmap", "i"} <= set(TTFFont.__slots__)


def test_the_whole_font_is_embedded_and_shows_what_was_written() -> None:
    made = []
    for words in ("Zebra", "été 12 €"):
        document = FPDF()
        known = add_font(document, "body", FONT)
        assert ord("€") in known
        document.add_page()
        document.set_font("body", size=12)
        document.text(10, 10, words)
        with embedded_whole():
            body = bytes(document.output())
        page = pypdf.PdfReader(BytesIO(body)).pages[0]
        assert page.extract_text() == words
        font = page["/Resources"]["/Font"]["/F1"]["/DescendantFonts"][0]
        made.append(font["/FontDescriptor"]["/FontFile2"].get_data())
    assert made[0] == made[1] == FONT.read_bytes()
