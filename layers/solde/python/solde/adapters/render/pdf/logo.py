"""The logo at the head of the paper; unpacked once per process."""

from functools import lru_cache
from importlib import import_module
from io import BytesIO
from typing import Any

from solde.adapters.render.look import Logo
from solde.adapters.render.pdf.paper import LEFT, TOP, Paper

WIDTH, HEIGHT, BELOW = 50.0, 20.0, 6.0
PER_MM = 12.0
"""Dots of a logo on a millimetre: 300 an inch, so that a small one is not blown up."""
KEPT = 64
parsing: Any = import_module("fpdf.image_parsing")


def set_logo(paper: Paper, logo: Logo | None) -> float:
    """Draw a logo in its box at the top left; return how far what is below it moves."""
    if logo is None:
        return 0
    share = min(WIDTH / logo.width, HEIGHT / logo.height, 1 / PER_MM)
    width, height = logo.width * share, logo.height * share
    cache = paper.image_cache.images
    picture = parsing.RasterImageInfo(_unpacked(logo))
    picture.update({"i": len(cache) + 1, "usages": 1})
    cache[logo.id] = picture
    paper.image(logo.id, LEFT, TOP - 2, width, height)
    return height + BELOW


@lru_cache(maxsize=KEPT)
def _unpacked(logo: Logo) -> Any:  # noqa: ANN401 - fpdf2's own record of a picture
    return parsing.get_img_info(logo.id, BytesIO(logo.png))
