"""HTML by Jinja2: templates are files, everything is escaped, an unknown name is an error."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from solde.adapters.render.view import View


@cache
def environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html", "j2", "html.j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands above a document on the page of its link: its status, and where to go from it."""

    status: str
    links: tuple[tuple[str, str], ...]
    """Address and words of each; the first is what most come for."""
    style: str


def document_html(view: View, folder: Path, *, pdf_url: str = "", bar: Bar | None = None) -> str:
    """Set the page of a document; with `pdf_url` it offers the download."""
    return (
        environment(folder)
        .get_template("invoice/page.html.j2")
        .render(
            view=view,
            style=style(folder),
            own=own_rules(view, folder),
            code=_code(view),
            pdf_url=pdf_url,
            bar=bar,
        )
    )


def own_rules(view: View, folder: Path) -> str:
    """Return the rules that a page has beside those of all: its colours, and those of an annex."""
    if not view.added.behind:
        return view.dress.style.changed
    return view.dress.style.changed + rules(folder, "annex")


def page(folder: Path, template: str, **values: object) -> str:
    return environment(folder).get_template(template).render(style=style(folder), **values)


def style(folder: Path) -> str:
    return rules(folder, "style")


@cache
def rules(folder: Path, name: str) -> str:
    return (folder / "invoice" / f"{name}.css").read_text(encoding="utf-8")


def security_headers(folder: Path, *own: str) -> Mapping[str, str]:
    """
    Return what a page of a mailed link is sent with: no script, no store, no referrer.

    `own` are the rules that its templates add to the style.
    """
    allowed = " ".join(_digest(one) for one in (style(folder), *own) if one)
    policy = (
        f"default-src 'none'; style-src {allowed}; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }


def _code(view: View) -> Mapping[str, object] | None:
    """Return the code of a transfer as a path, and the side of its square."""
    rows = view.dress.code
    if not rows:
        return None
    from solde.adapters.render.transfer import QUIET, path  # noqa: PLC0415 - its encoder is slow

    return {"path": path(rows), "side": len(rows) + 2 * QUIET, "said": view.dress.code_for}


def _digest(rules: str) -> str:
    found = base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode()
    return f"'sha256-{found}'"
