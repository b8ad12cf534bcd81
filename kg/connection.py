"""Connections to other machines: looked up once, looked at, connected to as seen, with a deadline.

A name is not looked up again between the look and the connection, so it cannot change its mind.
Whoever asks decides what may be asked.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any, Final

_UNICAST: Final = IPv6Network("2000::/3")
"""What IPv6 has given out to the world: neither mapped nor translated addresses of IPv4."""


def look_up(host: str, port: int) -> tuple[str, ...]:
    """The addresses that a name has. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"the name {host} cannot be looked up ({error})") from None
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether an address is the world's: no private, local, mapped or translated one."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and (found not in _UNICAST or found.sixtofour):
        return False
    return found.is_global and not found.is_multicast


def connect(addresses: Sequence[str], port: int, seconds: float) -> socket.socket:
    """A connection to the first address that answers. Raises OSError."""
    share = seconds / len(addresses)
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=share)
    return socket.create_connection((addresses[-1], port), timeout=share)


def secured(sock: socket.socket, host: str, deadline: float) -> socket.socket:
    """The connection by TLS, with the name that its certificate is for."""
    sock.settimeout(left(deadline))
    return ssl.create_default_context().wrap_socket(sock, server_hostname=host)


def left(deadline: float) -> float:
    """Seconds to a time of time.monotonic(). Raises TimeoutError where none are left."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


class _Timed(io.RawIOBase):
    """What is read from a connection until a deadline, however slowly it drips."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(left(self._deadline))
        return self._sock.recv_into(buffer)


class Link:
    """As much of a socket as http.client needs, with a deadline for all of it."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, content: bytes) -> None:
        """Sends all of it. Raises OSError, TimeoutError."""
        self._sock.settimeout(left(self._deadline))
        self._sock.sendall(content)

    def makefile(self, _: str) -> io.BufferedReader:
        """What comes back."""
        return io.BufferedReader(_Timed(self._sock, self._deadline))

    def close(self) -> None:
        """Nothing yet: http.client closes before it reads the body; who connected closes."""
