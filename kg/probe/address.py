"""The address of an endpoint, and whose machine it is."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from kg.errors import InputError


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where requests go: the parts of an address, and what its host's name resolves to."""

    url: str
    secure: bool
    host: str
    port: int
    path: str
    query: str
    addresses: tuple[str, ...]

    @property
    def loopback(self) -> bool:
        """Whether it is this machine: every address of the host is a loopback address."""
        return all(ip_address(address).is_loopback for address in self.addresses)

    @property
    def private(self) -> bool:
        """Whether any address of the host is of no use elsewhere: this machine's, its network's."""
        return not all(ip_address(address).is_global for address in self.addresses)

    @property
    def authority(self) -> str:
        """What the header Host says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.secure else 80
        return host if self.port == usual else f"{host}:{self.port}"

    def target(self, query: str) -> str:
        """The path with a query string, behind the one that the address itself has."""
        joined = "&".join(part for part in (self.query, query) if part)
        return f"{self.path}?{joined}" if joined else self.path


def find_endpoint(url: str) -> Endpoint:
    """The endpoint at an address. Raises InputError for what is none, or cannot be looked up."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(f"{url} is no address ({error}).") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise InputError(f"{url}: expected an http or https address, without a user's name in it.")
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    return Endpoint(
        url, secure, parts.hostname, port, parts.path or "/", parts.query, _look_up(parts.hostname)
    )


def _look_up(host: str) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"the name {host} cannot be looked up ({error}).") from None
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))
