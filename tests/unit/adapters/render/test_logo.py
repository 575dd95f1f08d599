"""Logos: what is no picture, or too much of one, is refused; what is, is stored as it is drawn."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from solde.adapters.render.logo import BYTES_MAX, drawn_logo, logo_from
from solde.domain.errors import InvalidError


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 0).save(out, **{"format": "PNG", **options})
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def claimed(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of any size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "expected a PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "expected a PNG or JPEG"),
        (b"%PDF-1.7", "expected a PNG or JPEG"),
        (picture(format="GIF"), "expected a PNG or JPEG"),
        (picture()[:60], "expected a PNG or JPEG"),
        (claimed(1_000, 1_000), "expected a PNG or JPEG"),
        (claimed(2_001, 2_000), "at most 4000000 pixels, found 2001 x 2000"),
        (claimed(12_000, 12_000), "at most 4000000 pixels"),
        (claimed(60_000, 60_000), "at most 4000000 pixels"),
        (b"x" * (BYTES_MAX + 1), "at most 500000 bytes, found 500001"),
    ],
)
def test_what_is_no_logo_is_refused(body, said) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        drawn_logo(body)
    assert refused.value.pointer == "/content"


@pytest.mark.parametrize(
    "body",
    [
        picture("RGBA"),
        picture("LA"),
        picture("P"),
        picture("1"),
        picture("CMYK", format="JPEG"),
        picture("L", format="JPEG"),
    ],
)
def test_any_picture_becomes_a_png_without_alpha(body) -> None:
    made = drawn_logo(body)
    with Image.open(BytesIO(made.png)) as found:
        assert (found.format, found.size, "A" in found.mode) == ("PNG", (40, 20), False)
        assert "transparency" not in found.info
    assert drawn_logo(body) == made
    assert logo_from(made.id, made.png) == made


def test_what_shines_through_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (2, 2), (255, 0, 0, 0)).save(out, format="PNG")
    with Image.open(BytesIO(drawn_logo(out.getvalue()).png)) as found:
        assert found.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_a_large_one_is_made_as_small_as_it_is_drawn() -> None:
    made = drawn_logo(picture(size=(2_000, 1_000)))
    assert (made.width, made.height) == (480, 240)
