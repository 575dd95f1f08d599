"""How a document is dressed: layers of templates folded into one look, the most specific first."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from solde.domain.templates import PLACES, Block, MailText, Template

DEFAULT_COLUMNS = ("description", "service", "quantity", "price", "amount")


@dataclass(frozen=True, slots=True)
class Style:
    """Colours, as a page writes them; the paper reads the same."""

    accent: str = "#0b5d66"
    ink: str = "#1b2430"
    soft: str = "#5b6775"
    line: str = "#dde3ea"
    tint: str = "#f5f7fa"

    @property
    def changed(self) -> str:
        """Return the rule of a page for colours that are not the usual ones; empty without any."""
        own = [(one.name, getattr(self, one.name)) for one in fields(self)]
        usual = {one.name: one.default for one in fields(self)}
        said = [f"--{name}:{colour}" for name, colour in own if colour != usual[name]]
        return f":root{{{';'.join(said)}}}" if said else ""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as it is drawn: a PNG without alpha, its id by its content."""

    id: str
    png: bytes
    width: int
    height: int

    @property
    def uri(self) -> str:
        return "data:image/png;base64," + base64.b64encode(self.png).decode()


@dataclass(frozen=True, slots=True)
class Look:
    """What templates say of a document; without any, it looks as it always did."""

    style: Style = Style()
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    blocks: tuple[Block, ...] = ()
    fields: tuple[str, ...] = ()
    """Custom fields that are shown, by place and name."""
    show: Mapping[str, bool] = field(default_factory=dict)
    logo: Logo | None = None
    mails: Mapping[str, MailText] = field(default_factory=dict)
    """By kind."""

    def shows(self, part: str, *, usually: bool) -> bool:
        return self.show.get(part, usually)


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Dress:
    """What a view wears: colours, a logo, and the texts of each place."""

    style: Style = Style()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    logo: Logo | None = None
    code: tuple[str, ...] = ()
    """Rows of the squares that a banking app reads, and what they are for."""
    code_for: str = ""

    def at(self, place: str) -> tuple[str, ...]:
        return self.texts.get(place, ())


BARE = Dress()


def logo_of(layers: Sequence[Template]) -> str:
    """Return the id of the logo that layers come to; empty: none."""
    return next((one.logo for one in layers if one.logo is not None), "")


def look_of(layers: Sequence[Template], logo: Logo | None = None) -> Look:
    """Fold layers: of each colour, place and part the most specific layer that says it counts."""
    colours: dict[str, str] = {}
    show: dict[str, bool] = {}
    for one in reversed(layers):
        colours |= one.colours
        show |= one.show
    mails = {mail.kind: mail for one in reversed(layers) for mail in one.mails}
    columns = next((one.columns for one in layers if one.columns), DEFAULT_COLUMNS)
    blocks = [block for place in PLACES for block in _of_place(layers, place)]
    shown = next((one.fields for one in layers if one.fields is not None), ())
    return Look(Style(**colours), columns, tuple(blocks), shown, show, logo, mails)


def _of_place(layers: Sequence[Template], place: str) -> list[Block]:
    for one in layers:
        if found := [block for block in one.blocks if block.place == place]:
            return found
    return []
