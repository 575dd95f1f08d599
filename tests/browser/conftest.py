"""
The pages in a real browser, over models: a server of this process hands requests to the handlers.

Chromium has to be there (Debian: `apt-get install chromium`, or SOLDE_CHROMIUM names one): without
it these tests fail. With SOLDE_SCREENSHOTS=folder each page that is looked at is kept there.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from solde.runtime import access, clock
from solde.storage.api_keys import put_api_key
from solde.storage.rating_book import RatingBookTable
from tests.support.deployment import deployed
from tests.support.http_api import KEY, NOW, Api, handlers
from tests.support.lived import Lived
from tests.support.served import Served, served
from tests.support.site import with_pages

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("SOLDE_CHROMIUM") or shutil.which("chromium")
    assert path, "expected Chromium: apt-get install chromium, or name one in SOLDE_CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lived]:
    with deployed(monkeypatch) as made:
        monkeypatch.setattr(clock, "_seen", (float("inf"), NOW))
        put_api_key(made.table, access.hash_of(KEY), name="all", scopes=["*"], at=NOW)
        RatingBookTable(made.table).rated("fr", date(2040, 1, 1), at=NOW)
        yield with_pages(Lived(Api(made, handlers()), monkeypatch), monkeypatch)


@pytest.fixture
def site(shop: Lived, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with served(shop, monkeypatch) as found:
        yield found


@pytest.fixture
def kept() -> Path | None:
    folder = os.environ.get("SOLDE_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) if folder else None
