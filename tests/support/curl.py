"""The curl commands that the documentation shows, read as requests."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BASE = "http://127.0.0.1:4566"


class Shown(NamedTuple):
    """`path` has its query; `body` is None where nothing is sent."""

    page: str
    method: str
    path: str
    headers: dict[str, str]
    body: str | None


TUTORIALS = "tutorials"
"""The folder of pages that are followed from first to last line, on a cloud of their own."""


def shown_in_docs(*, but: str = "") -> Iterator[Shown]:
    """Yield the commands of all pages, save those in a folder."""
    for page in sorted((ROOT / "docs").rglob("*.md")):
        if page.parent.name == but:
            continue
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                if line.startswith("curl "):
                    yield request_of(page.name, line)


def request_of(page: str, line: str) -> Shown:
    return _request(page, shlex.split(line)[1:])


def _request(page: str, words: list[str]) -> Shown:
    method, url, headers, body = "", "", {}, None
    rest = iter(words)
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(rest)
        elif word != "-s":
            url = word
    assert url.startswith(BASE), f"{page}: {url}"
    default = "GET" if body is None else "POST"
    return Shown(page, method or default, url.removeprefix(BASE), headers, body)
