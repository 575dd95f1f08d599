"""Logos: proved to be pictures when they are uploaded, and stored in the form that is drawn."""

import hashlib
import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from solde.adapters.render.look import Logo
from solde.domain.errors import InvalidError

BYTES_MAX = 500_000
PIXELS_MAX = 4_000_000
BOX = (600, 240)
"""Pixels that a logo is drawn from: 50 by 20 mm at 300 dots an inch."""
PALETTE = 256
FORMATS = ("PNG", "JPEG")
WHITE = (255, 255, 255, 255)


def drawn_logo(body: bytes) -> Logo:
    """
    Return a picture as it is stored: a PNG without alpha, on white, no larger than it is drawn.

    Raises:
        InvalidError: it is no PNG or JPEG, or larger than a logo is.

    """
    if len(body) > BYTES_MAX:
        raise _refused(f"at most {BYTES_MAX} bytes", f"{len(body)}")
    made = _flattened(_opened(body))
    made.thumbnail(BOX, Image.Resampling.LANCZOS)
    if colours := made.getcolors(PALETTE):
        made = made.quantize(len(colours))
    out = BytesIO()
    made.save(out, format="PNG", optimize=True)
    png = out.getvalue()
    return Logo(f"log_{hashlib.sha256(png).hexdigest()[:26]}", png, *made.size)


def logo_from(identity: str, png: bytes) -> Logo:
    """Read a stored logo."""
    with Image.open(BytesIO(png), formats=("PNG",)) as found:
        return Logo(identity, png, *found.size)


def _opened(body: bytes) -> Image.Image:
    """Open a picture; its size is known, and bounded, before any of it is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            found = Image.open(BytesIO(body), formats=FORMATS)
        width, height = found.size
        if width * height > PIXELS_MAX:
            raise _refused(f"at most {PIXELS_MAX} pixels", f"{width} x {height}")
        found.load()
    except Image.DecompressionBombError as bomb:
        raise _refused(f"at most {PIXELS_MAX} pixels", "more") from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as wrong:
        raise _refused("a PNG or JPEG", "something else, or a part of one") from wrong
    return found


def _flattened(found: Image.Image) -> Image.Image:
    """Lay a picture on white, turned as it is to be looked at."""
    turned = ImageOps.exif_transpose(found).convert("RGBA")
    ground = Image.new("RGBA", turned.size, WHITE)
    return Image.alpha_composite(ground, turned).convert("RGB")


def _refused(expected: str, found: str) -> InvalidError:
    return InvalidError(f"content: expected {expected}, found {found}", pointer="/content")
