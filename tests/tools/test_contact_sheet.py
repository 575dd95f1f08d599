"""A picture of PDFs: one page of each, in its place."""

import subprocess
import sys
from pathlib import Path

from fpdf import FPDF
from PIL import Image

TOOL = Path(__file__).parents[2] / "tools" / "contact_sheet.py"


def test_each_pdf_has_a_place_on_the_sheet(tmp_path: Path) -> None:
    """Three pages in two columns: 2 × (100 + 8) + 8 wide, 2 × (141 + 14 + 8) + 8 high."""
    for name in ("a", "b", "c"):
        paper = FPDF()
        paper.add_page()
        paper.output(str(tmp_path / f"{name}.pdf"))
    out = tmp_path / "sheet.png"
    command = [sys.executable, str(TOOL), str(tmp_path), str(out), "100", "2"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert said.startswith("3 pages")
    with Image.open(out) as sheet:
        assert sheet.size == (224, 334)
