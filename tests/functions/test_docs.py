"""Each curl of the documentation asks for an operation that there is, with a body that fits."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from tests.support.curl import ROOT, Shown, shown_in_docs

DOCUMENT = json.loads((ROOT / "functions" / "site" / "openapi.json").read_text())
SHOWN = list(shown_in_docs())
EVENTS_BELOW = "/v1/events/{source}/{event_id}"


def operation(shown: Shown) -> dict:
    path = shown.path.partition("?")[0]
    for template, methods in DOCUMENT["paths"].items():
        wanted = re.escape(template).replace(r"\{", "{").replace(r"\}", "}")
        part = ".+" if template == EVENTS_BELOW else "[^/]+"
        fits = re.fullmatch(re.sub(r"{[^}]+}", part, wanted), path)
        if fits and shown.method.lower() in methods:
            return methods[shown.method.lower()]
    raise AssertionError(f"{shown.page}: no operation {shown.method} {path}")


def test_there_are_commands_to_look_at() -> None:
    assert len(SHOWN) >= 10


@pytest.mark.parametrize("shown", SHOWN, ids=lambda one: f"{one.method} {one.path[:40]}")
def test_a_command_asks_for_what_there_is(shown: Shown) -> None:
    found = operation(shown)
    query = re.findall(r"(?:[?&])([^=]+)=", shown.path.replace("%5B", "[").replace("%5D", "]"))
    known = {one["name"] for one in found.get("parameters", [])}
    assert set(query) <= known
    assert shown.headers["Authorization"] == "Bearer $SOLDE_KEY"
    if shown.body is not None:
        media = found["requestBody"]["content"][shown.headers["Content-Type"]]
        schema = {**media["schema"], "components": DOCUMENT["components"]}
        Draft202012Validator(schema).validate(json.loads(shown.body))
