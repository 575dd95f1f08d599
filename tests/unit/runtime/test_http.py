"""The set-up of every API function: who may, what is no decent request, and how it is answered."""

import base64
import json
from types import SimpleNamespace

import pytest
from aws_lambda_powertools.event_handler import Response

from solde.domain.errors import InvalidError
from solde.runtime import access, clock, http
from solde.runtime.fields import Amount, Strict
from solde.runtime.http import api, caller
from solde.storage.api_keys import put_api_key
from tests.support.deployment import deployed
from tests.support.seller import at

ALL, READS = access.make_key("test", 1), access.make_key("test", 2)
NOW = at("2013-01-10T12:00:00")


class Body(Strict):
    amount: Amount


@pytest.fixture
def table(monkeypatch):
    with deployed(monkeypatch) as made:
        monkeypatch.setattr(clock, "_seen", (float("inf"), NOW))
        for key, scope in ((ALL, "*"), (READS, "things:read")):
            put_api_key(made.table, access.hash_of(key), name=scope, scopes=[scope], at=NOW)
        yield made.table


class Things:
    """A resolver with a route of each kind; `done` says what was worked."""

    def __init__(self) -> None:
        self.done: list[str] = []
        app = self.app = api("things", keyed=("/pay",), previews=("/preview",))

        @app.get("/v1/things")
        def every() -> dict[str, str]:
            return {"by": caller(app).name}

        @app.post("/v1/things")
        def make(body: Body) -> dict[str, str]:
            self.done.append(str(body.amount))
            return {"amount": str(body.amount)}

        @app.post("/v1/things/pay")
        def pay(body: Body) -> dict[str, int]:
            self.done.append("paid")
            return {"times": len(self.done)}

        @app.post("/v1/things/preview")
        def preview(body: Body) -> dict[str, str]:
            return {"seen": str(body.amount)}

        @app.get("/v1/things/<thing>/picture")
        @http.raw
        def picture(thing: str) -> Response[bytes]:
            return Response(200, content_type="image/png", body=PICTURE + thing.encode())

        @app.post("/v1/things/refused")
        def refused(body: Body) -> dict[str, str]:
            raise InvalidError("amount: expected another", pointer="/amount")

    def __call__(self, method: str, path: str, raw: str | None = None, key: str = ALL, **headers):
        event = {
            "version": "2.0",
            "rawPath": path,
            "rawQueryString": "",
            "headers": {
                "Content-Type": "application/json",
                "Authorization": f"Bearer {key}",
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
            "body": raw,
            "isBase64Encoded": False,
            "requestContext": {
                "requestId": "r-7",
                "http": {"method": method, "path": path},
                "stage": "$default",
            },
        }
        answer = self.app.resolve(event, SimpleNamespace(aws_request_id="r-7"))
        if answer["isBase64Encoded"]:
            return answer["statusCode"], base64.b64decode(answer["body"]), answer["headers"]
        return answer["statusCode"], json.loads(answer["body"]), answer["headers"]


@pytest.fixture
def things(table) -> Things:
    return Things()


GOOD = '{"amount": "1.50"}'
PICTURE = b"\x89PNG\xff"


def test_who_calls_is_known_to_the_route(things: Things) -> None:
    assert things("GET", "/v1/things")[:2] == (200, {"by": "*"})
    assert things("GET", "/v1/things", key=READS)[1] == {"by": "things:read"}


def test_bytes_are_answered_as_they_are(things: Things) -> None:
    status, found, headers = things("GET", "/v1/things/t1/picture")
    assert (status, found, headers["Content-Type"]) == (200, b"\x89PNG\xfft1", "image/png")


def test_every_answer_names_its_request_and_the_business_time(things: Things) -> None:
    for method, path, raw in (("GET", "/v1/things", None), ("POST", "/v1/things", "{")):
        headers = things(method, path, raw)[2]
        assert headers["Request-Id"] == "r-7"
        assert headers["Solde-Clock"] == "2013-01-10T12:00:00+00:00"


def test_the_live_stage_says_nothing_of_a_clock(things: Things, monkeypatch) -> None:
    monkeypatch.setenv("STAGE", "live")
    status, _, headers = things("GET", "/v1/things")
    assert status == 401  # the keys of a test stage open nothing there
    assert "Solde-Clock" not in headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/things", 200),
        ("POST", "/v1/things/preview", 200),  # writes nothing: to read is enough
        ("POST", "/v1/things", 403),
        ("POST", "/v1/things/pay", 403),
    ],
)
def test_a_reader_reads_and_previews(things: Things, method, path, status) -> None:
    raw = None if method == "GET" else GOOD
    assert things(method, path, raw, key=READS, idempotency_key="k")[0] == status
    assert things.done == []


