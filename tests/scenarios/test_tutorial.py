"""The tutorial, followed from its first line to its last on a new cloud, as a newcomer would."""

import json
import re
import shlex
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from local.places import Places
from local.rest import wait_for_rest
from tests.support.commands import solde, started, stopped
from tests.support.curl import BASE, ROOT, request_of

pytestmark = pytest.mark.cloud
PAGE = ROOT / "docs" / "tutorials" / "first-invoice.md"
HOME = ".local/bakery"
KEY = re.compile(r"export SOLDE_KEY=\$\((.*)\)")


class Newcomer:
    """Types what the page shows, with a home and a port of his own; remembers what was said."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.process, _ = started("up", "--fresh", places=places)
        self.key, self.said = "", {}

    def follow(self, page: str) -> None:
        for command in commands(page):
            if command.startswith("curl "):
                self.said[command.split()[2]] = self.asks(command)
            elif not command.startswith(".venv/bin/solde up "):
                self.types(command)

    def types(self, command: str) -> None:
        if key := KEY.fullmatch(command):
            command = key[1]
        program, *words = shlex.split(command.replace(HOME, str(self.places.home)))
        assert program == ".venv/bin/solde"
        done = solde(*words)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        if key:
            self.key = done.stdout.strip()
        wait_for_rest(self.places)

    def asks(self, command: str) -> Any:
        shown = request_of(PAGE.name, command)
        headers = {**shown.headers, "Authorization": f"Bearer {self.key}"}
        body = None if shown.body is None else shown.body.encode()
        url = f"http://127.0.0.1:{self.places.port}{shown.path}"
        asked = urllib.request.Request(url, body, headers, method=shown.method)
        with urllib.request.urlopen(asked) as answer:  # noqa: S310 - raises for a refusal
            return json.loads(answer.read())


def commands(page: str) -> Iterator[str]:
    """Yield the commands of a page in its order: indented lines, and lines of shell blocks."""
    for line in page.splitlines():
        if line.startswith(("    .venv/bin/", "    export ", "curl ")):
            yield line.strip()


def test_it_bills_what_it_says(tmp_path, port) -> None:
    newcomer = Newcomer(Places(tmp_path, port))
    page = PAGE.read_text(encoding="utf-8")
    newcomer.follow(page)
    mails = newcomer.asks(f"curl -s {BASE}/_ministack/ses/messages")
    assert stopped(newcomer.process) == 0

    preview = newcomer.said[f"{BASE}/v1/invoices/preview"]
    assert (preview["billed_on"], preview["total"]) == ("2027-06-01", 58_80)  # 49.00 + 9.80
    invoices = newcomer.said[f'"{BASE}/v1/invoices?customer=ext:fournil"']["data"]
    assert [(one["number"], one["issued_on"], one["total"]) for one in invoices] == [
        ("LEV-2027-000002", "2027-07-01", 89_40),  # 49.00 + 25.50 = 74.50, + 14.90
        ("LEV-2027-000001", "2027-06-01", 58_80),
    ]
    assert "= 58.80" in page
    assert "89.40 EUR" in page
    (sent,) = mails["messages"].values()
    assert [one["Subject"].split()[2] for one in sent] == ["LEV-2027-000001", "LEV-2027-000002"]
