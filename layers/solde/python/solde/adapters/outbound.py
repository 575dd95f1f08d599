"""
Calls to addresses that others have named, so that none reaches what is not public.

Only https at its own port, by name; every address behind the name must be public, and the one that
was looked at is the one that is called: a name that changes its mind gains nothing.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from solde.domain.endpoints.address import HOST, URL
from solde.ports.outbound import OutboundRefusedError, OutboundUnavailableError

PORT = 443
SECONDS = 10


class Pinned(http.client.HTTPSConnection):
    """A connection to one address, whose certificate must be that of the name."""

    def __init__(self, host: str, address: str) -> None:
        self._verified = ssl.create_default_context()
        super().__init__(host, PORT, timeout=SECONDS, context=self._verified)
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, PORT), self.timeout)
        self.sock = self._verified.wrap_socket(plain, server_hostname=self.host)


def resolved(host: str) -> list[str]:
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


class HttpsOutbound:
    """The port `Outbound`."""

    def __init__(
        self,
        resolve: Callable[[str], Sequence[str]] = resolved,
        connection: Callable[[str, str], http.client.HTTPConnection] = Pinned,
    ) -> None:
        self._resolve = resolve
        self._connection = connection

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        host, target = _parts(url)
        try:
            address = _public(host, self._resolve(host))
            called = self._connection(host, address)
            try:
                called.request("POST", target, body, dict(headers))
                return called.getresponse().status
            finally:
                called.close()
        except (OSError, http.client.HTTPException) as fault:
            raise OutboundUnavailableError(f"{host}: {type(fault).__name__}") from fault


def _parts(url: str) -> tuple[str, str]:
    """Return the host and what is asked of it."""
    split = urlsplit(url) if URL.fullmatch(url) else None
    host = (split.hostname or "") if split else ""
    if split is None or not HOST.fullmatch(host):
        raise OutboundRefusedError("url: expected https, a name of a host and a path, no more")
    path = split.path or "/"
    return host, f"{path}?{split.query}" if split.query else path


def _public(host: str, addresses: Sequence[str]) -> str:
    if not addresses or not all(map(is_public, addresses)):
        raise OutboundRefusedError(f"{host}: expected public addresses only behind the name")
    return addresses[0]


def is_public(text: str) -> bool:
    """Say whether an address is one of the open internet, however it is written."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address.sixtofour or address.teredo:
            return False
        if address not in ipaddress.ip_network("2000::/3"):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
