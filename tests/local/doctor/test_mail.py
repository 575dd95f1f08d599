import pytest

from local.doctor.mail import sender, sending


def account(**more) -> dict:
    fit = {"ProductionAccessEnabled": True, "SendingEnabled": True, "EnforcementStatus": "HEALTHY"}
    return {**fit, **more}


def test_an_account_that_sends(aws, live) -> None:
    aws.says("sesv2", "get_account", account())
    assert [(one.what, one.said, one.well) for one in sending(aws, live)] == [
        ("SES sandbox", "left", True),
        ("SES sending", "healthy", True),
    ]


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"ProductionAccessEnabled": False}, ["SES sandbox"]),
        ({"SendingEnabled": False}, ["SES sending"]),
        ({"EnforcementStatus": "PROBATION"}, ["SES sending"]),
    ],
    ids=["sandbox", "paused", "probation"],
)
def test_what_keeps_mail_from_customers_is_told(aws, live, more, wrong) -> None:
    aws.says("sesv2", "get_account", account(**more))
    assert [one.what for one in sending(aws, live) if not one.well] == wrong


@pytest.mark.parametrize("verified", [True, False])
def test_the_sender_must_be_verified(aws, live, verified) -> None:
    answer = {"VerifiedForSendingStatus": verified}
    aws.says("sesv2", "get_email_identity", answer, EmailIdentity="billing@solde.example")
    (found,) = sender(aws, live)
    assert found.well is verified


def test_a_sender_that_is_not_there(aws, live) -> None:
    aws.refuses("sesv2", "get_email_identity", "NotFoundException")
    (found,) = sender(aws, live)
    assert (found.said, found.well) == ("not there", False)
