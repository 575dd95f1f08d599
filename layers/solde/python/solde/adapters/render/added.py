"""What a template adds to a document beside texts: charts, an annex, a button to pay by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from solde.adapters.render.annex import Part, annex
from solde.adapters.render.chart import Chart, charts
from solde.adapters.render.look import Look
from solde.adapters.render.paying import paid_by_link
from solde.adapters.render.words import Words
from solde.domain.templates import ANNEX, CHART

Document = Mapping[str, Any]


class Pay(NamedTuple):
    """A button that leads to a page to pay on, and by when that is due."""

    label: str
    url: str
    terms: str


@dataclass(frozen=True, slots=True)
class Added:
    charts: tuple[Chart, ...] = ()
    annex: tuple[Part, ...] = ()
    annex_title: str = ""
    pay: Pay | None = None

    @property
    def behind(self) -> bool:
        """Whether anything stands behind the mentions."""
        return bool(self.charts or self.annex)


NOTHING = Added()


def added(document: Document, words: Words, look: Look, pay_url: str) -> Added:
    """Return what a look adds; `pay_url` is where a button leads, where there is one."""
    if not look.show and not pay_url:
        return NOTHING
    return Added(
        charts=tuple(charts(document, words)) if look.shows(CHART, usually=False) else (),
        annex=tuple(annex(document, words)) if look.shows(ANNEX, usually=False) else (),
        annex_title=words.say("annex_title"),
        pay=_pay(document, words, pay_url) if pay_url and paid_by_link(document) else None,
    )


def _pay(document: Document, words: Words, url: str) -> Pay:
    amount = words.money(document["totals"]["due"], document["currency"])
    day = words.day(document["envelope"]["due_on"])
    label = words.say("pay_online", amount=amount)
    return Pay(label, url, words.say("pay_by", amount=amount, day=day))
