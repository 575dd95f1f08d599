"""Paper: who gets it, what a day holds, and that each document goes out once."""

import csv
import hashlib
import io
import json

import pypdf
import pytest

from functions.print_documents import bundle, gather
from functions.render_documents import render
from functions.send_mail import send
from solde.workflows.print_documents import gather as gathering
from tests.support.deployment import queued
from tests.support.http_api import CUSTOMER, NOW

LONDON = {"lines": ["1 High St"], "postcode": "N1 9GU", "city": "London", "country": "GB"}
DAY = "2013-01-10"


@pytest.fixture
def shop(call):
    """Three customers, of whom two get paper: one of them beside his mail."""
    call.shop()
    for name, ways, address in (
        ("M1", ["print"], None),
        ("M2", ["mail", "print"], LONDON),
        ("M3", ["mail"], None),
    ):
        extra = {"address": address} if address else {}
        if name != "M1":
            call.made("POST", "/v1/customers", {**CUSTOMER, "external_id": name, **extra})
        call.made("PATCH", f"/v1/customers/ext:{name}", {"delivery": {"ways": ways}})
        order = {"customer": f"ext:{name}", "plan": "team", "start_on": "2013-01-01"}
        call.made("POST", "/v1/subscriptions", order)
    call.bills(NOW)
    rows = call("GET", "/v1/invoices")[1]["data"]
    detail = {
        "invoices": [[one["customer"], one["id"]] for one in rows],
        "as_of": NOW.isoformat(),
    }
    render.lambda_handler(queued(detail), None)
    assert send.lambda_handler(queued(detail), None) == {"batchItemFailures": []}
    return call


def gathers(shop, at: str = NOW.isoformat()) -> int:
    return gather.lambda_handler({"as_of": at}, None)["documents"]


def binds(shop, *, only: int = 0) -> None:
    """Work the parts that were asked for, those before too: a queue may give them again."""
    for key, item in list(shop.model.items.items()):
        if key.pk.startswith("O#") and item["type"] == "print.asked":
            detail = json.loads(item["detail"]) | {"as_of": NOW.isoformat()}
            if only in (0, detail["part"]):
                assert bundle.lambda_handler(queued(detail), None) == {"batchItemFailures": []}


def announced(shop, kind: str) -> list[dict]:
    return [
        json.loads(one["detail"]) for one in shop.model.items.values() if one.get("type") == kind
    ]


def day(shop, **more) -> dict:
    return shop("GET", f"/v1/print-files/fr/{DAY}", **more)[1]


def rows_of(shop, part: int = 1) -> list[dict]:
    _, body, _ = shop("GET", f"/v1/print-files/fr/{DAY}/{part}/csv")
    return list(csv.DictReader(io.StringIO(body)))


def test_a_day_has_what_goes_on_paper_and_says_where_each_begins(shop) -> None:
    assert gathers(shop) == 2
    assert (day(shop)["state"], day(shop)["parts_made"]) == ("making", 0)
    binds(shop)
    found = day(shop)
    assert (found["state"], found["documents"], found["parts"]) == ("ready", 2, 1)
    (file,) = found["files"]
    status, body, headers = shop("GET", file["pdf"]["url"])
    assert (status, headers["Content-Type"]) == (200, "application/pdf")
    assert hashlib.sha256(body).hexdigest() == file["pdf"]["sha256"]
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages]
    rows = rows_of(shop)
    assert len(pages) == file["pages"] == int(rows[-1]["last_page"]) == 2
    for place, row in enumerate(rows):
        assert (row["first_page"], row["last_page"]) == (str(place + 1), str(place + 1))
        assert row["document"] in pages[place]
    british = next(row for row in rows if row["country"] == "GB")
    assert [british[f"address_{place}"] for place in (1, 2, 3, 4)] == [
        "1 High St",
        "London",
        "N1 9GU",
        "",
    ]
    assert {row["as_printed"] for row in rows} == {"yes"}


