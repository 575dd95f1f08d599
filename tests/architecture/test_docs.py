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


def test_pages_that_code_and_settings_name_are_there() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.toml", "*.md", "Makefile"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    named = {
        (page, name)
        for name in listed.stdout.split()
        if (ROOT / name).exists() and ROOT / name != Path(__file__)
        for page in re.findall(r"\bdocs/[\w/-]+\.md\b", (ROOT / name).read_text("utf-8"))
    }
    assert len(named) > 3
    assert sorted(one for one in named if not (ROOT / one[0]).exists()) == []


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


def test_the_glossary_says_the_words_of_the_code() -> None:
    rows = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    firsts = [row.split("|")[1] for row in rows if row.startswith("| ")]
    words = [word for first in firsts for word in re.findall(r"`(\w+)`", first)]
    code = "\n".join(file.read_text() for file in (ROOT / "layers").rglob("*.py"))
    assert len(words) > 8
    assert [word for word in words if word not in code] == []
    named = [first.strip() for first in firsts if first.strip() not in ("word", "---")]
    assert len(named) == len(set(named))


def test_the_index_names_every_page_or_its_folder() -> None:
    index = (ROOT / "docs" / "README.md").read_text()
    named = {ROOT / "docs" / to for to in LINK.findall(index)} | {ROOT / "docs" / "README.md"}
    pages = set((ROOT / "docs").rglob("*.md"))
    assert {page for page in pages if not {page, page.parent} & named} == set()


def test_decisions_are_counted_without_a_gap() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert page.read_text(encoding="utf-8").startswith(f"# {int(page.name[:4])}. "), page.name
