"""The pages of a customer: read by a link, paid on a provider's page, told from what is stored."""

import re

import pytest

from solde.adapters.render.words import words
from solde.domain.attempts import PROVIDERS
from solde.runtime import visits
from solde.workflows import pay_invoice
from tests.support.deployment import TEMPLATES
from tests.support.http_api import CUSTOMER, ENTITY
from tests.support.lived import Lived
from tests.support.proved import proved
from tests.support.site import Site, with_pages


@pytest.fixture
def shop(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> Lived:
    return with_pages(lived, monkeypatch)


@pytest.fixture
def site(shop: Lived) -> Site:
    return Site(shop)


def title(answer: dict) -> str:
    return re.search("<h1>(.*?)</h1>", answer["body"])[1]


def state(answer: dict) -> str:
    return re.search('data-state="([a-z]*)"', answer["body"])[1]


def attempts(shop: Lived) -> list[tuple[str, str]]:
    row = shop.call("GET", "/v1/invoices")[1]["data"][0]
    found = shop.call("GET", f"/v1/invoices/{row['id']}/payments")[1]["data"]
    return [(one["provider"], one["status"]) for one in found]


def chosen(site: Site, link: str, way: str = "sandbox", after: int = 0) -> str:
    """Choose a way; return where the provider's page is, once there is one."""
    answer = site.post(f"{link}/pay", way=way, after=after)
    assert (answer["statusCode"], answer["headers"]["Location"]) == (303, f"{link}/wait")
    assert state(site.get(f"{link}/wait")) == "asked"
    site.works()
    ready = site.get(f"{link}/wait")
    assert state(ready) == "ready"
    url = re.search('content="0;url=([^"]*)"', ready["body"])[1]
    return url.removeprefix("https://bills.example.test")


def test_from_the_mail_to_the_receipt(shop: Lived, site: Site) -> None:
    link = site.link()
    page = site.get(link)
    assert f'href="{link}/pay"' in page["body"]
    assert "100,00\u00a0€ à payer. Échéance\u00a0: 1er juillet 2013." in page["body"]
    pay = site.get(f"{link}/pay")
    assert (title(pay), state(pay)) == ("Payer FR-2013-000001", "new")
    assert "FR14 2004 1010 0505 0001 3M02 606" in pay["body"]
    checkout = chosen(site, link)
    assert "€100.00" in site.get(checkout)["body"]
    done = site.post(checkout, said="pays")
    back = site.get(done["headers"]["Location"])
    assert back["headers"]["Location"] == f"{link}/paid"
    assert state(site.get(f"{link}/paid")) == "booking"
    site.works()
    paid = site.get(f"{link}/paid")
    assert (title(paid), state(paid)) == ("FR-2013-000001 est payée", "paid")
    assert paid["body"].count("100,00\u00a0€") == 3  # the document, the payment, their sum
    assert state(site.get(f"{link}/pay")) == "paid"
    assert "Payée" in site.get(link)["body"]
    proved(shop)


def test_two_clicks_two_links_and_two_tabs_are_one_attempt(shop: Lived, site: Site) -> None:
    link = site.link()
    for _ in range(2):
        assert site.post(f"{link}/pay", way="sandbox", after=0)["statusCode"] == 303
    site.post(f"{link}/pay", way="stripe", after=0)  # another tab: the first has to end
    assert attempts(shop) == [("sandbox", "asked")]
    site.works()
    under_way = site.get(f"{link}/pay")["body"]
    assert "n’est pas terminé" in under_way
    assert f'action="{link}/pay"' not in under_way


def test_who_is_declined_may_choose_again(shop: Lived, site: Site) -> None:
    link = site.link()
    site.post(chosen(site, link), said="declines")
    assert state(site.get(f"{link}/paid")) == "failed"
    again = site.get(f"{link}/pay")
    assert "Rien n’a été prélevé" in again["body"]
    assert 'name="after" value="1"' in again["body"]
    assert site.get(f"{link}/wait")["headers"]["Location"] == f"{link}/pay"
    site.post(chosen(site, link, after=1), said="pays")
    site.works()
    assert state(site.get(f"{link}/paid")) == "paid"
    assert attempts(shop) == [("sandbox", "declined"), ("sandbox", "settled")]


def test_a_bank_that_takes_days_is_waited_for_and_may_be_left(shop: Lived, site: Site) -> None:
    link = site.link()
    checkout = chosen(site, link)
    site.post(checkout, said="waits")
    waiting = site.get(f"{link}/paid")
    assert state(waiting) == "pending"
    assert f'action="{link}/leave"' in waiting["body"]
    site.post(f"{link}/leave", attempt=1)
    site.post(f"{link}/leave", attempt=1)
    assert state(site.get(f"{link}/wait")) == "left"
    assert "has ended" in site.get(checkout)["body"]
    site.post(checkout, said="pays")  # too late: nothing is taken
    site.works()
    assert attempts(shop) == [("sandbox", "void")]
    assert "est fermée" in site.get(f"{link}/pay")["body"]
    site.post(f"{link}/leave", attempt=1)
    site.post(f"{link}/leave", attempt="x")
    assert attempts(shop) == [("sandbox", "void")]
    assert state(site.get(f"{link}/paid")) == "failed"


def test_who_leaves_before_there_is_a_page_gets_none(shop: Lived, site: Site) -> None:
    link = site.link()
    site.post(f"{link}/pay", way="sandbox", after=0)
    site.post(f"{link}/leave", attempt=1)
    site.works()
    assert attempts(shop) == [("sandbox", "void")]


def test_to_look_changes_nothing(shop: Lived, site: Site) -> None:
    link = site.link()
    checkout = chosen(site, link)
    before = dict(shop.call.model.items)
    for path in ("", "/pdf", "/pay", "/wait", "/paid", "/other", "/pay/x"):
        site.get(f"{link}{path}")
    for path in (checkout, f"{checkout}x", "/sandbox/a/b", "/back/att_1"):
        site.get(path)
    assert shop.call.model.items == before


def test_the_token_of_a_link_is_stored_nowhere_and_told_to_nobody(shop: Lived, site: Site) -> None:
    link = site.link()
    token = link.removeprefix("/i/")
    checkout = chosen(site, link)
    assert token not in repr(shop.call.model.items)
    assert token not in checkout
    assert token not in site.get(checkout)["body"]
    site.cookies.clear()  # another browser came back
    other = site.get("/back/att_1")
    assert (other["statusCode"], title(other)) == (200, "You are back from the payment page")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 303),
        ({"origin": "null"}, 303),
        ({"Origin": "https://bills.example.test"}, 303),
        ({}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://bills.example.test.evil.test"}, 403),
    ],
)
def test_another_site_pays_nothing(shop: Lived, site: Site, headers, status) -> None:
    link = site.link()
    before = dict(shop.call.model.items)
    answer = site.post(f"{link}/pay", headers, way="sandbox", after=0)
    assert answer["statusCode"] == status
    assert (shop.call.model.items == before) is (status == 403)


