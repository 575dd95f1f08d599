"""Every link of the documentation leads somewhere, and the README's commands exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#:\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    missing = [to for to in LINK.findall(page.read_text()) if not (page.parent / to).exists()]
    assert missing == []


def test_the_makefile_knows_the_commands_of_the_readme() -> None:
    wanted = set(re.findall(r"`?make ([a-z-]+)", (ROOT / "README.md").read_text()))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"demo", "test", "lint", "demo-full"} <= wanted
    assert wanted <= targets


@pytest.mark.parametrize("command", ["up", "clock advance", "verify", "demo", "bench webhook"])
def test_solde_knows_the_commands_of_the_readme(command: str) -> None:
    solde = Path(sys.executable).parent / "solde"
    done = subprocess.run(
        [str(solde), *command.split(), "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "sage" in done.stdout
