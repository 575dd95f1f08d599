"""Mail out: composed elsewhere, sent once per job."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mail:
    """`job_id` goes along as a message tag, so that later events resolve an unknown outcome."""

    to: str
    subject: str
    text: str
    html: str
    job_id: str


class Mailer(Protocol):
    def send(self, mail: Mail) -> str:
        """
        Hand the mail over, and return the provider's message id.

        Raises:
            MailUnknownError: no answer; the mail may or may not have gone out.

        """
        ...
