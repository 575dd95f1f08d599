"""A customer reads and pays by a link: with JavaScript and without, nothing blocked, axe clean."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.support.served import Served

WIRE_MAX = 50_000
"""Bytes of a page with everything that it loads, uncompressed as our gateway sends it."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Visitor:
    """A page that fails on what a browser complains of."""

    def __init__(self, page: Page, kept: Path | None, name: str, *, script: bool) -> None:
        self.page, self._kept, self._name, self.script = page, kept, name, script
        self.troubles: list[str] = []
        page.on("console", lambda one: self.troubles.append(one.text))
        page.on("pageerror", lambda one: self.troubles.append(str(one)))
        page.on("requestfailed", lambda one: self.troubles.append(f"{one.url}: {one.failure}"))

    def looks(self, name: str) -> None:
        """Keep a picture, and have axe look at the page where it can."""
        if self._kept:
            picture = self._kept / f"{self._name}-{name}.png"
            self.page.screenshot(path=picture, full_page=True)
        if self.script:
            found = Axe().run(self.page, options=RULES).response["violations"]
            assert [(one["id"], [n["html"] for n in one["nodes"]]) for one in found] == [], name


@pytest.fixture(params=["script", "plain", "phone"])
def visits(
    request, chromium: Browser, kept: Path | None, site: Served
) -> Iterator[Callable[[], Visitor]]:
    """Visitors with JavaScript, without, and on a narrow screen."""
    script = request.param != "plain"
    size = {"width": 360 if request.param == "phone" else 1280, "height": 800}
    context = chromium.new_context(java_script_enabled=script, viewport=size)
    made: list[Visitor] = []

    def visit() -> Visitor:
        made.append(Visitor(context.new_page(), kept, request.param, script=script))
        return made[-1]

    yield visit
    context.close()
    assert [trouble for one in made for trouble in one.troubles] == []


def test_from_the_mail_to_the_receipt(visits, site: Served) -> None:
    visitor = visits()
    page = visitor.page
    page.goto(site.link())
    visitor.looks("document")
    page.get_by_role("link", name="Payer", exact=True).click()
    visitor.looks("pay")
    page.get_by_role("button", name="Payer 100,00").click()
    page.wait_for_url("**/sandbox/**")
    visitor.looks("sandbox")
    page.get_by_role("button", name="Pay", exact=True).click()
    page.wait_for_url("**/paid")
    expect(page.get_by_role("heading", name="FR-2013-000001 est payée")).to_be_visible(
        timeout=20_000
    )
    visitor.looks("paid")


def test_who_is_declined_pays_another_way(visits, site: Served) -> None:
    visitor = visits()
    page = visitor.page
    page.goto(f"{site.link()}/pay")
    page.get_by_role("button", name=re.compile("Payer")).click()
    page.wait_for_url("**/sandbox/**")
    page.get_by_role("button", name="Decline").click()
    visitor.looks("failed")
    page.get_by_role("link", name="Choisir comment payer").click()
    visitor.looks("again")
    page.get_by_role("button", name=re.compile("Payer")).click()
    page.wait_for_url("**/sandbox/**")
    page.get_by_role("button", name="Say that the bank takes days").click()
    visitor.looks("pending")
    page.get_by_role("button", name="Payer autrement").click()
    expect(page.get_by_role("status")).to_contain_text("est fermée", timeout=20_000)
    assert page.url.endswith("/pay")


def test_what_is_said_and_a_customers_own_pages(visits, site: Served) -> None:
    visitor = visits()
    page = visitor.page
    page.goto(site.link())
    page.get_by_role("link", name="Une question, ou besoin de temps").click()
    visitor.looks("talk")
    page.get_by_label("Quel est le problème").fill("Pourquoi deux sièges ?")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Pourquoi deux sièges ?")).to_be_visible()
    page.get_by_label("Je paierai").fill("2013-06-20")
    page.get_by_role("button", name="Promettre").click()
    expect(page.get_by_text("le 20 juin 2013")).to_be_visible()
    visitor.looks("said")
    call = site.shop.call
    kept = {"provider": "stripe", "token": "cus_1/pm_1", "label": "Visa 4242"}
    call.made("POST", "/v1/customers/ext:M1/payment-methods", kept)
    page.goto(call.made("POST", "/v1/customers/ext:M1/links", {})["url"])
    visitor.looks("account")
    page.get_by_role("link", name="Relevé").click()
    visitor.looks("statement")
    page.get_by_role("link", name="Tout ce qui est ouvert").click()
    page.get_by_role("link", name="Vos moyens").click()
    visitor.looks("methods")
    page.get_by_role("button", name="Supprimer").click()
    expect(page.get_by_text("aucun moyen")).to_be_visible()


def test_a_form_is_filled_in_by_the_keyboard_alone(chromium: Browser, site: Served) -> None:
    page = chromium.new_page()
    page.goto(f"{site.link()}/pay")
    for _ in range(2):  # the ways to pay are one stop, then the button
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Payer 100,00")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/sandbox/**")
    page.close()


@pytest.mark.parametrize("path", ["", "/pay", "/paid"])
def test_a_page_is_one_small_request(chromium: Browser, site: Served, path: str) -> None:
    page = chromium.new_page()
    wire, asked = [], []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.loadingFinished", lambda one: wire.append(one["encodedDataLength"]))
    page.on("request", lambda one: asked.append(one.url))
    page.goto(site.link() + path, wait_until="networkidle")
    assert len(asked) == 1
    assert 1_000 < sum(wire) <= WIRE_MAX
    page.close()


def test_the_eyes_of_these_tests_see(chromium: Browser, site: Served) -> None:
    """A label that is missing, a script that the policy blocks: axe and the browser say so."""
    page = chromium.new_page()
    visitor = Visitor(page, None, "", script=True)
    page.goto(f"{site.link()}/pay")
    page.evaluate(
        "document.querySelector('input[type=radio]').closest('label').replaceWith("
        "document.createElement('input'))"
    )
    with pytest.raises(AssertionError, match="label"):
        visitor.looks("broken")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        "{textContent: 'window.x = 1'}))"
    )
    assert "Content Security Policy" in visitor.troubles[0]
    page.close()
