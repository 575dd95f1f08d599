"""What a customer says by his link: kept once, told to the seller, and nobody is reminded of it."""

import pytest

from functions.chase_overdue import chase
from tests.support.lived import Lived
from tests.support.site import Site, with_pages


@pytest.fixture
def shop(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> Lived:
    return with_pages(lived, monkeypatch)


@pytest.fixture
def site(shop: Lived) -> Site:
    return Site(shop)


def said(shop: Lived) -> list[tuple[str, str | None, str | None, str]]:
    rows = shop.call("GET", f"{invoice(shop)}/notices")[1]["data"]
    return [(one["kind"], one["text"], one["pays_on"], one["status"]) for one in rows]


def invoice(shop: Lived) -> str:
    return f"/v1/invoices/{shop.call('GET', '/v1/invoices')[1]['data'][0]['id']}"


def announced(shop: Lived) -> list[str]:
    return sorted(
        one["type"]
        for key, one in shop.call.model.items.items()
        if key.pk.startswith("O#") and ".asked" not in one["type"] and "notice" in one["detail"]
    )


def reminders(shop: Lived, day: str) -> int:
    return chase.lambda_handler({"as_of": f"{day}T07:00:00+00:00"}, None)["reminders"]


def test_a_question_is_kept_once_and_stops_reminders_until_it_is_answered(shop, site) -> None:
    link = site.link()
    assert f'href="{link}/talk"' in site.get(link)["body"]
    for _ in range(2):
        answer = site.post(f"{link}/question", text="  Pourquoi deux sièges ? <b> ")
        assert answer["headers"]["Location"] == f"{link}/talk"
    assert said(shop) == [("question", "Pourquoi deux sièges ? <b>", None, "open")]
    page = site.get(f"{link}/talk")["body"]
    assert "Vous avez écrit le 1er juin 2013.</strong> Nous vous répondrons." in page
    assert "&lt;b&gt;" in page
    assert [reminders(shop, "2013-07-04"), reminders(shop, "2013-07-05")] == [0, 0]
    row = shop.call("GET", f"{invoice(shop)}/notices")[1]["data"][0]
    closed = shop.call.made("POST", f"{invoice(shop)}/notices/{row['id']}/close", {})
    assert (closed["status"], closed["closed_at"]) == ("closed", "2013-06-01T00:00:00Z")
    assert shop.call.made("POST", f"{invoice(shop)}/notices/{row['id']}/close", {}) == closed
    assert "Répondu." in site.get(f"{link}/talk")["body"]
    assert reminders(shop, "2013-07-06") == 1
    assert announced(shop) == ["invoice.notice_closed", "invoice.questioned"]


def test_who_promises_is_not_reminded_before_the_day_is_past(shop, site) -> None:
    link = site.link()
    shop.at("2013-06-25")
    site.post(f"{link}/promise", pays_on="2013-07-10")
    site.post(f"{link}/promise", pays_on="2013-07-20")  # one promise counts
    assert said(shop) == [("promise", None, "2013-07-10", "open")]
    page = site.get(f"{link}/talk")["body"]
    assert "vous avez dit que vous paierez au plus tard le 10 juillet 2013" in page
    assert f'action="{link}/promise"' not in page
    assert [reminders(shop, f"2013-07-{day}") for day in ("04", "10", "11")] == [0, 0, 1]
    assert announced(shop) == ["invoice.promised"]


@pytest.mark.parametrize(
    ("path", "form", "kept"),
    [
        ("question", {"text": "   "}, "entre 1 et 1000"),
        ("question", {"text": "é" * 1_001}, "é" * 1_001),
        ("question", {}, "entre 1 et 1000"),
        ("promise", {"pays_on": "2013-05-31"}, 'value="2013-05-31"'),
        ("promise", {"pays_on": "2013-07-02"}, "l’un de ces jours"),
        ("promise", {"pays_on": '"><script>'}, "&#34;&gt;&lt;script&gt;"),
    ],
)
def test_what_cannot_be_said_is_said_so_and_what_was_typed_stays(
    shop, site, path, form, kept
) -> None:
    link = site.link()
    before = dict(shop.call.model.items)
    answer = site.post(f"{link}/{path}", **form)
    assert (answer["statusCode"], kept in answer["body"]) == (422, True)
    assert 'role="alert"' in answer["body"]
    assert shop.call.model.items == before


def test_nothing_more_is_promised_of_what_is_paid(shop, site) -> None:
    link = site.link()
    body = {"provider": "sandbox", "method": "settles"}
    shop.call.made("POST", f"{invoice(shop)}/payments", body, idempotency_key="a")
    site.works()
    site.works()
    site.post(f"{link}/promise", pays_on="2013-06-10")
    assert said(shop) == []
    assert f'action="{link}/promise"' not in site.get(f"{link}/talk")["body"]


def test_a_link_does_not_say_things_without_end(shop: Lived, site: Site) -> None:
    link = site.link()
    for number in range(22):
        site.post(f"{link}/question", text=f"question {number}")
    assert len(said(shop)) == 20


def test_nobody_else_says_anything(shop: Lived, site: Site) -> None:
    before = dict(shop.call.model.items)
    assert site.post("/i/nobody/question", text="x")["statusCode"] == 404
    link = site.link()
    after = dict(shop.call.model.items)
    other = {"sec-fetch-site": "cross-site"}
    assert site.post(f"{link}/question", other, text="x")["statusCode"] == 403
    assert (before != after, shop.call.model.items == after) == (True, True)
    assert shop.call("POST", f"{invoice(shop)}/notices/ntc_1/close", {})[0] == 404
