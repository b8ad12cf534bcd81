"""Refuses connections that would leave this machine."""

import socket

import pytest

_LOOPBACK = ("127.", "::1", "localhost")


class NetworkRefused(RuntimeError):
    """A test tried to leave this machine."""


def refuse_network(patch: pytest.MonkeyPatch) -> None:
    """From now on sockets connect, and names are looked up, on this machine only."""
    look_up = socket.getaddrinfo

    def guarded(host, *args, **kwargs):
        _refuse(host)
        return look_up(host, *args, **kwargs)

    patch.setattr(socket, "getaddrinfo", guarded)
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))


def _guarded(connect):
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse(address[0])
        return connect(self, address)

    return guarded


def _refuse(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name and not name.startswith(_LOOPBACK):
        raise NetworkRefused(f"a test asked for {name}; tests use this machine only (127.0.0.1).")