def test_whatever_is_repeated_each_document_goes_out_once_and_is_told_once(shop) -> None:
    gathers(shop)
    gathers(shop)
    binds(shop)
    before = dict(shop.objects.bodies)
    binds(shop)
    gathers(shop)
    assert shop.objects.bodies == before
    (ready,) = announced(shop, "print.ready")
    assert (ready["entity"], ready["day"], ready["documents"]) == ("fr", DAY, 2)
    assert [key for key, _ in ready["files"]] == [
        "print/fr/2013-01-10/0001.csv",
        "print/fr/2013-01-10/0001.pdf",
    ]
    assert gathers(shop, "2013-01-11T06:00:00+00:00") == 0
    assert [one["day"] for one in listed(shop)] == [DAY]


def listed(shop, **query) -> list[dict]:
    return shop("GET", "/v1/print-files", query={"entity": "fr"} | query)[1]["data"]


def sent_to(shop, name: str) -> list[tuple[str, str]]:
    (row,) = shop("GET", "/v1/invoices", query={"customer": f"ext:{name}"})[1]["data"]
    found = shop("GET", f"/v1/invoices/{row['id']}/deliveries")[1]["data"]
    return sorted((one["way"], one["state"]) for one in found)


def test_the_deliveries_of_a_document_say_that_it_is_in_a_file(shop) -> None:
    assert sent_to(shop, "M2") == [("mail", "sent"), ("print", "waiting")]
    gathers(shop)
    binds(shop)
    assert sent_to(shop, "M1") == [("mail", "suppressed"), ("print", "sent")]
    assert sent_to(shop, "M2") == [("mail", "sent"), ("print", "sent")]
    assert sent_to(shop, "M3") == [("mail", "sent")]


def test_a_large_day_is_split_and_each_part_is_made_by_itself(shop, monkeypatch) -> None:
    monkeypatch.setattr(gathering, "PART_DOCUMENTS", 1)
    gathers(shop)
    binds(shop, only=2)
    assert (day(shop)["state"], day(shop)["parts"], day(shop)["parts_made"]) == ("making", 2, 1)
    assert shop("GET", f"/v1/print-files/fr/{DAY}/1/pdf")[0] == 404
    # A worker that never came back: the next morning asks for what is missing.
    assert gathers(shop, "2013-01-11T06:00:00+00:00") == 0
    binds(shop, only=1)
    assert [part["part"] for part in day(shop)["files"]] == [1, 2]
    assert {rows_of(shop, part)[0]["document"] for part in (1, 2)} == {
        one["number"]
        for name in ("M1", "M2")
        for one in shop("GET", "/v1/invoices", query={"customer": f"ext:{name}"})[1]["data"]
    }
    assert len(announced(shop, "print.ready")) == 1


def test_paper_that_is_asked_for_again_goes_to_the_address_of_now(shop) -> None:
    gathers(shop)
    binds(shop)
    shop.made("PATCH", "/v1/customers/ext:M1", {"name": "=1+1", "address": LONDON})
    (row,) = shop("GET", "/v1/invoices", query={"customer": "ext:M1"})[1]["data"]
    path = f"/v1/invoices/{row['id']}/deliveries"
    shop.made("POST", path, {"way": "print"}, Idempotency_Key="k1")
    assert gathers(shop) == 2, "what comes later waits for the next day"
    assert gathers(shop, "2013-01-11T06:00:00+00:00") == 1
    binds(shop)
    assert gathers(shop, "2013-01-09T06:00:00+00:00") == 0, "a later day has overtaken it"
    _, body, _ = shop("GET", "/v1/print-files/fr/2013-01-11/1/csv")
    (again,) = csv.DictReader(io.StringIO(body))
    assert (again["name"], again["country"], again["as_printed"]) == ("'=1+1", "GB", "no")
    assert [one["day"] for one in listed(shop)] == ["2013-01-11", DAY]
    assert len(listed(shop, limit="1")) == 1


@pytest.mark.parametrize("path", [DAY, "2013-01-09", "yesterday", f"{DAY}/1/pdf"])
def test_a_day_on_which_nothing_was_printed_is_not_there(shop, path) -> None:
    assert shop("GET", f"/v1/print-files/fr/{path}")[0] == 404
    assert shop("GET", "/v1/print-files", query={"entity": "xx"})[0] == 404
