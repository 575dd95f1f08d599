"""A customer's own pages by a link of theirs: what is open, the statement, what he pays with."""

from typing import Any

from functions.web import invoice
from functions.web.answers import set_out
from functions.web.gone import gone_page
from solde.adapters.render.html import Bar, document_html
from solde.adapters.render.pages.account import Account, account_page, methods_page
from solde.adapters.render.pages.shell import web_style
from solde.adapters.render.statement import statement_view
from solde.runtime.accounts import account_of, methods_of
from solde.runtime.documents import templates


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    _, _, token, *rest = event["rawPath"].rstrip("/").split("/")
    if rest not in ([], ["statement"], ["methods"]):
        return invoice.lambda_handler(event, context)
    account = account_of(token)
    if account is None:
        return gone_page("")
    if rest == ["statement"]:
        return set_out(account, _statement(account))
    if rest == ["methods"]:
        return set_out(account, methods_page(account, methods_of(account)))
    return set_out(account, account_page(account))


def _statement(account: Account) -> str:
    shown = statement_view(account.statement, account.said, account.look)
    links = ((account.base, account.said.say("page_account")),)
    return document_html(shown, templates(), bar=Bar("", links, web_style(templates())))
