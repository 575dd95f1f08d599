"""RSA over id, time, our own webhook's id and the sum of the body; nothing else proves anything."""

import base64
import zlib
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256, SHA512

from solde.adapters.errors import ProviderUnavailableError, SignatureError
from solde.adapters.paypal.signature import proof_of, verify
from tests.support.paypal_signer import NOW, URL, WEBHOOK, headers, key

BODY = b'{"id": "WH-1", "note": "d\xc3\xa9j\xc3\xa0"}'


def proves(body: bytes, given: dict[str, str], webhook: str = WEBHOOK) -> None:
    verify(body, proof_of(given), webhook, lambda _: key("leaf", 2048).public_key(), now=NOW)


def test_a_genuine_delivery() -> None:
    proves(BODY, headers(BODY))
    proves(b"", headers(b""))


@pytest.mark.parametrize("days", [0, 3])
def test_one_that_is_sent_again_for_three_days(days) -> None:
    proves(BODY, headers(BODY, at=NOW - timedelta(days=days)))


BAD = {
    "another-body": headers(BODY + b" "),
    "another-webhook": headers(BODY, webhook="8PT597110X687430L"),
    "the-id-of-the-event-instead": headers(BODY, webhook="WH-1"),
    "another-key": headers(BODY, signer=key("somebody", 2048)),
    "stale": headers(BODY, at=NOW - timedelta(days=4, seconds=1)),
    "from-the-future": headers(BODY, at=NOW + timedelta(seconds=301)),
    "time-moved": headers(BODY, transmission_time="2026-11-02T10:00:01Z"),
    "id-moved": headers(BODY) | {"paypal-transmission-id": "another"},
    "an-id-with-a-bar": headers(BODY, identity="a|b"),
    "sha1": headers(BODY, auth_algo="SHA1withRSA"),
    "no-algorithm": headers(BODY, auth_algo=""),
    "no-signature": headers(BODY, transmission_sig=""),
    "no-base64": headers(BODY, transmission_sig="é" * 10),
    "base64-with-spaces": headers(BODY, transmission_sig=" AAAA"),
    "a-long-signature": headers(BODY, transmission_sig="A" * 2000),
    "time-without-zone": headers(BODY, transmission_time="2026-11-02T10:00:00"),
    "time-of-nonsense": headers(BODY, transmission_time="2026-99-02T10:00:00Z"),
    "time-in-wide-digits": headers(BODY, transmission_time="２026-11-02T10:00:00Z"),
    "nothing": {},
}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD.keys())
def test_what_is_not_proved(given) -> None:
    with pytest.raises(SignatureError):
        proves(BODY, given)


@pytest.mark.parametrize("missing", sorted(headers(BODY)))
def test_every_header_is_needed(missing) -> None:
    given = {name: value for name, value in headers(BODY).items() if name != missing}
    if missing == "paypal-cert-url":
        assert proof_of(given).url == ""  # who keeps the certificates refuses it
    else:
        with pytest.raises(SignatureError):
            proves(BODY, given)


def test_an_empty_webhook_id_proves_nothing() -> None:
    with pytest.raises(SignatureError):
        proves(BODY, headers(BODY, webhook=""), "")


def test_a_signature_over_another_hash() -> None:
    given = headers(BODY)
    names = ("paypal-transmission-id", "paypal-transmission-time")
    signed = "|".join([*(given[one] for one in names), WEBHOOK, str(zlib.crc32(BODY))]).encode()
    for hash_, genuine in ((SHA512(), False), (SHA256(), True)):
        found = key("leaf", 2048).sign(signed, padding.PKCS1v15(), hash_)
        given["paypal-transmission-sig"] = base64.b64encode(found).decode()
        if genuine:
            proves(BODY, given)
        else:
            with pytest.raises(SignatureError):
                proves(BODY, given)


def test_who_has_one_genuine_signature_can_make_another_body_of_the_same_sum() -> None:
    """So no amount of a body is believed: four bytes are enough to make any sum."""
    forged = b'{"id": "WH-1", "amount": "1000000.00"}'
    wanted = zlib.crc32(BODY)
    collided = forged + b" " + _patch(forged + b" ", wanted)
    assert (zlib.crc32(collided), collided != BODY) == (wanted, True)
    proves(collided, headers(BODY))


def test_no_certificate_is_asked_for_what_is_not_in_time() -> None:
    asked = []
    with pytest.raises(SignatureError):
        verify(BODY, proof_of(BAD["stale"]), WEBHOOK, asked.append, now=NOW)
    assert asked == []


def test_a_certificate_that_cannot_be_had_is_no_refusal() -> None:
    def down(url: str):
        assert url == URL
        raise ProviderUnavailableError("down")

    with pytest.raises(ProviderUnavailableError):
        verify(BODY, proof_of(headers(BODY)), WEBHOOK, down, now=NOW)


def _patch(head: bytes, wanted: int) -> bytes:
    """Return the four bytes behind `head` that make the sum `wanted`: CRC32 run backwards."""
    plain = _table()
    register, want = zlib.crc32(head) ^ 0xFFFFFFFF, wanted ^ 0xFFFFFFFF
    for _ in range(4):
        place = next(n for n in range(256) if plain[n] >> 24 == want >> 24)
        want = ((want ^ plain[place]) << 8 | place) & 0xFFFFFFFF
    return (want ^ register).to_bytes(4, "little")


def _table() -> list[int]:
    found = []
    for one in range(256):
        value = one
        for _ in range(8):
            value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
        found.append(value)
    return found
