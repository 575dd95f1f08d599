"""
XML as text: an element with nothing in it is left out, and every text is escaped.

What XML 1.0 cannot hold (control characters, surrogates, U+FFFE and U+FFFF) is replaced, so that
whatever somebody is called the document is well-formed.
"""

import re
from decimal import Decimal

from solde.domain.money import EXPONENTS

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNKNOWN = "\ufffd"


def el(tag: str, *children: str, **attributes: str) -> str:
    """Return an element around its children, which are XML already; none without any."""
    inside = "".join(children)
    return f"<{tag}{_written(attributes)}>{inside}</{tag}>" if inside else ""


def text(tag: str, value: str, **attributes: str) -> str:
    """Return an element with a text; none for an empty one, and no attribute that is empty."""
    return f"<{tag}{_written(attributes)}>{escaped(value)}</{tag}>" if value else ""


def escaped(value: str) -> str:
    """Escape a text for content and attributes alike."""
    if ILLEGAL.search(value):
        value = ILLEGAL.sub(UNKNOWN, value)
    return (
        value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    ).replace("\r", "&#13;")


def amount(minor: int, currency: str) -> str:
    """Write minor units with the currency's decimals: 1230 of EUR is 12.30."""
    return format(Decimal(minor).scaleb(-EXPONENTS[currency]), "f")


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escaped(value)}"' for name, value in attributes.items() if value)
