"""Only a certificate of PayPal's own host, made out to it and up to a root that we hold."""

from datetime import timedelta

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from solde.adapters.errors import ProviderUnavailableError, SignatureError
from solde.adapters.paypal.certificates import BYTES_MAX, KEPT, Certificates
from tests.support.paypal_signer import HOST, NAME, NOW, URL, YEAR, Made, chain, key, roots


class World:
    """What lies at PayPal, how often it was asked for, and the time."""

    def __init__(self, file: bytes = b"", status: int = 200) -> None:
        self.file, self.status, self.now = file or chain(), status, NOW
        self.asked: list[str] = []

    def fetch(self, url: str) -> tuple[int, bytes]:
        self.asked.append(url)
        return self.status, self.file

    def certificates(self) -> Certificates:
        return Certificates(HOST, NAME, roots(), self.fetch, lambda: self.now)


def test_a_genuine_one_is_proved_once_and_kept() -> None:
    world = World()
    held = world.certificates()
    assert held.key_at(URL).public_numbers() == key("leaf", 2048).public_key().public_numbers()
    held.key_at(URL)
    assert world.asked == [URL]


def test_one_that_has_run_out_is_asked_for_again() -> None:
    world = World()
    held = world.certificates()
    held.key_at(URL)
    world.now += YEAR
    with pytest.raises(SignatureError):
        held.key_at(URL)
    assert len(world.asked) == 2


BAD = {
    "expired": Made(until=NOW - timedelta(seconds=1)),
    "not-valid-yet": Made(since=NOW + timedelta(seconds=1)),
    "of-another-name": Made(name="messageverificationcerts.paypal.com"),
    "of-a-name-that-ends-alike": Made(name=f"x{NAME}"),
    "of-another-root": Made(root="somebody"),
    "of-too-short-a-key": Made(bits=1024),
    "for-clients": Made(usage=ExtendedKeyUsageOID.CLIENT_AUTH),
}


@pytest.mark.parametrize("made", BAD.values(), ids=BAD.keys())
def test_a_certificate_that_proves_nothing(made: Made) -> None:
    with pytest.raises(SignatureError):
        World(chain(made)).certificates().key_at(URL)


@pytest.mark.parametrize(
    "file",
    [
        b"no certificate",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        chain(whole=False),
        roots(),
        chain() + b"x" * BYTES_MAX,
    ],
    ids=["nothing", "rubbish", "without-its-authority", "the-root-itself", "huge"],
)
def test_a_file_that_proves_nothing(file: bytes) -> None:
    with pytest.raises(SignatureError):
        World(file).certificates().key_at(URL)


PATH = "/v1/notifications/certs/CERT-1"
FOREIGN = [
    "",
    URL.replace("https", "http"),
    f"https://api.paypal.com{PATH}",
    f"https://{HOST}.evil.test{PATH}",
    f"https://evil.test/{HOST}{PATH}",
    f"https://{HOST}@evil.test{PATH}",
    f"https://user:word@{HOST}{PATH}",
    f"https://{HOST}:8443{PATH}",
    f"https://{HOST}\\@evil.test{PATH}",
    f"https://{HOST}/v1/notifications/certs/../../secrets",
    f"https://{HOST}{PATH}?next=https://evil.test",
    f"https://{HOST}{PATH}#x",
    f"https://{HOST}{PATH}%2e",
    f"https://{HOST}{PATH}\n",
    f" https://{HOST}{PATH}",
    f"HTTPS://{HOST}{PATH}",
    f"https://{HOST.upper()}{PATH}",
    f"https://{HOST}.{PATH}",
    f"https://api.sandbox.pаypal.com{PATH}",  # its second letter is Cyrillic
    "https://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    f"https://{HOST}{PATH}{'x' * 200}",
]


@pytest.mark.parametrize("url", FOREIGN)
def test_another_address_is_never_asked(url: str) -> None:
    world = World()
    with pytest.raises(SignatureError):
        world.certificates().key_at(url)
    assert world.asked == []


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, SignatureError),
        (301, ProviderUnavailableError),
        (500, ProviderUnavailableError),
        (503, ProviderUnavailableError),
    ],
)
def test_a_host_that_has_trouble_is_no_proof_either_way(status, error) -> None:
    with pytest.raises(error):
        World(status=status).certificates().key_at(URL)


def test_what_is_kept_is_bounded() -> None:
    world = World()
    held = world.certificates()
    for number in range(KEPT + 1):
        held.key_at(f"https://{HOST}/v1/notifications/certs/C{number}")
    assert len(held._kept) == 1
