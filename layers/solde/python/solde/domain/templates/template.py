"""A layer of the look of documents: what it leaves out is said by a less specific one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from solde.domain.errors import InvalidError

PLACES = ("header", "before_lines", "after_lines", "payment_terms", "footer")
"""Where free texts stand, from the top of a document to its foot."""
COLUMNS = ("description", "product", "service", "quantity", "price", "tax", "amount")
"""What a table of lines can show."""
COLUMNS_MAX = 6
"""More have no room on paper."""
FIRST, LAST = "description", "amount"
"""Between which the others stand: below the one are explanations, below the other sub-totals."""
COLOURS = ("accent", "ink", "soft", "line", "tint")
"""Titles and totals; text; what stands back; rules; the ground of group names."""
CHART, ANNEX = "usage_chart", "annex"
MEASURED = (CHART, ANNEX)
"""Parts that a document has to carry more for, so that a plan must know who asks for them."""
PAY = "pay_button"
SHOWN = ("subtotals", "transfer_code", PAY, *MEASURED)
"""Parts of a document that a layer can switch on or off."""
COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Block:
    """A free text at a place, where its condition holds; both are small Jinja."""

    place: str
    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class MailText:
    """What a mail of a kind says between greeting and link: small Jinja, both of it."""

    kind: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a layer; `group` and `language` are empty where it is for all of them."""

    entity: str
    version: int
    since: date
    group: str = ""
    language: str = ""
    logo: str | None = None
    """The id of an uploaded logo; empty: none, whatever a less specific layer says."""
    colours: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    show: Mapping[str, bool] = field(default_factory=dict)
    mails: tuple[MailText, ...] = ()
    fields: tuple[str, ...] | None = None
    """Custom fields that are shown, such as `customer.site_code`; empty: none."""

    def __post_init__(self) -> None:
        """Prove that colours are colours, and columns a table."""
        for name, colour in self.colours.items():
            if name not in COLOURS:
                raise InvalidError(
                    f"colours: expected {', '.join(COLOURS)}, found {name!r}",
                    pointer=f"/colours/{name}",
                )
            if not COLOUR.fullmatch(colour):
                raise InvalidError(
                    f"colours: expected six digits such as #0b5d66 for {name}, found {colour!r}",
                    pointer=f"/colours/{name}",
                )
        if self.columns:
            _must_be_a_table(self.columns)
        kinds = [one.kind for one in self.mails]
        for place, kind in enumerate(kinds):
            if kind in kinds[:place]:
                raise InvalidError(
                    f"mails: expected each kind once, found {kind!r} twice",
                    pointer=f"/mails/{place}/kind",
                )

    @property
    def id(self) -> str:
        return template_id(self.entity, self.group, self.language)


def template_id(entity: str, group: str = "", language: str = "") -> str:
    """Name a layer by what it is for, such as `FR`, `FR:retail` or `FR::de`."""
    return f"{entity}:{group}:{language}".rstrip(":")


def _must_be_a_table(columns: tuple[str, ...]) -> None:
    """
    Refuse what is no table of lines.

    Raises:
        InvalidError: too many columns, one that there is not, or one twice, or others than text
            and amount at its ends.

    """
    if len(columns) > COLUMNS_MAX:
        raise InvalidError(
            f"columns: expected at most {COLUMNS_MAX}, found {len(columns)}", pointer="/columns"
        )
    for place, name in enumerate(columns):
        if name not in COLUMNS:
            raise InvalidError(
                f"columns: expected some of {', '.join(COLUMNS)}, found {name!r}",
                pointer=f"/columns/{place}",
            )
        if name in columns[:place]:
            raise InvalidError(
                f"columns: expected each once, found {name!r} twice", pointer=f"/columns/{place}"
            )
    if columns[0] != FIRST or columns[-1] != LAST:
        raise InvalidError(
            f"columns: expected {FIRST} first and {LAST} last, found {', '.join(columns)}",
            pointer="/columns",
        )
