"""What stands above a document: its status in words, paying it, its PDF."""

from collections.abc import Iterator

from solde.adapters.render.html import Bar
from solde.adapters.render.pages.pay import due_said
from solde.adapters.render.pages.shell import Visit, web_style
from solde.domain.invoicing.draft import ASK_NOTHING


def bar_of(visit: Visit) -> Bar:
    return Bar(_status(visit), tuple(_links(visit)), web_style(visit.folder))


def _status(visit: Visit) -> str:
    header, said = visit.header, visit.said
    if header.kind in ASK_NOTHING:
        return ""
    if header.open_minor <= 0:
        return said.say("status_paid" if header.paid_minor else "status_closed")
    amount = visit.money(header.open_minor)
    return said.say("status_open", amount=amount, due=due_said(visit))


def _links(visit: Visit) -> Iterator[tuple[str, str]]:
    header, said = visit.header, visit.said
    if header.kind not in ASK_NOTHING:
        if header.open_minor > 0:
            yield f"{visit.base}/pay", said.say("pay")
        elif header.paid_minor:
            yield f"{visit.base}/paid", said.say("receipt")
    if header.kind not in ASK_NOTHING:
        yield f"{visit.base}/talk", said.say("talk")
    if visit.home:
        yield visit.home, said.say("page_account")
    if "pdf" in (header.documents or {}):
        yield f"{visit.base}/pdf", said.say("download_pdf")
