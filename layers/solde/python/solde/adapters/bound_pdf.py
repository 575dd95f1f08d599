"""Documents behind each other in one PDF, which holds once what they share, such as fonts."""

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter


def bound(documents: Sequence[bytes]) -> tuple[bytes, Sequence[int]]:
    """
    Return the pages of all, and how many each has; equal documents give equal bytes.

    Files inside of them, outlines and what else is beside the pages are left out.
    """
    writer, counts = PdfWriter(), []
    writer.metadata = {"/Producer": "Solde"}
    for body in documents:
        pages = PdfReader(BytesIO(body)).pages
        for page in pages:
            writer.add_page(page)
        counts.append(len(pages))
    writer.compress_identical_objects(remove_unreferenced=True)
    out = BytesIO()
    writer.write(out)
    return out.getvalue(), counts
