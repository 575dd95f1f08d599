"""Hear what became of mails: bounces and complaints, as the provider tells them."""

from typing import Any

from solde.runtime.clock import business_now
from solde.runtime.messages import Event, each_detail
from solde.runtime.observe import measure, tell
from solde.runtime.reach import contacts, sendings
from solde.workflows.hear_mail import HearContext, hear_mail


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _hear)


def _hear(detail: Event) -> None:
    """Date a stop by the business clock: the provider tells the time of the wall."""
    stopped = hear_mail(detail, business_now(), HearContext(contacts(), sendings()))
    for reason in stopped:
        tell("mail stopped", reason=reason)
    if stopped:
        measure(MailStopped=len(stopped))
