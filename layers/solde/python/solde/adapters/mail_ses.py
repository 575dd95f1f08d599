"""Mail by SES: the structured call, so that no name or address can add a header."""

from typing import Any

from solde.ports.mail import Mail


class SesMailer:
    """The port `Mailer`."""

    def __init__(self, client: Any, *, sender: str) -> None:  # noqa: ANN401 - a boto3 client
        self._client = client
        self._sender = sender

    def send(self, mail: Mail) -> str:
        answer = self._client.send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [mail.to]},
            Content={
                "Simple": {
                    "Subject": _text(mail.subject),
                    "Body": {"Text": _text(mail.text), "Html": _text(mail.html)},
                }
            },
            EmailTags=[{"Name": "job", "Value": mail.job_id}],
        )
        return str(answer["MessageId"])


def _text(data: str) -> dict[str, str]:
    return {"Data": data, "Charset": "UTF-8"}
