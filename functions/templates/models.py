"""Templates as the API speaks of them: layers by entity, group and language, in versions."""

import base64
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from solde.domain.errors import InvalidError
from solde.domain.templates import SHOWN, Block, MailText, Template
from solde.ports.records import Record
from solde.runtime.fields import Code, Day, Metadata, Strict, described, recorded

TEXT_MAX = 2_000
BLOCKS_MAX = 20
MailKind = Literal[
    "invoice",
    "credit_note",
    "deposit",
    "late_charge",
    "late_credit",
    "reminder_1",
    "reminder_2",
    "reminder_3",
    "reminder_4",
]


def _printable(text: str) -> str:
    found = next((char for char in text if ord(char) < ord(" ") and char != "\n"), None)
    if found is not None:
        raise ValueError(f"expected no control character, found U+{ord(found):04X}")
    return text


def _part(name: str) -> str:
    if name not in SHOWN:
        raise ValueError(f"expected one of {', '.join(SHOWN)}")
    return name


FieldName = Annotated[
    str, Field(pattern=r"^(customer|subscription|line|document)\.[a-z][a-z0-9_]{0,39}$")
]
Shown = Annotated[str, AfterValidator(_part)]


class BlockModel(Strict):
    """A text in small Jinja; `when` is an expression, and without it the text always stands."""

    place: Literal["header", "before_lines", "after_lines", "payment_terms", "footer"]
    text: Annotated[str, Field(min_length=1, max_length=TEXT_MAX), AfterValidator(_printable)]
    when: Annotated[str, Field(max_length=500), AfterValidator(_printable)] = ""


class MailModel(Strict):
    """Subject and text of a mail of a kind; greeting, link and close stay as they are."""

    kind: MailKind
    subject: Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_printable)]
    text: Annotated[str, Field(min_length=1, max_length=TEXT_MAX), AfterValidator(_printable)]


class NewTemplate(Strict):
    """
    A version of a layer: for an entity, or of it for a group of customers, or a language, or both.

    What it leaves out is as the less specific layer says, and in the end as it always was. It
    counts for documents that are issued on `since` or later.
    """

    entity: Code
    group: Code | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] | None = None
    version: int = Field(default=1, ge=1, le=9999)
    since: Day
    logo: Annotated[str, Field(pattern=r"^(log_[0-9a-f]{26})?$")] | None = None
    """The id of an uploaded logo; empty: none, whatever a less specific layer has."""
    colours: dict[str, str] = Field(
        default_factory=dict, max_length=5, examples=[{"accent": "#8a1f4d"}]
    )
    columns: list[str] = Field(
        default_factory=list, max_length=20, examples=[["description", "quantity", "amount"]]
    )
    blocks: list[BlockModel] = Field(default_factory=list, max_length=BLOCKS_MAX)
    show: dict[Shown, bool] = Field(default_factory=dict)
    mails: list[MailModel] = Field(default_factory=list, max_length=10)
    fields: list[FieldName] | None = Field(
        default=None, max_length=40, examples=[["customer.site_code"]]
    )
    """Custom fields that stand with the facts of customer, document, subscription or line."""
    metadata: Metadata = Field(default_factory=dict)

    def template(self) -> Template:
        """
        Return the template.

        Raises:
            InvalidError: a colour is none, or the columns are no table of lines.

        """
        return Template(
            entity=self.entity,
            version=self.version,
            since=self.since,
            group=self.group or "",
            language=self.language or "",
            logo=self.logo,
            colours=self.colours,
            columns=tuple(self.columns),
            blocks=tuple(Block(one.place, one.text, one.when) for one in self.blocks),
            show=self.show,
            mails=tuple(MailText(one.kind, one.subject, one.text) for one in self.mails),
            fields=None if self.fields is None else tuple(self.fields),
        )


class TemplatePreview(NewTemplate):
    """A template that is not saved, and how to see it: as page, paper, or mail of a kind."""

    form: Literal["html", "pdf", "mail"] = "html"
    mail: MailKind = "invoice"


class NewLogo(Strict):
    """A PNG or JPEG in base64."""

    content: Annotated[str, Field(max_length=700_000)]

    def bytes(self) -> bytes:
        """
        Return the picture's bytes.

        Raises:
            InvalidError: it is no base64.

        """
        try:
            return base64.b64decode(self.content, validate=True)
        except ValueError as wrong:
            raise InvalidError(
                "content: expected base64, found something else", pointer="/content"
            ) from wrong


def template_shown(template: Template, record: Record, *, livemode: bool) -> dict[str, Any]:
    return described(
        "template",
        id=template.id,
        entity=template.entity,
        group=template.group or None,
        language=template.language or None,
        since=template.since.isoformat(),
        logo=template.logo,
        colours=dict(template.colours),
        columns=list(template.columns),
        blocks=[
            {"place": one.place, "text": one.text, "when": one.when} for one in template.blocks
        ],
        show=dict(template.show),
        mails=[asdict(one) for one in template.mails],
        fields=None if template.fields is None else list(template.fields),
        **recorded(record, livemode=livemode),
    )
