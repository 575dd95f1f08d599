"""What a printer would send back: text over other text, or off the paper."""

from collections.abc import Iterator
from itertools import takewhile

import pypdfium2

MM = 72 / 25.4
"""Points to a millimetre."""
LEFT, RIGHT, FOOT = 17.9, 192.1, 297 - 287

Box = tuple[float, float, float, float]
"""Where a character stands: left, bottom, right, top, in mm."""


def boxes(body: bytes) -> list[list[Box]]:
    """Return where each character of each page stands."""
    pages = []
    with pypdfium2.PdfDocument(body) as document:
        for page in document:
            written = page.get_textpage()
            found = [written.get_charbox(place) for place in range(written.count_chars())]
            pages.append([tuple(at / MM for at in box) for box in found if box[0] < box[2]])
    return pages


def badly_set(body: bytes) -> list[str]:
    """Say what is wrong with each page, nothing where all is well."""
    return [
        f"page {number}: {fault}"
        for number, page in enumerate(boxes(body), 1)
        for fault in _faults(page)
    ]


def _faults(page: list[Box]) -> Iterator[str]:
    if not page:
        yield "empty"
    for left, bottom, right, _ in page:
        if left < LEFT or right > RIGHT or bottom < FOOT:
            yield f"off the paper at {left:.0f}, {bottom:.0f}"
    for one, other in _written_over(page):
        yield f"written over at {one[0]:.0f}, {one[1]:.0f} and {other[0]:.0f}, {other[1]:.0f}"


def _written_over(page: list[Box]) -> Iterator[tuple[Box, Box]]:
    """Compare each character with those that begin below its top: others are not on its line."""
    upward = sorted(page, key=lambda box: box[1])
    for place, one in enumerate(upward):
        top = one[3]
        for other in takewhile(lambda box, top=top: top - box[1] > 0.3, upward[place + 1 :]):
            across = _overlap(one[0], one[2], other[0], other[2])
            if across > 0.3 and _overlap(one[1], one[3], other[1], other[3]) > 0.3:
                yield one, other


def _overlap(start: float, end: float, other_start: float, other_end: float) -> float:
    return min(end, other_end) - max(start, other_start)
