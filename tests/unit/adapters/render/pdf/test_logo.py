"""A logo on paper: once in the file, without a mask, and bytes repeat."""

from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw

from solde.adapters.render.logo import drawn_logo
from solde.adapters.render.look import Look
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from tests.support.papers import long

FOLDER = Path(__file__).parents[5] / "templates"


def made(lines: int) -> bytes:
    out = BytesIO()
    drawn = Image.new("RGBA", (400, 100), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse((10, 10, 90, 90), fill="#8a1f4d")
    drawn.save(out, format="PNG")
    look = Look(logo=drawn_logo(out.getvalue()))
    return document_pdf(view(long(lines), words(FOLDER, "en"), look), FOLDER)


def test_a_logo_is_drawn_without_a_mask() -> None:
    with pikepdf.open(BytesIO(made(45))) as found:
        assert found.check_pdf_syntax() == []
        pictures = [one for page in found.pages for one in page.get_images().values()]
        assert len({one.objgen for one in pictures}) == 1
        assert "/SMask" not in pictures[0]
        assert (pictures[0].Width, pictures[0].Height) == (400, 100)


def test_bytes_repeat() -> None:
    assert made(3) == made(3)
