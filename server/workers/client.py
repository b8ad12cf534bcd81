"""Whose query it is, and whether anybody still waits for its result."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

NETWORK: Final = 64
"""Bits of an IPv6 address that belong to one client: it may choose the others as it likes."""


@lru_cache(maxsize=1024)
def client_of(address: str | None) -> str:
    """What stands for a client in its budget.

    >>> client_of("2001:db8::1:2")
    '2001:db8::/64'
    """
    try:
        found = ip_address(address or "")
    except ValueError:
        return address or ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    kept = int(found) >> (128 - NETWORK) << (128 - NETWORK)
    return f"{IPv6Address(kept)}/{NETWORK}"


def gone_of(environ: dict[str, Any]) -> Callable[[], bool]:
    """Tells whether the client has closed its connection, as far as the server lets us see."""
    waitress = environ.get("waitress.client_disconnected")
    if waitress is not None:
        return lambda: bool(waitress())
    connection = environ.get("gunicorn.socket")
    if isinstance(connection, socket.socket):
        return lambda: _closed(connection)
    return lambda: False


def _closed(connection: socket.socket) -> bool:
    """Whether the other end has closed it: there is an end to read, and nothing before it."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except (BlockingIOError, InterruptedError, TimeoutError):
        return False
    except OSError:
        return True
