"""Our thirty lines against Stripe's own library: the same verdict, and where it is not, why."""

import hmac
import time
from hashlib import sha256
from typing import NamedTuple

import pytest
import stripe

from solde.adapters.stripe.signature import SignatureError, sign, verify

NOW = 1_790_000_000
SECRET, OLD, FOREIGN = "whsec_new", "whsec_old", "whsec_foreign"
BODY = b'{"id": "evt_1", "note": "d\xc3\xa9j\xc3\xa0"}'
HUGE = b'{"id": "evt_1", "filler": "' + b"x" * 1_000_000 + b'"}'


def mac(secret: str = SECRET, body: bytes = BODY, stamp: str = str(NOW)) -> str:
    """What a sender computes: HMAC-SHA-256 of `t.body`, in hexadecimal."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, sha256).hexdigest()


def header(secret: str = SECRET, body: bytes = BODY, at: int = NOW) -> str:
    return f"t={at},v1={mac(secret, body, str(at))}"


class Case(NamedTuple):
    id: str
    header: str
    genuine: bool
    body: bytes = BODY
    secrets: tuple[str, ...] = (SECRET,)


SAME = [
    Case("valid", header(), True),
    Case("the-order-of-parts-is-free", f"v1={mac()},t={NOW}", True),
    Case("several-v1-the-first-fits", f"t={NOW},v1={mac()},v1={'0' * 64}", True),
    Case("several-v1-the-last-fits", f"t={NOW},v1={'0' * 64},v1={'1' * 64},v1={mac()}", True),
    Case("several-v1-none-fits", f"t={NOW},v1={'0' * 64},v1={'1' * 64}", False),
    Case("v0-beside-v1", f"t={NOW},v1={mac()},v0={mac()}", True),
    Case("v0-only", f"t={NOW},v0={mac()}", False),
    Case("an-unknown-scheme-beside-v1", f"t={NOW},v2=abc,v1={mac()}", True),
    Case("no-t", f"v1={mac()}", False),
    Case("no-v1", f"t={NOW}", False),
    Case("empty-v1", f"t={NOW},v1=", False),
    Case("empty-header", "", False),
    Case("no-header-at-all", "nonsense", False),
    Case("t-is-no-number", f"t=soon,v1={mac(stamp='soon')}", False),
    Case("t-is-empty", f"t=,v1={mac(stamp='')}", False),
    Case("t-with-a-fraction", f"t={NOW}.5,v1={mac(stamp=f'{NOW}.5')}", False),
    Case("t-of-5000-digits", f"t={'1' * 5000},v1={mac(stamp='1' * 5000)}", False),
    Case("300-seconds-old", header(at=NOW - 300), True),
    Case("301-seconds-old", header(at=NOW - 301), False),
    Case("three-days-old", header(at=NOW - 3 * 86_400), False),
    Case("300-seconds-ahead", header(at=NOW + 300), True),
    Case("t-moved-after-signing", f"t={NOW - 1},v1={mac()}", False),
    Case("wrong-secret", header(FOREIGN), False),
    Case("the-new-secret-of-a-roll", header(), True, secrets=(SECRET, OLD)),
    Case("the-old-secret-of-a-roll", header(OLD), True, secrets=(SECRET, OLD)),
    Case("both-secrets-of-a-roll", f"t={NOW},v1={mac(OLD)},v1={mac()}", True, secrets=(SECRET,)),
    Case("a-foreign-secret-in-a-roll", header(FOREIGN), False, secrets=(SECRET, OLD)),
    Case("the-old-secret-after-the-roll", header(OLD), False),
    Case("no-secret-known", header(), False, secrets=()),
    Case("signed-with-an-empty-secret", header(""), False, secrets=("",)),
    Case("signed-with-a-blank-secret", header(" "), False, secrets=(" ",)),
    Case("body-altered-by-one-byte", header(), False, body=BODY.replace(b"evt_1", b"evt_2")),
    Case("body-cut-by-one-byte", header(), False, body=BODY[:-1]),
    Case("body-with-one-more-space", header(), False, body=BODY + b" "),
    Case("body-with-other-line-ends", header(body=b"{\n}"), False, body=b"{\r\n}"),
    Case("body-as-signed-line-ends", header(body=b"{\r\n}"), True, body=b"{\r\n}"),
    Case("empty-body", header(body=b""), True, body=b""),
    Case("empty-body-of-another-signature", header(), False, body=b""),
    Case("a-megabyte", header(body=HUGE), True, body=HUGE),
    Case("a-megabyte-altered", header(body=HUGE), False, body=HUGE.replace(b"evt_1", b"evt_2")),
    Case("non-ascii-name", f"té={NOW},v1={mac()}", False),
    Case("upper-case-signature", f"t={NOW},v1={mac().upper()}", False),
    Case("upper-case-names", f"T={NOW},V1={mac()}", False),
    Case("spaces-after-commas", f"t={NOW}, v1={mac()}", False),
    Case("a-cut-signature", f"t={NOW},v1={mac()[:-1]}", False),
    Case("a-longer-signature", f"t={NOW},v1={mac()}0", False),
    Case("semicolons", f"t={NOW};v1={mac()}", False),
]

STRICTER = [
    # A proxy joined two headers: whose time would it be?
    Case("two-t", f"t={NOW},t={NOW - 1},v1={mac()}", False),
    Case("two-headers-joined", f"{header()},{header()}", False),
    # Only what Stripe writes is a time: digits, and nothing that Python forgives in a number.
    Case("t-with-a-sign", f"t=+{NOW},v1={mac()}", False),
    Case("t-with-spaces", f"t= {NOW} ,v1={mac()}", False),
    Case("t-with-underscores", f"t=1_790_000_000,v1={mac()}", False),
    Case("t-in-arabic-digits", f"t=١٧٩٠٠٠٠٠٠٠,v1={mac()}", False),
    # The window has two ends: what is dated ahead could be given again for as long.
    Case("301-seconds-ahead", header(at=NOW + 301), False),
    Case("a-year-ahead", header(at=NOW + 365 * 86_400), False),
    # A value is all that follows the first equals sign.
    Case("more-after-the-signature", f"t={NOW},v1={mac()}=x", False),
]
"""Stripe's library takes these, we do not."""


