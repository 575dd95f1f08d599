"""Calls to what others have named: only to what is public, and to what was looked at."""

import socket
from http.client import HTTPConnection

import pytest

from solde.adapters.outbound import PORT, SECONDS, HttpsOutbound, Pinned, is_public
from solde.ports.outbound import OutboundRefusedError, OutboundUnavailableError

PUBLIC = "93.184.216.34"


class Called:
    """Connections that answer a status and keep what they were asked."""

    def __init__(self, status: int = 204) -> None:
        self.status, self.asked = status, []

    def __call__(self, host: str, address: str) -> "Called":
        self.asked.append((host, address))
        return self

    def request(self, *asked: object) -> None:
        self.asked.append(asked)

    def getresponse(self) -> "Called":
        return self

    def close(self) -> None:
        self.asked.append("closed")


def calling(*addresses: str, status: int = 204) -> tuple[HttpsOutbound, Called]:
    called = Called(status)
    return HttpsOutbound(lambda _host: list(addresses), called), called


def test_the_address_that_was_looked_at_is_the_one_that_is_called() -> None:
    outbound, called = calling(PUBLIC, "1.1.1.1")
    assert outbound.post("https://Hooks.example.org/in?k=1", b"{}", {"a": "b"}) == 204
    assert called.asked == [
        ("hooks.example.org", PUBLIC),
        ("POST", "/in?k=1", b"{}", {"a": "b"}),
        "closed",
    ]


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    outbound, called = calling(PUBLIC, status=302)
    assert outbound.post("https://hooks.example.org", b"", {}) == 302
    assert len(called.asked) == 3


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://hooks.example.org:8443/",
        "https://u:p@hooks.example.org/",
        "https://hooks.example.org@169.254.169.254/",
        "https://hooks.example.org\\@evil.example/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://hooks.example.org/ a",
        "https://hooks.example.org/#\r\nX: y",
        "ftp://hooks.example.org/",
        "",
    ],
)
def test_what_is_no_name_of_the_open_internet_is_not_even_resolved(url) -> None:
    def never(_host: str) -> list[str]:
        raise AssertionError("resolved")

    with pytest.raises(OutboundRefusedError):
        HttpsOutbound(never, Called()).post(url, b"", {})


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.1"],
        ["192.168.1.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["0.0.0.0"],  # noqa: S104 - nobody listens there
        ["224.0.0.1"],
        ["::1"],
        ["fe80::1%eth0"],
        ["fd00:ec2::254"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["2001:0:7f00:1::"],
        [PUBLIC, "10.0.0.1"],  # one of several is enough
        [],
    ],
)
def test_what_leads_inside_is_refused_before_any_call(addresses) -> None:
    outbound, called = calling(*addresses)
    with pytest.raises(OutboundRefusedError, match="public"):
        outbound.post("https://hooks.example.org/", b"", {})
    assert called.asked == []


def test_public_addresses_are_those_of_both_kinds() -> None:
    assert is_public(PUBLIC)
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


def test_a_name_without_address_and_a_host_that_is_down_are_tried_again() -> None:
    def unknown(_host: str) -> list[str]:
        raise socket.gaierror("no such name")

    with pytest.raises(OutboundUnavailableError, match="gaierror"):
        HttpsOutbound(unknown, Called()).post("https://hooks.example.org/", b"", {})


def test_a_connection_goes_to_the_address_and_proves_the_name(monkeypatch) -> None:
    tried = []

    def connect(where: tuple[str, int], timeout: float) -> None:
        tried.append((where, timeout))
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)
    pinned = Pinned("hooks.example.org", PUBLIC)
    assert isinstance(pinned, HTTPConnection)
    assert pinned._verified.check_hostname
    outbound = HttpsOutbound(lambda _host: [PUBLIC])
    with pytest.raises(OutboundUnavailableError, match="TimeoutError"):
        outbound.post("https://hooks.example.org/", b"", {})
    assert tried == [((PUBLIC, PORT), SECONDS)]
