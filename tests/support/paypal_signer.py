"""A stand-in for PayPal as who signs: a root, an authority, certificates, and deliveries."""

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HOST = "api.sandbox.paypal.com"
NAME = "messageverificationcerts.sandbox.paypal.com"
URL = f"https://{HOST}/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77"
WEBHOOK = "1JE4291016473214C"
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


@cache
def key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """One key a name and process: making them is most of what these tests cost."""
    del name
    return rsa.generate_private_key(65537, bits)


@dataclass(frozen=True)
class Made:
    """What a certificate is made with; by default as PayPal's is."""

    name: str = NAME
    since: datetime = NOW - YEAR / 2
    until: datetime = NOW + YEAR / 2
    bits: int = 2048
    root: str = "root"
    hash: SHA1 | SHA256 = field(default_factory=SHA256)
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH


@cache
def root(name: str = "root") -> x509.Certificate:
    subject = _subject(f"{name} CA")
    builder = _builder(subject, subject, key(name), NOW - YEAR, NOW + 5 * YEAR)
    return _authority(builder, key(name)).sign(key(name), SHA256())


@cache
def authority(of: str = "root") -> x509.Certificate:
    mine = key(f"{of}/authority")
    builder = _builder(
        _subject(f"{of} authority"), root(of).subject, mine, NOW - YEAR, NOW + 3 * YEAR
    )
    return _authority(builder, key(of)).sign(key(of), SHA256())


def chain(made: Made | None = None, *, whole: bool = True) -> bytes:
    """Return the file that lies at PayPal: the certificate, and the authority that signed it."""
    how = made or Made()
    upper = authority(how.root)
    mine = key("leaf", how.bits)
    builder = _builder(_subject(how.name), upper.subject, mine, how.since, how.until)
    signer = key(f"{how.root}/authority")
    builder = (
        builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(how.name)]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([how.usage]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    leaf = builder.sign(signer, how.hash)
    found = [leaf, *([upper] if whole else [])]
    return b"".join(one.public_bytes(Encoding.PEM) for one in found)


def roots(name: str = "root") -> bytes:
    return root(name).public_bytes(Encoding.PEM)


def headers(
    body: bytes,
    *,
    at: datetime = NOW,
    webhook: str = WEBHOOK,
    signer: rsa.RSAPrivateKey | None = None,
    **changed: str,
) -> dict[str, str]:
    """Return what PayPal sends beside a body, in lower case as the gateway hands it over."""
    identity = changed.pop("identity", "69cd13f0-d67a-11e5-baa3-778b53f4ae55")
    time = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    signed = f"{identity}|{time}|{webhook}|{zlib.crc32(body)}".encode()
    mine = signer or key("leaf", 2048)
    signature = base64.b64encode(mine.sign(signed, padding.PKCS1v15(), SHA256())).decode()
    found = {
        "paypal-transmission-id": identity,
        "paypal-transmission-time": time,
        "paypal-cert-url": URL,
        "paypal-auth-algo": "SHA256withRSA",
        "paypal-transmission-sig": signature,
    }
    return found | {f"paypal-{name.replace('_', '-')}": value for name, value in changed.items()}


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    mine: rsa.RSAPrivateKey,
    since: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(mine.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


def _authority(
    builder: x509.CertificateBuilder, signer: rsa.RSAPrivateKey
) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        crl_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(builder._public_key), critical=False
        )
    )
