"""A customer's own pages: all that is open, its statement, what he pays with; by a link of his."""

import pytest

from tests.support.lived import Lived
from tests.support.site import Site, with_pages

LINKS = "/v1/customers/ext:M1/links"


@pytest.fixture
def shop(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> Lived:
    return with_pages(lived, monkeypatch)


@pytest.fixture
def site(shop: Lived) -> Site:
    return Site(shop)


@pytest.fixture
def link(shop: Lived, site: Site) -> str:
    made = shop.call.made("POST", LINKS, {"days": 30, "label": "Mme Martin"})
    return made["url"].removeprefix(site.home)


def test_all_that_is_open_is_read_and_paid_from_one_link(shop: Lived, site: Site, link) -> None:
    page = site.get(link)
    (row,) = shop.call("GET", "/v1/invoices")[1]["data"]
    document = f"{link}/{row['id']}"
    assert "Compte de Martin" in page["body"]
    assert f'<a href="{document}">FR-2013-000001</a>' in page["body"]
    assert "100,00\u00a0€" in page["body"]
    assert f'href="{document}/pay"' in site.get(document)["body"]
    assert site.post(f"{document}/pay", way="sandbox", after=0)["statusCode"] == 303
    site.works()
    body = {"said": "pays"}
    checkout = site.get(f"{document}/wait")["body"].split("0;url=")[1].split('"')[0]
    back = site.post(checkout.removeprefix(site.home), **body)["headers"]["Location"]
    assert site.get(back)["headers"]["Location"] == f"{document}/paid"
    site.works()
    assert 'data-state="paid"' in site.get(f"{document}/paid")["body"]
    assert site.post(f"{document}/question", text="Merci")["statusCode"] == 303
    assert "Merci" in site.get(f"{document}/talk")["body"]
    done = site.get(link)["body"]
    assert "Il n’y a rien à payer." in done
    assert "FR-2013-000001" not in done


def test_the_statement_of_a_year(shop: Lived, site: Site, link) -> None:
    said = site.get(f"{link}/statement")["body"]
    assert "01/06/2012 – 01/06/2013" in said
    assert "Facture FR-2013-000001" in said
    assert f'href="{link}"' in said


def test_what_a_customer_pays_with_is_his_to_remove(shop: Lived, site: Site, link) -> None:
    assert "aucun moyen" in site.get(f"{link}/methods")["body"]
    path = "/v1/customers/ext:M1/payment-methods"
    kept = {"provider": "stripe", "token": "cus_1/pm_1"}
    visa = shop.call.made("POST", path, {**kept, "label": "Visa 4242"})
    shop.call.made("POST", path, {**kept, "token": "cus_1/pm_2"})
    page = site.get(f"{link}/methods")["body"]
    assert ("Visa 4242" in page, ">Carte bancaire</td>" in page) == (True, True)
    for _ in range(2):
        gone = site.post(f"{link}/methods", method=visa["id"])
        assert gone["headers"]["Location"] == f"{link}/methods"
    assert "Visa 4242" not in site.get(f"{link}/methods")["body"]
    assert site.post(f"{link}/methods", method="pmt_other")["statusCode"] == 404
    other = {"sec-fetch-site": "cross-site"}
    assert site.post(f"{link}/methods", other, method=visa["id"])["statusCode"] == 403


def test_a_link_ends_by_its_day_and_when_it_is_taken_back(shop: Lived, site: Site, link) -> None:
    (row,) = shop.call("GET", LINKS)[1]["data"]
    assert (row["status"], row["expires_on"], row["url"]) == ("active", "2013-07-01", None)
    shop.at("2013-07-01")
    assert site.get(link)["statusCode"] == 200
    shop.at("2013-07-02")
    assert site.get(link)["statusCode"] == 404
    shop.at("2013-06-20")
    assert site.get(link)["statusCode"] == 200
    path = f"{LINKS}/{row['id']}/revoke"
    assert shop.call.made("POST", path, {})["status"] == "revoked"
    (invoice,) = shop.call("GET", "/v1/invoices")[1]["data"]
    for path in (link, f"{link}/statement", f"{link}/methods", f"{link}/{invoice['id']}"):
        assert site.get(path)["statusCode"] == 404
    for path in (f"{link}/methods", f"{link}/{invoice['id']}/pay"):
        assert site.post(path, method="x", way="sandbox")["statusCode"] == 404
    assert shop.call("POST", f"{LINKS}/lnk_1/revoke", {})[0] == 404


def test_a_link_opens_nothing_of_another_customer_and_to_look_changes_nothing(
    shop: Lived, site: Site, link
) -> None:
    other = {"entity": "fr", "name": "Autre", "address": {"lines": ["2 rue Y"]}, "email": ""}
    other["address"] |= {"postcode": "75001", "city": "Paris", "country": "FR"}
    shop.call.made("POST", "/v1/customers", {**other, "external_id": "M2"})
    made = shop.call.made("POST", "/v1/customers/ext:M2/links", {})
    foreign = made["url"].removeprefix(site.home)
    (row,) = shop.call("GET", "/v1/invoices")[1]["data"]
    before = dict(shop.call.model.items)
    assert site.get(f"{foreign}/{row['id']}")["statusCode"] == 404
    assert "Il n’y a rien à payer." in site.get(foreign)["body"]
    assert site.get(f"/i/{link.removeprefix('/c/')}")["statusCode"] == 404
    assert site.get(f"/c/{site.link().removeprefix('/i/')}")["statusCode"] == 404
    for path in ("", "/statement", "/methods", f"/{row['id']}", f"/{row['id']}/pay", "/x/y/z"):
        site.get(f"{link}{path}")
    assert {**before, **shop.call.model.items} == shop.call.model.items
    assert link.removeprefix("/c/") not in repr(shop.call.model.items)


@pytest.mark.parametrize("days", [0, 401, "x"])
def test_a_link_is_for_so_many_days(shop: Lived, days) -> None:
    assert shop.call("POST", LINKS, {"days": days})[0] == 422
