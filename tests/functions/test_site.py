"""What anybody may see: pages with a strict policy, the API's description, and health."""

import json

import pytest

from functions.site import pages
from solde.storage import keys
from solde.storage.table import Put
from tests.support.deployment import Deployment

SET = "2013-01-31T05:00:00+00:00"


def asked(path: str) -> dict:
    return pages.lambda_handler({"rawPath": path}, None)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/docs", "text/html; charset=utf-8"),
        ("/docs/", "text/html; charset=utf-8"),
        ("/docs/docs.js", "text/javascript; charset=utf-8"),
        ("/docs/swagger-ui-bundle.min.js", "text/javascript; charset=utf-8"),
        ("/docs/swagger-ui.min.css", "text/css; charset=utf-8"),
        ("/openapi.json", "application/json"),
    ],
)
def test_a_page_comes_with_its_type_and_runs_nothing_from_elsewhere(path, kind) -> None:
    found = asked(path)
    assert (found["statusCode"], found["headers"]["Content-Type"]) == (200, kind)
    policy = found["headers"]["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'" in policy
    assert "unsafe" not in policy
    assert found["headers"]["X-Content-Type-Options"] == "nosniff"
    assert found["body"]


@pytest.mark.parametrize("path", ["/docs/../settings", "/docs/pages.py", "/none", "/docs//etc"])
def test_nothing_else_is_handed_out(path) -> None:
    assert asked(path)["statusCode"] == 404


def test_health_tells_the_test_clock_and_nothing_of_a_live_stage(cloud: Deployment, monkeypatch):
    key = keys.clock()
    cloud.table.write(Put({"pk": key.pk, "sk": key.sk, "now": SET}))
    said = {"status": "ok", "stage": "test", "clock": SET}
    assert json.loads(asked("/health")["body"]) == said
    monkeypatch.setenv("STAGE", "live")
    assert json.loads(asked("/health")["body"]) == {"status": "ok", "stage": "live"}