def test_nobody_is_told_what_stands_behind_a_door(things: Things) -> None:
    for path in ("/v1/things", "/v1/none"):
        status, found, _ = things("POST", path, "{", key="nonsense")
        assert (status, found["code"]) == (401, "unauthenticated")


def test_a_route_that_is_none_is_named(things: Things) -> None:
    status, found, _ = things("GET", "/v1/none")
    assert (status, found["code"]) == (404, "not_found")
    assert "GET /v1/none" in found["detail"]


def test_what_moves_money_needs_a_key_and_is_done_once(things: Things) -> None:
    status, found, _ = things("POST", "/v1/things/pay", GOOD)
    assert (status, found["code"], things.done) == (400, "idempotency_key_missing", [])
    for _ in range(2):
        assert things("POST", "/v1/things/pay", GOOD, idempotency_key="k")[1] == {"times": 1}
    assert things("POST", "/v1/things", GOOD)[0] == 200


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        ("{", 400, "malformed_json"),
        ("", 400, "malformed_json"),
        ('{"amount": NaN}', 400, "malformed_json"),
        ('{"amount": ' + "9" * 41 + "}", 400, "malformed_json"),
        ("[" * 21 + "]" * 21, 422, "invalid"),
        ("[" * 20 + "]" * 20, 422, "invalid"),
        ('"' + "x" * 999_999 + '"', 413, "too_large"),  # with its quotes a character too many
        ("{}", 422, "invalid"),
        ('{"amount": 1.5}', 422, "invalid"),
    ],
)
def test_what_no_honest_request_has_is_refused_before_it_is_worked(
    things: Things, raw: str, status: int, code: str
) -> None:
    found = things("POST", "/v1/things", raw)
    assert (found[0], found[1]["code"], things.done) == (status, code, [])


def test_depth_is_counted_and_said(things: Things) -> None:
    assert "at most 20 levels, found 21" in things("POST", "/v1/things", "[" * 21)[1]["detail"]


def test_a_body_of_exactly_the_limit_is_read(things: Things) -> None:
    raw = '{"amount": "1.50"' + " " * (1_000_000 - len(GOOD)) + "}"
    assert len(raw) == 1_000_000
    assert things("POST", "/v1/things", raw)[0] == 200
    assert things("POST", "/v1/things", raw + " ")[0] == 413


def test_a_field_is_named_with_what_was_expected_and_found(things: Things) -> None:
    status, found, headers = things("POST", "/v1/things", '{"amount": -1}')
    assert status == 422
    assert headers["Content-Type"] == "application/problem+json"
    (row,) = found["errors"]
    assert (row["pointer"], row["found"]) == ("/amount", "-1")
    assert "decimal as text" in row["expected"]
    long = json.dumps({"amount": "1" * 200})
    assert things("POST", "/v1/things", long)[1]["errors"][0]["found"] == '"' + "1" * 76 + "…"


def test_a_refusal_of_the_work_itself_is_a_problem_too(things: Things) -> None:
    status, found, _ = things("POST", "/v1/things/refused", GOOD)
    assert (status, found["code"]) == (422, "invalid")
    detail = "amount: expected another"
    assert found["errors"] == [{"pointer": "/amount", "detail": detail}]


@pytest.mark.parametrize(
    ("method", "path", "act", "wants"),
    [
        ("GET", "/v1/things", "read", False),
        ("HEAD", "/v1/things", "read", False),
        ("POST", "/v1/things", "write", False),
        ("PATCH", "/v1/things/preview", "write", False),
        ("POST", "/v1/things/preview", "read", False),
        ("POST", "/v1/things/pay", "write", True),
        ("GET", "/v1/things/pay", "read", False),
    ],
)
def test_what_a_route_asks_for(method: str, path: str, act: str, wants: bool) -> None:
    app = api("things", keyed=("/pay",), previews=("/preview",))
    assert (app.act(method, path), app.wants_key(method, path)) == (act, wants)
    plain = api("things")
    assert plain.act("POST", "/v1/things/preview") == "write"
    assert not plain.wants_key("POST", "/v1/things/pay")
