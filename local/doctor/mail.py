"""Whether SES will send to customers, and from the address that is configured."""

from collections.abc import Iterator

from botocore.exceptions import ClientError

from local.doctor.finding import Clients, Found, Wanted


def sending(clients: Clients, _wanted: Wanted) -> Iterator[Found]:
    account = clients("sesv2").get_account()
    out = account["ProductionAccessEnabled"]
    yield Found(
        "SES sandbox",
        "left" if out else "mails go to verified addresses only",
        "" if out else "ask for production access in the SES console",
    )
    healthy = account["SendingEnabled"] and account["EnforcementStatus"] == "HEALTHY"
    yield Found(
        "SES sending",
        account["EnforcementStatus"].lower() if account["SendingEnabled"] else "paused",
        "" if healthy else "read the account status in the SES console and answer it",
    )


def sender(clients: Clients, wanted: Wanted) -> Iterator[Found]:
    what = f"SES identity {wanted.mail_from}"
    try:
        identity = clients("sesv2").get_email_identity(EmailIdentity=wanted.mail_from)
    except ClientError as missing:
        if missing.response["Error"]["Code"] != "NotFoundException":
            raise
        yield Found(what, "not there", "deploy the state stack with this mail_from")
        return
    verified = identity["VerifiedForSendingStatus"]
    yield Found(
        what,
        "verified" if verified else "not verified",
        "" if verified else "answer the mail that SES sent to the address",
    )
