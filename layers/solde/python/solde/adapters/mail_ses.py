"""
Mail by SES, as bytes of ours: the headers that a bill needs cannot be had otherwise.

SES puts a Message-ID of its own over ours. What a mail answers is therefore named by both: ours
stands where another provider sends, and SES's where SES has sent.
"""

from typing import Any

from solde.adapters.mail_mime import message_id, mime
from solde.ports.mail import Mail

FIRST_REGION = "us-east-1"


class SesMailer:
    """The port `Mailer`."""

    def __init__(self, client: Any, *, sender: str) -> None:  # noqa: ANN401 - a boto3 client
        self._client = client
        self._sender = sender

    def send(self, mail: Mail) -> str:
        answers = tuple(self._message_id(one) for one in mail.answers)
        answer = self._client.send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [mail.to]},
            Content={"Raw": {"Data": mime(mail, self._sender, answers=answers)}},
            EmailTags=[
                {"Name": name, "Value": value}
                for name, value in {"job": mail.job_id, **mail.tags}.items()
            ],
        )
        return str(answer["MessageId"])

    def _message_id(self, name: str) -> str:
        """Return the Message-ID behind a job of ours (`inv_…`), or behind what SES called it."""
        if "@" in name:
            return f"<{name}>"
        if "_" in name:
            return message_id(name, self._sender)
        region = self._client.meta.region_name
        return f"<{name}@{'email' if region == FIRST_REGION else region}.amazonses.com>"