def test_a_way_that_is_not_offered_is_refused(shop: Lived, site: Site) -> None:
    link = site.link()
    before = dict(shop.call.model.items)
    for form in ({"way": "paypal"}, {}, {"way": "sandbox" * 3_000}, {str(n): n for n in range(20)}):
        answer = site.post(f"{link}/pay", **form)
        assert answer["statusCode"] == 422
        assert "Veuillez choisir" in answer["body"]
    assert shop.call.model.items == before


def test_a_link_does_not_open_attempts_without_end(shop: Lived, site: Site, monkeypatch) -> None:
    monkeypatch.setattr(pay_invoice, "ATTEMPTS_MAX", 1)
    link = site.link()
    site.post(chosen(site, link), said="declines")
    site.post(f"{link}/pay", way="sandbox", after=1)
    assert attempts(shop) == [("sandbox", "declined")]


def test_no_other_token_opens_a_page_or_pays(shop: Lived, site: Site) -> None:
    before = dict(shop.call.model.items)
    for path in ("/i/nobody/pay", "/i/nobody/wait", "/i/nobody/paid"):
        assert site.get(path)["statusCode"] == 404
    for path in ("/i/nobody/pay", "/i/nobody/leave"):
        assert site.post(path, way="sandbox")["statusCode"] == 404
    assert shop.call.model.items == before


def test_a_part_that_was_paid_leaves_the_rest_to_be_paid(shop: Lived, site: Site) -> None:
    link = site.link()
    row = shop.call("GET", "/v1/invoices")[1]["data"][0]
    body = {"provider": "sandbox", "method": "settles", "amount": 40_00}
    shop.call.made("POST", f"/v1/invoices/{row['id']}/payments", body, idempotency_key="a")
    site.works()
    site.works()
    part = site.get(f"{link}/paid")
    assert (state(part), title(part)) == ("part", "FR-2013-000001 est payée en partie")
    assert "Payer 60,00\u00a0€" in site.get(f"{link}/pay")["body"]
    site.post(chosen(site, link, after=1), said="pays")
    site.works()
    assert state(site.get(f"{link}/paid")) == "paid"
    proved(shop)


def test_the_sandbox_is_no_way_where_money_is_real(shop: Lived, site: Site, monkeypatch) -> None:
    link = site.link()
    monkeypatch.setattr(visits, "business_now", lambda: shop.now)
    with monkeypatch.context() as live:
        live.setenv("STAGE", "live")
        assert 'name="way" value="stripe"' in site.get(f"{link}/pay")["body"]
    checkout = chosen(site, link)
    monkeypatch.setenv("STAGE", "live")
    assert site.get(checkout)["statusCode"] == 404
    assert site.post(checkout, said="pays")["statusCode"] == 404


def test_who_can_pay_in_no_way_is_told_so(shop: Lived, site: Site) -> None:
    entity = ENTITY | {"time_zone": "UTC", "tax_regime": "none", "version": 3}
    shop.call.made("POST", "/v1/entities", entity)
    shop.call.made("POST", "/v1/customers", CUSTOMER | {"external_id": "M2", "email": "c@d.test"})
    shop.subscribes(customer="ext:M2", external_id="S2", start_on="2013-07-01")
    shop.bills("2013-07-01")
    page = site.get(f"{site.link()}/pay")["body"]
    assert "Veuillez demander à Solde SAS comment le payer." in page
    assert "<button" not in page


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_every_provider_has_a_word_on_a_receipt(provider: str) -> None:
    assert words(TEMPLATES, "fr").say(f"pay_with_{provider}")
