"""The pages behind a port of this machine: a browser's requests become events of the gateway."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.support.site import Site

WORKED_BEHIND = ("/wait", "/paid")
"""Once these were answered, the workers have had their second."""


class Served(Site):
    """A site that answers at a port of this machine."""

    def link(self) -> str:
        return self.home + super().link()


class Handler(BaseHTTPRequestHandler):
    site: Served

    def do_GET(self) -> None:
        self._answered("GET", "")

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        self._answered("POST", self.rfile.read(size).decode())

    def _answered(self, method: str, body: str) -> None:
        named = {name.lower(): value for name, value in self.headers.items()}
        self.site.cookies = dict([named["cookie"].split("=", 1)]) if "cookie" in named else {}
        answer = self.site.asked(method, self.path, body, named)
        said = answer["body"].encode()
        self.send_response(answer["statusCode"])
        for name, value in answer["headers"].items():
            self.send_header(name, value)
        for cookie in answer.get("cookies", ()):
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)
        if self.path.endswith(WORKED_BEHIND):
            self.site.works()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(shop: Any, patch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Serve the pages of a shop, one request after the other."""
    site = Served(shop)
    server = HTTPServer(("127.0.0.1", 0), type("Mine", (Handler,), {"site": site}))
    site.home = f"http://127.0.0.1:{server.server_port}"
    patch.setenv("PUBLIC_URL", site.home)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()