def ours(case: Case) -> bool:
    try:
        verify(case.body, case.header, case.secrets, now=NOW)
    except SignatureError:
        return False
    return True


def theirs(case: Case) -> bool:
    """Ask Stripe's library once for each secret, as its users do while one rolls over."""
    for secret in case.secrets:
        try:
            stripe.WebhookSignature.verify_header(case.body, case.header, secret, tolerance=300)
        except stripe.SignatureVerificationError:
            continue
        return True
    return False


@pytest.fixture(autouse=True)
def _the_clock_of_stripes_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW)


@pytest.mark.parametrize("case", SAME, ids=lambda case: case.id)
def test_the_verdict_is_the_one_of_stripes_library(case: Case) -> None:
    assert ours(case) is case.genuine
    assert theirs(case) is case.genuine


@pytest.mark.parametrize("case", STRICTER, ids=lambda case: case.id)
def test_we_refuse_what_stripe_itself_never_sends(case: Case) -> None:
    assert theirs(case) is True
    assert ours(case) is False


def test_bytes_that_are_no_text_are_proved_as_bytes() -> None:
    """Stripe's library fails to decode them before it looks; reading them as an event fails."""
    body = b'{"id": "evt_1\xff"}'
    verify(body, header(body=body), (SECRET,), now=NOW)
    with pytest.raises(UnicodeDecodeError):
        stripe.WebhookSignature.verify_header(body, header(body=body), SECRET, tolerance=300)


@pytest.mark.parametrize(
    "case",
    [
        Case("non-ascii", f"t={NOW},v1=é{mac()[1:]}", False),
        Case("non-ascii-before-a-good-one", f"t={NOW},v1=é,v1={mac()}", True),
    ],
    ids=lambda case: case.id,
)
def test_a_signature_outside_ascii_is_a_verdict_here_and_a_fault_there(case: Case) -> None:
    assert ours(case) is case.genuine
    with pytest.raises(TypeError, match="non-ASCII"):
        theirs(case)


def test_half_a_surrogate_in_a_header_is_refused_and_no_error() -> None:
    case = Case("surrogate", f"t={NOW},v1=\ud800{mac()[1:]}", False)
    assert ours(case) is False


def test_what_we_sign_stripes_library_accepts() -> None:
    assert theirs(Case("signed", sign(BODY, SECRET, at=NOW), True))
    made = stripe.WebhookSignature.generate_signature_header(BODY.decode(), SECRET, NOW)
    assert sign(BODY, SECRET, at=NOW) == made
