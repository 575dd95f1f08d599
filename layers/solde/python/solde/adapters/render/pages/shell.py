"""What all pages of a customer share: the seller's look, the words, what a browser may load."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from solde.adapters.render.html import environment, security_headers, style
from solde.adapters.render.look import Look
from solde.adapters.render.words import Words
from solde.ports.billing import Header

WEB = "web"


class Looks(Protocol):
    """What the shell of a page needs of who looks: words, the seller's look, where he is."""

    @property
    def said(self) -> Words: ...
    @property
    def look(self) -> Look: ...
    @property
    def base(self) -> str: ...
    @property
    def folder(self) -> Path: ...
    @property
    def seller(self) -> str: ...
    @property
    def home(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with a link looks at a document; `base` is the path of what it opens."""

    document: Mapping[str, Any]
    header: Header
    said: Words
    look: Look
    base: str
    today: date
    folder: Path
    home: str = ""
    """The path of the customer's own pages, where he came from there."""

    @property
    def seller(self) -> str:
        name: str = self.document["entity"]["name"]
        return name

    def money(self, minor: int) -> str:
        return self.said.money(minor, self.header.currency)

    def day(self, on: date) -> str:
        return self.said.day(on.isoformat())


def set_page(visit: Looks, template: str, title: str, **values: object) -> str:
    """Set a page in the seller's look; with `polls` it looks again in so many seconds."""
    shared = {
        "language": visit.said.language,
        "title": title,
        "style": style(visit.folder),
        "web": web_style(visit.folder),
        "own": visit.look.style.changed,
        "logo": visit.look.logo,
        "seller": visit.seller,
        "script": script(visit.folder) if values.get("polls") else "",
        "polls": "",
        "go": "",
        "document": {"href": visit.base, "label": visit.said.say("page_document")},
        "account": {"href": visit.home, "label": visit.said.say("page_account")},
    }
    return environment(visit.folder).get_template(f"web/{template}").render(**shared | values)


def page_headers(visit: Looks) -> Mapping[str, str]:
    """Return what a page is sent with: its own style and script only, forms to itself only."""
    return headers(visit.folder, visit.look.style.changed)


def headers(folder: Path, *own: str) -> Mapping[str, str]:
    """Return what a page with forms is sent with; `own` are rules beside ours."""
    safe = dict(security_headers(folder, web_style(folder), *own))
    policy = safe["Content-Security-Policy"].replace("form-action 'none'", "form-action 'self'")
    digest = base64.b64encode(hashlib.sha256(script(folder).encode()).digest()).decode()
    policy += f"; script-src 'sha256-{digest}'; connect-src 'self'"
    return {**safe, "Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}


@cache
def web_style(folder: Path) -> str:
    return folder.joinpath(WEB, "style.css").read_text(encoding="utf-8")


@cache
def script(folder: Path) -> str:
    return folder.joinpath(WEB, "poll.js").read_text(encoding="utf-8")
