"""The examples of the OpenAPI document are real: each was asked, and this is what was answered."""

import json
import os
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs

from solde.runtime import chance
from tests.support.api_examples import story

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tools" / "openapi" / "examples.json"
PDF = "%PDF-1.7 and so on"
SHOWN = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
LINK = "https://bills.example.test/c/5xkRdyTqX2mXFSi0mFWqbHBmYtYdSx8o"
DOCUMENT = ROOT / "functions" / "site" / "openapi.json"


def recorded(call, monkeypatch) -> dict[str, dict]:
    numbers = count(1)
    monkeypatch.setattr(chance.secrets, "randbits", lambda _bits: next(numbers))
    found = {}
    for asked in story(call):
        path, _, query = asked.path.partition("?")
        method = asked.operation.partition(" ")[0]
        status, answer, _ = call(
            method, path, asked.body, query=parse_qs(query), **dict(asked.headers)
        )
        assert 200 <= status < 300, (asked.operation, answer)
        shown = {"status": status, "answer": PDF if isinstance(answer, bytes) else answer}
        found[asked.operation] = shown | ({} if asked.body is None else {"asked": asked.body})
    text = json.dumps(found, sort_keys=True)
    return json.loads(text, object_hook=_without_the_wall_clock)


def _without_the_wall_clock(fields: dict) -> dict:
    if "secret" in fields:
        fields["secret"] = SHOWN
    if fields.get("object") == "customer_link" and fields["url"]:
        fields["url"] = LINK
    if "received_at" in fields:
        fields["received_at"] = "2013-01-10T12:00:00Z"
    return fields


def test_the_examples_are_what_the_api_answers(call, monkeypatch) -> None:
    found = recorded(call, monkeypatch)
    if os.environ.get("SOLDE_GOLDEN") == "write":
        text = json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False)
        EXAMPLES.write_text(text + "\n", encoding="utf-8")
    assert found == json.loads(EXAMPLES.read_text(encoding="utf-8")), "run `make golden`"
