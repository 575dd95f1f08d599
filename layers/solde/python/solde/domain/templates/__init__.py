"""How documents look, as data: a layer for an entity, a customer group or a language."""

from solde.domain.templates.choice import Choice, chosen, drafted, must_follow, pinned, with_choice
from solde.domain.templates.template import (
    ANNEX,
    CHART,
    COLUMNS,
    PAY,
    PLACES,
    SHOWN,
    Block,
    MailText,
    Template,
    template_id,
)

__all__ = [
    "ANNEX",
    "CHART",
    "COLUMNS",
    "PAY",
    "PLACES",
    "SHOWN",
    "Block",
    "Choice",
    "MailText",
    "Template",
    "chosen",
    "drafted",
    "must_follow",
    "pinned",
    "template_id",
    "with_choice",
]
