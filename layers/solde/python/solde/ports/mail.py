"""Mail out: composed elsewhere, sent once per job."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """
    `job_id` names this sending: its Message-ID follows from it, so that a repeat is the same mail.

    `answers` are mails that this one belongs under, each by its job or by what the provider called
    it; `tags` go along beside the mail, so that later events say what they are about.
    """

    to: str
    subject: str
    text: str
    html: str
    job_id: str
    reply_to: str = ""
    list_name: str = ""
    answers: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


class Mailer(Protocol):
    def send(self, mail: Mail) -> str:
        """
        Hand the mail over, and return the provider's message id.

        Raises:
            InvalidError: a header would hold what no header may; nothing was sent.
            MailUnknownError: no answer; the mail may or may not have gone out.

        """
        ...
